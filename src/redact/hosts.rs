use crate::config::Public;

use super::decoded::{Letter, decoded};
use super::skeleton::vanishes;
use super::stripped::{Between, stripped};

/// Internal hosts and addresses on them in a page: where each begins and ends, in bytes, and what it is.
///
/// They are read as a browser reads them, however they are spelt, and also where markup stands within.
pub fn hosts_in(page: &str, public: &Public) -> Vec<(usize, usize, String)> {
    let whole = page.char_indices().map(|(at, c)| (c, at)).collect();
    let mut found = hosts_of(&read(whole), page.len(), public);
    let without_markup = stripped(page, Between::SpaceAtBlocks);
    found.extend(hosts_of(&read(without_markup), page.len(), public));
    found.retain(|(_, _, host)| !public.words.contains(host));
    found.sort();
    found.dedup();
    found
}

/// The letters as an address has them: decoded, of usual width, without those that nobody sees.
pub fn read(letters: Vec<Letter>) -> Vec<Letter> {
    let letters = decoded(letters).into_iter();
    letters
        .filter(|(c, _)| !vanishes(*c))
        .map(|(c, at)| (usual(c), at))
        .collect()
}

fn usual(c: char) -> char {
    match c {
        '\u{3002}' | '\u{ff61}' | '\u{2024}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
        c => c,
    }
}

fn hosts_of(letters: &[Letter], length: usize, public: &Public) -> Vec<(usize, usize, String)> {
    let place = |index: usize| letters.get(index).map_or(length, |(_, at)| *at);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((c, start)) = letters.get(at).copied() {
        let run = letters[at..]
            .iter()
            .take_while(|(c, _)| of_host(*c))
            .count();
        let behind = letters.get(at + run..).unwrap_or_default();
        let name: String = letters[at..at + run].iter().map(|(c, _)| *c).collect();
        if run == 0 && !is_slash(c) {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|last| letters.get(last));
        let opens = before.is_none_or(|(c, _)| matches!(c, '(' | '<' | '"' | '\'' | '='));
        if public.is_internal_name(&name) {
            let host = name.trim_matches('.').to_lowercase();
            found.push((start, place(at + run), host));
        } else if let Some(skipped) = before_host(&name, behind, opens) {
            let rest: String = behind[skipped..]
                .iter()
                .map(|(c, _)| *c)
                .take(300)
                .collect();
            let end = rest.find(|c: char| c.is_whitespace() || "<>\"'`(){}|,;\\".contains(c));
            let rest = &rest[..end.unwrap_or(rest.len())];
            // Of a mail address, the host alone.
            let rest = match name.eq_ignore_ascii_case("mailto") {
                true => rest.split(['?', '&']).next().unwrap_or(rest),
                false => rest,
            };
            let named = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
            if named && public.is_internal(&format!("https://{rest}")) {
                let end = at + run + skipped + rest.chars().count();
                found.push((start, place(end), rest.to_owned()));
            }
        }
        at += run.max(1);
    }
    found
}

/// Whether a letter may stand in the name of a host.
pub fn of_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_')
}

fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\')
}

/// How many letters behind a name stand before the host that a browser goes to: `://` behind any scheme, and
/// where an address begins (`opens`) also `http:build`, `//build` and `mailto:ops@build`.
fn before_host(name: &str, behind: &[Letter], opens: bool) -> Option<usize> {
    let slashes = |letters: &[Letter]| letters.iter().take_while(|(c, _)| is_slash(*c)).count();
    if name.is_empty() {
        return Some(slashes(behind)).filter(|count| opens && *count >= 2);
    }
    let (_, rest) = behind.split_first().filter(|((c, _), _)| *c == ':')?;
    let is_web = ["http", "https"]
        .iter()
        .any(|web| name.eq_ignore_ascii_case(web));
    match slashes(rest) {
        count if is_web && (opens || count >= 2) => Some(1 + count),
        2 => Some(3),
        0 if name.eq_ignore_ascii_case("mailto") => {
            let of_mail = |c: char| !c.is_whitespace() && !"<>\"'(),;".contains(c);
            let local = rest
                .iter()
                .take_while(|(c, _)| of_mail(*c) && *c != '@')
                .count();
            let has_host = rest.get(local).is_some_and(|(c, _)| *c == '@');
            has_host.then_some(local + 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(page: &str) -> Vec<String> {
        let public = Public {
            internal_hosts: vec!["*.corp.example".to_owned()],
            words: vec!["open.corp.example".to_owned()],
        };
        let found = hosts_in(page, &public).into_iter();
        found
            .map(|(from, to, _)| page[from..to].to_owned())
            .collect()
    }

    #[test]
    fn a_host_inside_is_found_in_every_spelling() {
        for page in [
            "at wiki.corp.example now",
            "db-1.prod.internal",
            "ping 10.2.3.4!",
            "wiki.<strong>corp</strong>.example",
            "wiki.**corp**.example",
            "wi<!-- -->ki.corp.example",
            "wiki.corp\u{200b}.ex\u{ad}ample",
            "wiki．corp。example",
            "wiki&#46;corp%2Eexample",
            "[b](http:/build/job/2)",
            "[c](https:build/job/3)",
            "[c](https:///build/job/3)",
            "[a](//build/job/1)",
            "<a href=\"/\\build/job/1\">",
            "[f](mailto:ops@build?subject=x)",
            "ftp://build/x",
        ] {
            assert!(!hosts(page).is_empty(), "{page}");
        }
    }

    #[test]
    fn what_only_looks_like_a_host_inside_is_none() {
        for page in [
            "<li>It was the server.</li><li>Internal services</li>",
            "a // b, http: the rest, 1.5, e.g. this",
            "[a](//status.example/x) mailto:ops@shop.example <br/>",
            "open.corp.example",
            "<a href=\"/local/x\">",
        ] {
            assert_eq!(hosts(page), [""; 0], "{page}");
        }
    }
}
