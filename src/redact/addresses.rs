use std::borrow::Cow;

use crate::config::Public;
use crate::model::{Postmortem, TextItem};

/// What stands for an address that the public may not read.
const INSTEAD: &str = "(internal address)";

/// Takes the addresses of internal hosts out of every text. Of a Markdown link its words stay.
pub fn take_out(postmortem: &mut Postmortem, public: &Public) {
    for text in texts(postmortem) {
        if let Cow::Owned(changed) = without_addresses(text, public) {
            *text = changed;
        }
    }
}

/// A text without the addresses of internal hosts.
pub fn without_addresses<'a>(text: &'a str, public: &Public) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if text.contains("://") {
        text = Cow::Owned(without_internal(&text, public));
    }
    if text.contains(['.', '-', '_']) {
        text = Cow::Owned(without_bare_hosts(&text, public));
    }
    text
}

/// Takes out the internal hosts that stand without a scheme, with the address around them: port and path, who is
/// addressed (`ops@`), and the whole of an address that names them within.
fn without_bare_hosts(text: &str, public: &Public) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..]
            .find(|c| !is_name(c))
            .map_or(rest.len(), |at| start + at);
        let word = &rest[start..end];
        kept.push_str(&rest[..start]);
        if !public.is_internal_name(word) {
            kept.push_str(word);
            rest = &rest[end..];
            continue;
        }
        let around = address_start(&kept);
        let is_within = kept[around..].contains("://") || kept.ends_with('%');
        let is_user = kept.ends_with('@');
        let is_share = kept.ends_with("\\\\") || kept.ends_with("//");
        if is_within || is_user || is_share {
            let scheme = kept[around..]
                .starts_with("mailto:")
                .then_some("mailto:".len());
            kept.truncate(around + scheme.unwrap_or(0));
        }
        let behind = &rest[end..];
        let goes_on = is_within
            || behind.starts_with(['/', '?', '#', '\\', '%'])
            || behind.starts_with(':') && behind[1..].starts_with(|c: char| is_name(c) || c == '/');
        let end = match goes_on {
            true => address_end(rest, end, kept.chars().next_back()),
            false => end - usize::from(word.ends_with('.')),
        };
        kept.push_str(INSTEAD);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// Where the address begins at whose end a text stops.
fn address_start(text: &str) -> usize {
    let stops = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '\'' | '`' | '(' | '[' | '|' | '*' | ',' | ';'
            )
    };
    let start = text.rfind(stops);
    start.map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    })
}

fn without_internal(text: &str, public: &Public) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(colon) = rest.find("://") {
        let start = rest[..colon]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))
            .map_or(0, |at| {
                at + rest[at..].chars().next().map_or(1, char::len_utf8)
            });
        let end = address_end(rest, colon + 3, rest[..start].chars().next_back());
        let address = &rest[start..end];
        if !public.is_internal(address) {
            kept.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        kept.push_str(&rest[..start]);
        rest = &rest[end..];
        match (link_words(&kept), rest.find(')')) {
            (Some(words), Some(close)) => {
                let label = kept[words + 1..kept.len() - 2].to_owned();
                kept.truncate(words);
                kept.push_str(&label);
                rest = &rest[close + 1..];
            }
            _ if kept.ends_with('<') && rest.starts_with('>') => {
                kept.pop();
                kept.push_str(INSTEAD);
                rest = &rest[1..];
            }
            _ => kept.push_str(INSTEAD),
        }
    }
    kept.push_str(rest);
    kept
}

