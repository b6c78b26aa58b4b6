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
        let mut now = rest.replace("\r\n", "\n");
        let mut again = None;
        if now != text {
            again = read(&now);
            if again.is_none() {
                return text.to_owned();
            }
        }
        for _ in 0..MOST_ROUNDS {
            let tree = again.as_ref().unwrap_or(&self.tree);
            match self.round(tree, &now) {
                Round::Changed(next, tree) => (now, again) = (next, Some(tree)),
                Round::Done if has_crlf => return format!("{mark}{}", now.replace('\n', "\r\n")),
                Round::Done => return format!("{mark}{now}"),
            }
        }
        text.to_owned()
    }

    fn round(&self, tree: &Tree, text: &str) -> Round {
        let attempt = |kept: &BTreeSet<usize>| {
            let new = yaml::tidied(tree, &order, kept)?;
            if new == text {
                return Some(Round::Done);
            }
            let after = self.same(tree, &new)?;
            Some(Round::Changed(new, after))
        };
        if let Some(round) = attempt(&BTreeSet::new()) {
            return round;
        }
        // Some entry cannot be laid anew: those that can are, one after the other.
        let count = tree.root_len();
        let mut kept: BTreeSet<usize> = (0..count).collect();
        let mut best = Round::Done;
        for number in 0..count {
            kept.remove(&number);
            match attempt(&kept) {
                Some(round) => best = round,
                None => {
                    kept.insert(number);
                }
            }
        }
        best
    }

    /// The tree of a new text, where it says the same with every comment in its place.
    fn same(&self, before: &Tree, new: &str) -> Option<Tree> {
        let after = read(new)?;
        let ours = yaml::read::<Postmortem>(&after).ok();
        if ours.as_ref() != Some(&self.postmortem) {
            return None;
        }
        let theirs = |text: &str| yaml::read_as_others_do::<Postmortem>(text).ok();
        let others_agree = theirs(new).as_ref() == Some(&self.postmortem)
            || theirs(self.source.text()).as_ref() != Some(&self.postmortem);
        (others_agree && yaml::comments_belong(before, &after)).then_some(after)
    }
}

/// What came of bringing a text into the house style once.
enum Round {
    /// Nothing changes any more.
    Done,
    /// Another text, and its tree.
    Changed(String, Tree),
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
