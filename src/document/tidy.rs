use std::collections::BTreeSet;

use crate::model::Postmortem;
use crate::text::Source;
use crate::yaml::{self, Path, Tree};

use super::{Document, shape};

/// How often a text is brought into the house style until nothing changes any more.
const MOST_ROUNDS: usize = 6;

impl Document {
    /// The text in house order and house style: it says the same, and every comment belongs to what it
    /// belonged to. What cannot be brought into it with that certainty stays as it is written.
    ///
    /// Doing so again changes nothing. The document must have been read whole.
    pub fn tidied(&self) -> String {
        let text = self.source.text();
        let (mark, rest) = match text.strip_prefix('\u{feff}') {
            Some(rest) => ("\u{feff}", rest),
            None => ("", text),
        };
        let has_crlf = rest.contains("\r\n");
        let plain = rest.replace("\r\n", "\n");
        let mut now = plain.clone();
        for _ in 0..MOST_ROUNDS {
            let next = self.round(&now);
            if next == now {
                return match has_crlf {
                    true => format!("{mark}{}", now.replace('\n', "\r\n")),
                    false => format!("{mark}{now}"),
                };
            }
            now = next;
        }
        text.to_owned()
    }

    fn round(&self, text: &str) -> String {
        let Some(tree) = read(text) else {
            return text.to_owned();
        };
        let attempt = |kept: &BTreeSet<usize>| {
            let new = yaml::tidied(&tree, &order, kept)?;
            self.is_same(&tree, &new).then_some(new)
        };
        if let Some(new) = attempt(&BTreeSet::new()) {
            return new;
        }
        // Some entry cannot be laid anew: those that can are, one after the other.
        let count = tree.root_len();
        let mut kept: BTreeSet<usize> = (0..count).collect();
        let mut best = None;
        for number in 0..count {
            kept.remove(&number);
            match attempt(&kept) {
                Some(new) => best = Some(new),
                None => {
                    kept.insert(number);
                }
            }
        }
        best.unwrap_or_else(|| text.to_owned())
    }

    fn is_same(&self, before: &Tree, new: &str) -> bool {
        let Some(after) = read(new) else {
            return false;
        };
        let ours = yaml::read::<Postmortem>(&after).ok();
        if ours.as_ref() != Some(&self.postmortem) {
            return false;
        }
        let theirs = |text: &str| yaml::read_as_others_do::<Postmortem>(text).ok();
        let others_agree = theirs(new).as_ref() == Some(&self.postmortem)
            || theirs(self.source.text()).as_ref() != Some(&self.postmortem);
        others_agree && yaml::comments_belong(before, &after)
    }
}

/// The tree of a text that reads without a finding.
fn read(text: &str) -> Option<Tree> {
    let reading = Document::read(Source::new("", text));
    let is_whole = reading.is_whole();
    reading
        .document
        .filter(|_| is_whole)
        .map(|document| document.tree)
}

fn order(path: &Path) -> Vec<&'static str> {
    shape::fields_at(path)
}