/// Where an address ends that goes on from here: at a space, a quote or a bracket that was opened before it, without
/// the punctuation of the sentence around it.
fn address_end(text: &str, from: usize, before: Option<char>) -> usize {
    let mut open = Vec::new();
    let stops = |c: char| match c {
        '<' | '>' | '"' | '`' | '|' => true,
        '\'' => before == Some('\''),
        '(' | '{' | '[' => {
            open.push(c);
            false
        }
        ')' => open.pop() != Some('('),
        '}' => open.pop() != Some('{'),
        ']' => open.pop() != Some('['),
        c => c.is_whitespace(),
    };
    let end = text[from..].find(stops).map_or(text.len(), |at| from + at);
    let trimmed = text[from..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    from + trimmed.len()
}

/// Where the `[` stands whose words a link just opened with `](` carries.
fn link_words(text: &str) -> Option<usize> {
    let words = text.strip_suffix("](")?;
    let mut depth = 0;
    for (at, c) in words.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth > 0 => depth -= 1,
            '[' => return Some(at),
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Every text of a public document that people write freely.
fn texts(postmortem: &mut Postmortem) -> Vec<&mut String> {
    let mut texts = vec![&mut postmortem.title];
    texts.extend(&mut postmortem.severity);
    texts.extend(&mut postmortem.services);
    texts.extend(&mut postmortem.tags);
    texts.extend(&mut postmortem.summary);
    texts.extend(&mut postmortem.background);
    for person in postmortem.people.values_mut() {
        texts.extend(&mut person.role);
        texts.extend(&mut person.team);
    }
    if let Some(impact) = &mut postmortem.impact {
        texts.extend(&mut impact.summary);
        texts.extend(impact.services.iter_mut().map(|window| &mut window.service));
        for figure in &mut impact.figures {
            texts.push(&mut figure.what);
            texts.extend(&mut figure.unit);
            texts.extend(&mut figure.detail);
        }
        if let Some(data) = &mut impact.data {
            texts.extend(&mut data.what);
            texts.extend(&mut data.detail);
        }
        let objectives = impact.slo.iter_mut().flatten();
        texts.extend(objectives.map(|objective| &mut objective.name));
    }
    if let Some(detection) = &mut postmortem.detection {
        texts.extend(&mut detection.how);
    }
    for cause in &mut postmortem.causes {
        texts.push(&mut cause.what);
        texts.extend(&mut cause.detail);
        texts.extend(&mut cause.accepted);
        texts.extend(cause.evidence.iter_mut().flat_map(of_item));
    }
    for event in &mut postmortem.timeline {
        texts.push(&mut event.what);
        texts.extend(&mut event.services);
        texts.extend(&mut event.detail);
        texts.extend(&mut event.channel);
    }
    if let Some(recovery) = &mut postmortem.recovery {
        texts.extend(&mut recovery.how);
    }
    for dependency in &mut postmortem.dependencies {
        texts.push(&mut dependency.name);
        texts.extend(&mut dependency.provider);
        texts.extend(&mut dependency.what);
        texts.extend(&mut dependency.detail);
    }
    if let Some(lessons) = &mut postmortem.lessons {
        let lists = [
            &mut lessons.went_well,
            &mut lessons.went_wrong,
            &mut lessons.got_lucky,
            &mut lessons.surprises,
        ];
        texts.extend(lists.into_iter().flatten().flat_map(of_item));
    }
    for action in &mut postmortem.actions {
        texts.push(&mut action.what);
        texts.extend(&mut action.detail);
        texts.extend(&mut action.outcome);
        texts.extend(&mut action.reason);
    }
    texts.extend(postmortem.glossary.values_mut());
    texts.extend(
        postmortem
            .links
            .iter_mut()
            .filter_map(|link| link.title.as_mut()),
    );
    for attachment in &mut postmortem.attachments {
        texts.extend(&mut attachment.caption);
        texts.extend(&mut attachment.alt);
    }
    texts
}

fn of_item(item: &mut TextItem) -> impl Iterator<Item = &mut String> {
    std::iter::once(&mut item.what).chain(&mut item.detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_hosts_go_without_a_scheme_too() {
        let public = Public {
            internal_hosts: vec!["*.corp.example".to_owned()],
            words: Vec::new(),
        };
        for (text, wanted) in [
            ("on Wiki.Corp.Example.", "on (internal address)."),
            ("mailto:jane@a.corp.example", "mailto:(internal address)"),
            ("//a.corp.example/x", "(internal address)"),
            (
                "ssh root@10.2.3.4; db-1.prod.internal is 1.5 s behind",
                "ssh (internal address); (internal address) is 1.5 s behind",
            ),
            (
                "see wiki.corp.example/a/initech, or",
                "see (internal address), or",
            ),
            (
                "git@git.corp.example:initech/r.git x",
                "(internal address) x",
            ),
            ("10.2.3.4:8080/initech.", "(internal address)."),
            ("at 10.2.3.4: it", "at (internal address): it"),
            (
                "[l](https://sso.example/?next=https%3A%2F%2Fwiki.corp.example%2Fx) y",
                "[l]((internal address)) y",
            ),
            ("\\\\files.corp.example\\initech", "(internal address)"),
            ("/etc/wiki.corp.example.conf", "/etc/(internal address)"),
            (
                "*.shop.local, ip-10-2-3-4",
                "*(internal address), (internal address)",
            ),
            (
                "corp.example is ours, e.g. this",
                "corp.example is ours, e.g. this",
            ),
        ] {
            assert_eq!(without_bare_hosts(text, &public), wanted, "{text}");
        }
    }

    #[test]
    fn addresses_inside_go_and_the_words_around_them_stay() {
        let public = Public {
            internal_hosts: vec!["*.corp.example".to_owned()],
            words: Vec::new(),
        };
        for (text, wanted) in [
            (
                "see https://wiki.corp.example/x.",
                "see (internal address).",
            ),
            (
                "see [the [old] wiki](https://wiki.corp.example/x \"t\"), please",
                "see the [old] wiki, please",
            ),
            ("<http://build:8080/job>", "(internal address)"),
            (
                "https://status.example/1 and http://10.0.0.1/",
                "https://status.example/1 and (internal address)",
            ),
            (
                "(https://k.corp.example/app#/?_g=(f:!())&_a=(q:'c:initech')) x",
                "((internal address)) x",
            ),
            (
                "[d](https://k.corp.example/app#/?_g=(f:!())&_a=(q:'initech')) x",
                "d x",
            ),
            (
                "'https://k.corp.example/x' {http://h/{y}}",
                "'(internal address)' {(internal address)}",
            ),
            ("**https://a.corp.example/**", "**(internal address)**"),
            ("éhttps://a.corp.example", "é(internal address)"),
            (
                "[a](https://x.example/) ](http://h/",
                "[a](https://x.example/) ]((internal address)",
            ),
            ("a :// b", "a (internal address) b"),
        ] {
            assert_eq!(without_internal(text, &public), wanted, "{text}");
        }
    }
}
