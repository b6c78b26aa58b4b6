//! What an edit must leave alone, looked at in lines, and without the tool's own guard.

use std::collections::BTreeSet;

use postmortem::document::Document;
use postmortem::model::Postmortem;
use postmortem::yaml::{Content, Node, Path, Tree, recover};
use serde_json::Value;

use crate::kept_comments::{self, Side, indent};

/// What the lines of a text may have lost by a change, and no more.
struct Touched<'t> {
    text: &'t str,
    tree: &'t Tree,
    /// Lines, from 0, that may be gone.
    lines: BTreeSet<usize>,
    /// Those of them whose keys may be gone, so that what stood beside them may stand elsewhere.
    freed: BTreeSet<usize>,
}

/// Checks the new text of an edit against the old one; the error says what is wrong.
pub fn check(
    document: &Document,
    new: &str,
    before: &Postmortem,
    after: &Postmortem,
) -> Result<(), String> {
    let old = document.source().text();
    let mut text = old.to_owned();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let tree = recover(&text).tree.ok_or("the old text has no tree")?;
    let mut touched = Touched {
        text: &text,
        tree: &tree,
        lines: BTreeSet::new(),
        freed: BTreeSet::new(),
    };
    let value = |model| serde_json::to_value(model).expect("a value");
    touched.compare(&Path::root(), &value(before), &value(after));
    let Touched {
        lines: allowed,
        freed,
        ..
    } = touched;
    // A byte-order mark belongs to the file, and not to the line that happens to be the first.
    let mark = '\u{feff}';
    if old.starts_with(mark) != new.starts_with(mark) {
        return Err("the byte-order mark came or went".to_owned());
    }
    let new_tree = recover(new).tree.ok_or("the new text has no tree")?;
    let was = Side::of(old, &tree);
    let is = Side::of(new, &new_tree);
    kept_in_order(&was.lines, &is.lines, &allowed)?;
    line_ends(old, new)?;
    kept_comments::check(&was, &is, (&allowed, &freed))
}

