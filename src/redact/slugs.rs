use aho_corasick::{AhoCorasick, BuildError, MatchKind};

use crate::config::Public;

use super::hosts::{hosts_in, of_host, read};

/// The internal hosts that a document and the configuration name, as ids and names of files have them:
/// `wiki-corp-example`, and `-corp-example` for all hosts below one. A host of one word is a word.
#[derive(Debug)]
pub struct Slugs {
    slugs: Vec<String>,
    search: AhoCorasick,
}

impl Slugs {
    /// Takes the hosts out of texts and the configuration.
    ///
    /// # Errors
    /// Where there are too many for a search to be built.
    pub fn of<'a>(
        texts: impl Iterator<Item = &'a str>,
        public: &Public,
    ) -> Result<Self, BuildError> {
        let listed = public.internal_hosts.iter();
        let listed = listed.map(|host| host.trim_start_matches('*').to_owned());
        let named = texts.flat_map(|text| hosts_in(text, public));
        let hosts = listed.chain(named.map(|(_, _, host)| host));
        let public: Vec<String> = public.words.iter().map(|word| slug(word)).collect();
        let mut slugs: Vec<String> = hosts
            .map(|host| host_of(&host).to_owned())
            .filter(|host| host.contains('.'))
            .map(|host| slug(&host))
            .filter(|slug| !public.contains(slug))
            .collect();
        slugs.sort();
        slugs.dedup();
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&slugs)?;
        Ok(Self { slugs, search })
    }

    /// Where the slugs begin and end in a page, in bytes, and which they are.
    pub fn found_in(&self, page: &str) -> Vec<(usize, usize, String)> {
        let letters = read(page.char_indices().map(|(at, c)| (c, at)).collect());
        let mut text = String::with_capacity(page.len());
        // Where each letter begins in the text.
        let mut begins = Vec::with_capacity(letters.len());
        for (c, _) in &letters {
            begins.push(text.len());
            text.push(in_slug(*c));
        }
        let letter = |at: usize| begins.partition_point(|begin| *begin < at);
        let place = |index: usize| letters.get(index).map_or(page.len(), |(_, at)| *at);
        let written = |index: usize| letters.get(index).map(|(c, _)| *c);
        let mut found = Vec::new();
        for hit in self.search.find_overlapping_iter(&text) {
            let Some(slug) = self.slugs.get(hit.pattern().as_usize()) else {
                continue;
            };
            let (from, until) = (letter(hit.start()), letter(hit.end()));
            let before = from.checked_sub(1).and_then(written);
            let behind = [written(until), written(until + 1)];
            let begins = match slug.starts_with('-') {
                true => before.is_some_and(char::is_alphanumeric),
                false => !before.is_some_and(char::is_alphanumeric),
            };
            let is_whole = begins && !behind[0].is_some_and(char::is_alphanumeric);
            // With dots alone it is a host, or a part of another one, and no slug.
            let has_dot = (from..until).any(|index| written(index) == Some('.'));
            let stands = |c: Option<char>| matches!(c, Some('-' | '_'));
            let goes_on =
                before == Some('.') || behind[0] == Some('.') && behind[1].is_some_and(of_host);
            let is_slug = !has_dot || !goes_on && (stands(before) || stands(behind[0]));
            if is_whole && is_slug {
                found.push((place(from), place(until), slug.clone()));
            }
        }
        found
    }
}

/// The host of what may be an address without its scheme.
fn host_of(address: &str) -> &str {
    let host = address.split(['/', '?', '#']).next().unwrap_or(address);
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    host.trim_end_matches('.')
}

fn slug(text: &str) -> String {
    text.chars().map(in_slug).collect()
}

fn in_slug(c: char) -> char {
    match c {
        '.' | '_' => '-',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_ids_and_names_of_files() {
        let public = Public {
            internal_hosts: vec!["*.corp.example".to_owned(), "wiki.example".to_owned()],
            words: Vec::new(),
        };
        let texts =
            ["see http://ops@db-1.prod.internal:5432/x and Git.corp.example/y, http://build/7"];
        let slugs = Slugs::of(texts.into_iter(), &public).expect("a search");
        let found = |page: &str| {
            let found = slugs.found_in(page).into_iter();
            let found: Vec<&str> = found.map(|(from, to, _)| &page[from..to]).collect();
            found.join(" ")
        };
        for (page, slug) in [
            ("<h2 id=\"db-1-prod-internal\">", "db-1-prod-internal"),
            ("#when-DB_1_prod_internal-fell", "DB_1_prod_internal"),
            ("wiki%2Dexample.html", "wiki%2Dexample"),
            ("git-corp-example", "git-corp-example"),
            ("git.corp.example_backup", "git.corp.example"),
            ("any-corp-example-page", "corp-example"),
            (
                "all build steps, corp example, mywiki-example, wiki-examples, prod-internal",
                "",
            ),
            ("status.wiki.example.org wiki.example", ""),
        ] {
            assert!(
                found(page).contains(slug) && slug.is_empty() == found(page).is_empty(),
                "{page}: {}",
                found(page)
            );
        }
    }
}