impl Touched<'_> {
    fn compare(&mut self, path: &Path, before: &Value, after: &Value) {
        match (before, after) {
            (Value::Object(old), Value::Object(new)) => {
                let none_stays = !old.is_empty() && old.keys().all(|key| !new.contains_key(key));
                if none_stays || old.is_empty() && !new.is_empty() {
                    self.free(path);
                }
                for (key, old) in old {
                    let here = path.clone().then(key.as_str());
                    match new.get(key) {
                        Some(new) => self.compare(&here, old, new),
                        None => self.gone(path, &here),
                    }
                }
                self.come_up(path, new);
                for key in new.keys().filter(|key| !old.contains_key(*key)) {
                    let here = path.clone().then(key.as_str());
                    self.come(path, &here);
                }
            }
            (Value::Array(old), Value::Array(new)) if !old.is_empty() && !new.is_empty() => {
                self.items(path, old, new);
            }
            (old, new) if old == new => {}
            (Value::Object(_) | Value::Array(_), _) => self.free(path),
            _ => self.whole(path),
        }
    }

    /// All lines of a value whose keys go with it.
    fn free(&mut self, path: &Path) {
        let mut alone = Touched {
            text: self.text,
            tree: self.tree,
            lines: BTreeSet::new(),
            freed: BTreeSet::new(),
        };
        alone.whole(path);
        self.freed.extend(&alone.lines);
        self.lines.extend(alone.lines);
        self.comments_below(path);
    }

    /// Of two lists the longest common run stays; the rest may change, go and come.
    fn items(&mut self, path: &Path, old: &[Value], new: &[Value]) {
        let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
        for a in (0..old.len()).rev() {
            for b in (0..new.len()).rev() {
                common[a][b] = match old[a] == new[b] {
                    true => common[a + 1][b + 1] + 1,
                    false => common[a + 1][b].max(common[a][b + 1]),
                };
            }
        }
        let (mut a, mut b) = (0, 0);
        let mut pairs = Vec::new();
        while a < old.len() && b < new.len() {
            if old[a] == new[b] {
                pairs.push((a, b));
                (a, b) = (a + 1, b + 1);
            } else if common[a + 1][b] >= common[a][b + 1] {
                a += 1;
            } else {
                b += 1;
            }
        }
        pairs.push((old.len(), new.len()));
        let (mut a, mut b) = (0, 0);
        for (next_a, next_b) in pairs {
            let (olds, news) = (next_a - a, next_b - b);
            if olds == 1 && news == 1 {
                self.compare(&path.clone().then(a), &old[a], &new[b]);
            } else {
                for at in a..next_a {
                    self.gone(path, &path.clone().then(at));
                }
            }
            if news > olds && self.is_flow(path) {
                self.around(path, &path.clone().then(a.min(old.len() - 1)));
                self.around(path, &path.clone().then(a.saturating_sub(1)));
            }
            (a, b) = (next_a + 1, next_b + 1);
        }
    }

    /// An entry or item that goes: its own lines, and in brackets those of the commas around it.
    fn gone(&mut self, parent: &Path, path: &Path) {
        self.free(path);
        if self.is_flow(parent) {
            self.around(parent, path);
        }
        // The last one leaves empty brackets behind its key.
        if self.count(parent) == Some(1) {
            self.whole(parent);
        }
    }

    /// Where the first entry behind a dash goes, the next one comes up to the dash.
    fn come_up(&mut self, path: &Path, new: &serde_json::Map<String, Value>) {
        let Some(Content::Map {
            entries,
            flow: false,
        }) = self.tree.at(path).map(|node| &node.content)
        else {
            return;
        };
        for entry in entries {
            self.lines(entry.key_span.start, entry.key_span.start);
            if new.contains_key(self.tree.text_of(&entry.key)) {
                break;
            }
        }
    }

    fn come(&mut self, parent: &Path, path: &Path) {
        if self.tree.at(path).is_some() {
            self.whole(path);
        } else if self.is_flow(parent) {
            // Behind any entry that stands there.
            if let Some(node) = self.tree.at(parent) {
                self.lines(node.span.start, node.span.end);
            }
        }
    }

    /// The lines next to an item in brackets, on which commas come and go.
    fn around(&mut self, parent: &Path, path: &Path) {
        let (Some(list), Some(node)) = (self.tree.at(parent), self.tree.at(path)) else {
            return;
        };
        let spans: Vec<_> = match &list.content {
            Content::List(items) => items.iter().map(|item| item.span.clone()).collect(),
            Content::Map { entries, .. } => entries
                .iter()
                .map(|entry| entry.key_span.start..entry.value.span.end.max(entry.key_span.end))
                .collect(),
            Content::Scalar(_) => return,
        };
        let at = spans
            .iter()
            .position(|span| span.start <= node.span.start && node.span.end <= span.end);
        let at = at.expect("it is there");
        self.lines(spans[at].start, spans[at].end);
        match at.checked_sub(1).and_then(|at| spans.get(at)) {
            Some(before) => self.lines(before.end.saturating_sub(1), before.end),
            None => self.lines(list.span.start, list.span.start),
        }
        match spans.get(at + 1) {
            Some(next) => self.lines(next.start, next.start),
            None => self.lines(list.span.end - 1, list.span.end),
        }
    }

    fn is_flow(&self, path: &Path) -> bool {
        self.tree.at(path).is_some_and(|node| {
            let is_scalar = matches!(node.content, Content::Scalar(_));
            !is_scalar && self.text[node.span.start..].starts_with(['[', '{'])
        })
    }

    fn count(&self, path: &Path) -> Option<usize> {
        match &self.tree.at(path)?.content {
            Content::List(items) => Some(items.len()),
            Content::Map { entries, .. } => Some(entries.len()),
            Content::Scalar(_) => None,
        }
    }

    /// All lines of a value, from its key or dash.
    fn whole(&mut self, path: &Path) {
        let Some(node) = self.tree.at(path) else {
            return;
        };
        let Some(start) = self.start(path) else {
            return;
        };
        // Where blank lines set items apart, the one above goes too.
        if let Some(above) = line_of(self.text, start).checked_sub(1)
            && self
                .text
                .lines()
                .nth(above)
                .is_some_and(|line| line.trim().is_empty())
        {
            self.lines.insert(above);
        }
        self.lines(start, node.span.end.max(start));
        self.blank_below(node);
    }

    /// Where the key of a value is, or its dash.
    fn start(&self, path: &Path) -> Option<usize> {
        let entry = path.parent().and_then(|parent| {
            let around = self.tree.at(&parent)?;
            self.tree.child(around, path.segments().last()?)?.0
        });
        match entry {
            Some(entry) => Some(entry.key_span.start),
            None => Some(self.dash_before(self.tree.at(path)?)),
        }
    }

    /// Blank lines at the end of a text in a block belong to it.
    fn blank_below(&mut self, node: &Node) {
        let mut last = line_of(self.text, deepest_end(node));
        let lines: Vec<&str> = self.text.lines().collect();
        while lines
            .get(last + 1)
            .is_some_and(|line| line.trim().is_empty())
        {
            last += 1;
            self.lines.insert(last);
        }
    }

    /// Comments below something that goes, deeper than its key or dash, come up as those in it do.
    fn comments_below(&mut self, path: &Path) {
        let Some((start, node)) = self.start(path).zip(self.tree.at(path)) else {
            return;
        };
        let line = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        let column = match self.text[line..start].trim_start_matches('\u{feff}').len() {
            0 => indent(&self.text[start..]),
            column => column,
        };
        let below = line_of(self.text, node.span.end.max(start)) + 1;
        let lines = self.text.lines().enumerate().skip(below);
        let words = |line: &str| !line.trim().is_empty();
        let comments = lines
            .take_while(|(_, line)| {
                !words(line) || line.trim().starts_with('#') && indent(line) > column
            })
            .filter(|(_, line)| words(line));
        self.lines.extend(comments.map(|(at, _)| at));
    }

    fn dash_before(&self, node: &Node) -> usize {
        let mut at = node.span.start;
        loop {
            let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = &self.text[line..at];
            let is_blank = before.trim().is_empty() || before.trim().starts_with('#');
            if !is_blank || line == 0 {
                return line.max(at - before.len());
            }
            let above = self.text[..line - 1].rfind('\n').map_or(0, |end| end + 1);
            let above = self.text[above..line].trim();
            let goes_on = above.is_empty() || above.starts_with('#') || above.starts_with('-');
            if !goes_on {
                return node.span.start;
            }
            at = line - 1;
        }
    }

    fn lines(&mut self, start: usize, end: usize) {
        let lines = line_of(self.text, start)..=line_of(self.text, end);
        self.lines.extend(lines);
    }
}

fn deepest_end(node: &Node) -> usize {
    node.span.end
}

fn line_of(text: &str, offset: usize) -> usize {
    let upto = text.bytes().take(offset);
    upto.filter(|byte| *byte == b'\n').count()
}

/// Every old line that the change is not about is there, byte for byte, in order.
fn kept_in_order(old: &[&str], new: &[&str], allowed: &BTreeSet<usize>) -> Result<(), String> {
    let mut at = 0;
    for (number, line) in old.iter().enumerate() {
        if allowed.contains(&number) {
            continue;
        }
        let is_last = number + 1 == old.len() && !line.ends_with('\n');
        let is_same = |candidate: &&str| {
            *candidate == *line || is_last && candidate.trim_end_matches(['\r', '\n']) == *line
        };
        match new[at..].iter().position(is_same) {
            Some(found) => at += found + 1,
            None => return Err(format!("line {} is gone: {line:?}", number + 1)),
        }
    }
    Ok(())
}

/// New lines end as the old ones do.
fn line_ends(old: &str, new: &str) -> Result<(), String> {
    let crlf = |text: &str| text.matches("\r\n").count();
    let lines = |text: &str| text.matches('\n').count();
    if crlf(old) == 0 && crlf(new) > 0 {
        return Err("carriage returns came".to_owned());
    }
    if lines(old) > 0 && crlf(old) == lines(old) && crlf(new) != lines(new) {
        return Err("carriage returns went".to_owned());
    }
    Ok(())
}
