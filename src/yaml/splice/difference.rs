use std::collections::BTreeMap;

use crate::text::Replacement;

use super::super::tree::{Content, Entry, Node};
use super::super::write::{self, Value};
use super::super::{Path, Segment};
use super::alignment::{Step, aligned};
use super::flow::{self, Members};
use super::layout::Layout;
use super::{NoPlace, block, lines_of};

/// Words that say the same as nothing, by section and key: a value that goes back to one of these is
/// written out, so that what stands beside it has something to stand beside.
const SAID_BY_DEFAULT: [(&str, &str, &str); 4] = [
    ("", "status", "investigating"),
    ("", "stage", "draft"),
    ("causes", "state", "suspected"),
    ("actions", "status", "open"),
];

/// Compares two values beside the tree of the first, and gathers what has to be replaced.
pub struct Difference<'l, 't> {
    layout: &'l Layout<'t>,
    /// What has to be replaced so far.
    pub replacements: Vec<Replacement>,
}

impl<'l, 't> Difference<'l, 't> {
    pub fn new(layout: &'l Layout<'t>) -> Self {
        Self {
            layout,
            replacements: Vec::new(),
        }
    }

    /// Compares the root.
    pub fn walk(&mut self, before: &Value, after: &Value) -> Result<(), NoPlace> {
        let root = &self.layout.tree.root;
        match (before, after, &root.content) {
            (Value::Map(before), Value::Map(after), Content::Map { entries, .. }) => {
                self.map(&Path::root(), root, entries, before, after)
            }
            _ => Err(self.no_place(&Path::root(), None)),
        }
    }

    fn map(
        &mut self,
        path: &Path,
        node: &'t Node,
        entries: &'t [Entry],
        before: &[(String, Value)],
        after: &[(String, Value)],
    ) -> Result<(), NoPlace> {
        let tree = self.layout.tree;
        let find = |key: &str| entries.iter().find(|entry| tree.text_of(&entry.key) == key);
        let is_kept = |key: &str| {
            let said = |map: &[(String, Value)]| map.iter().any(|(known, _)| known == key);
            let old = before.iter().find(|(known, _)| known == key);
            let has_default = old.is_none_or(|(_, old)| default_of(path, key, old).is_some());
            find(key).is_some() && (said(after) || has_default)
        };
        let nothing_stays = !entries.is_empty()
            && !entries
                .iter()
                .any(|entry| is_kept(tree.text_of(&entry.key)))
            || entries.is_empty() && !after.is_empty();
        if nothing_stays {
            return self.set(path, node, &Value::Map(after.to_vec()));
        }
        let is_same = |a: &Entry, b: &Entry| a.key_span == b.key_span;
        let mut come: BTreeMap<usize, Vec<(&str, &Value)>> = BTreeMap::new();
        let mut above: Option<&Entry> = None;
        for (key, value) in after {
            let here = path.clone().then(key.as_str());
            let old = before.iter().find(|(known, _)| known == key);
            match (find(key), old) {
                (Some(entry), Some((_, old))) => {
                    self.entry(&here, node, entry, old, value)?;
                    above = Some(entry);
                }
                (Some(entry), None) => {
                    self.entry_set(&here, node, entry, value)?;
                    above = Some(entry);
                }
                (None, _) => {
                    // What a key stands below must itself stay.
                    let above = above.or_else(|| {
                        entries
                            .iter()
                            .find(|entry| is_kept(tree.text_of(&entry.key)))
                    });
                    let Some(above) = above else {
                        return Err(self.no_place(&here, Some(value)));
                    };
                    let at = entries.iter().position(|entry| is_same(entry, above));
                    come.entry(at.unwrap_or(0)).or_default().push((key, value));
                }
            }
        }
        for (above, new) in &come {
            self.add_entries(path, node, entries, *above, new)?;
        }
        let mut gone = vec![false; entries.len()];
        for (key, old) in before {
            if after.iter().any(|(known, _)| known == key) {
                continue;
            }
            let here = path.clone().then(key.as_str());
            let is_key = |entry: &Entry| tree.text_of(&entry.key) == key;
            let Some(at) = entries.iter().position(is_key) else {
                continue;
            };
            match (
                default_of(path, key, old),
                entries.get(at),
                gone.get_mut(at),
            ) {
                (Some(default), Some(entry), _) => {
                    self.entry(&here, node, entry, old, &default)?;
                }
                (None, _, Some(gone)) => *gone = true,
                _ => {}
            }
        }
        self.remove_entries(path, node, entries, &gone, come.is_empty())
    }

    /// Adds entries below the one at an index.
    fn add_entries(
        &mut self,
        path: &Path,
        map: &Node,
        entries: &[Entry],
        above: usize,
        new: &[(&str, &Value)],
    ) -> Result<(), NoPlace> {
        let added = if self.layout.is_flow(map) {
            let written: Vec<String> = new
                .iter()
                .map(|(key, value)| write::flow_entry(key, value))
                .collect();
            Members::of(self.layout, map).insert(above + 1, &written)
        } else {
            let is_root = path.segments().is_empty();
            new.iter()
                .map(|entry| block::add_entry(self.layout, entries, above, *entry, is_root))
                .collect()
        };
        let no_place = || {
            let first = new
                .first()
                .map_or(("", None), |(key, value)| (key, Some(*value)));
            self.no_place(&path.clone().then(first.0), first.1)
        };
        self.replacements.extend(added.ok_or_else(no_place)?);
        Ok(())
    }

    /// Removes the entries of a map that are marked; at least one stays.
    fn remove_entries(
        &mut self,
        path: &Path,
        map: &Node,
        entries: &[Entry],
        gone: &[bool],
        none_come: bool,
    ) -> Result<(), NoPlace> {
        let mut at = 0;
        while let Some(from) = (at..gone.len()).find(|at| gone.get(*at) == Some(&true)) {
            let to = (from..gone.len()).find(|at| gone.get(*at) == Some(&false));
            at = to.unwrap_or(gone.len());
            let run: Vec<&Entry> = entries.iter().take(at).skip(from).collect();
            let stands_behind_dash = run
                .first()
                .is_some_and(|first| !self.layout.begins_line(first.key_span.start));
            let removed = match (self.layout.is_flow(map), entries.get(at)) {
                (true, _) => Members::of(self.layout, map).remove(from, at, none_come),
                (false, Some(next)) if stands_behind_dash => {
                    block::remove_from_dash(self.layout, map, &run, next)
                }
                (false, _) => run
                    .iter()
                    .map(|entry| block::remove_entry(self.layout, entry))
                    .collect::<Option<Vec<_>>>()
                    .map(|removed| removed.concat()),
            };
            let removed = removed.ok_or_else(|| self.no_place(path, None))?;
            self.replacements.extend(removed);
        }
        Ok(())
    }

    fn entry(
        &mut self,
        path: &Path,
        map: &'t Node,
        entry: &'t Entry,
        before: &Value,
        after: &Value,
    ) -> Result<(), NoPlace> {
        if before == after {
            return Ok(());
        }
        let done = self.replacements.len();
        self.entry_in_parts(path, map, entry, before, after)
            .or_else(|_| {
                self.replacements.truncate(done);
                self.entry_set(path, map, entry, after)
            })
    }

    /// Changes what differs within an entry.
    fn entry_in_parts(
        &mut self,
        path: &Path,
        map: &'t Node,
        entry: &'t Entry,
        before: &Value,
        after: &Value,
    ) -> Result<(), NoPlace> {
        let node = &entry.value;
        match (before, after, &node.content) {
            (Value::Map(before), Value::Map(after), Content::Map { entries, .. }) => {
                self.map(path, node, entries, before, after)
            }
            (Value::List(before), Value::List(after), Content::List(items))
                if before.len() == items.len() && !items.is_empty() && !after.is_empty() =>
            {
                let head = self.layout.head_of_entry(entry);
                self.list(path, node, items, head, before, after)
            }
            (Value::List(_), Value::List(after), Content::List(items))
                if after.is_empty() && !items.is_empty() && !self.layout.is_flow(node) =>
            {
                let emptied = block::empty(self.layout, entry, items);
                let emptied = emptied.ok_or_else(|| self.no_place(path, None))?;
                self.replacements.extend(emptied);
                Ok(())
            }
            _ => self.entry_set(path, map, entry, after),
        }
    }

    fn entry_set(
        &mut self,
        path: &Path,
        map: &Node,
        entry: &Entry,
        value: &Value,
    ) -> Result<(), NoPlace> {
        let head = self.layout.head_of_entry(entry);
        let set = match self.layout.is_flow(map) {
            true => flow::set(self.layout, head, &entry.value, value).map(|set| vec![set]),
            false => {
                let column = self.layout.column(entry.key_span.start);
                block::set(self.layout, head, column, &entry.value, value)
            }
        };
        let set = set.ok_or_else(|| self.no_place(path, Some(value)))?;
        self.replacements.extend(set);
        Ok(())
    }

    /// Sets a value that is found by its path only.
    fn set(&mut self, path: &Path, node: &'t Node, value: &Value) -> Result<(), NoPlace> {
        let no_place = || self.no_place(path, Some(value));
        let parent = path.parent().ok_or_else(no_place)?;
        let around = self.layout.tree.at(&parent).ok_or_else(no_place)?;
        let last = path.segments().last().ok_or_else(no_place)?;
        match self.layout.tree.child(around, last) {
            Some((Some(entry), _)) => self.entry_set(path, around, entry, value),
            _ => self.item_set(path, around, node, value),
        }
    }

    fn item_set(
        &mut self,
        path: &Path,
        list: &Node,
        item: &Node,
        value: &Value,
    ) -> Result<(), NoPlace> {
        let set = match self.layout.is_flow(list) {
            true => flow::set(self.layout, item.span.start, item, value).map(|set| vec![set]),
            false => self.layout.head_of_item(item).and_then(|head| {
                let column = self.layout.column(head - 1);
                block::set(self.layout, head, column, item, value)
            }),
        };
        let set = set.ok_or_else(|| self.no_place(path, Some(value)))?;
        self.replacements.extend(set);
        Ok(())
    }

    /// Compares two lists: items stay, change, go and come.
    fn list(
        &mut self,
        path: &Path,
        node: &'t Node,
        items: &'t [Node],
        head: usize,
        before: &[Value],
        after: &[Value],
    ) -> Result<(), NoPlace> {
        let is_flow = self.layout.is_flow(node);
        let members = is_flow.then(|| Members::of(self.layout, node));
        for step in aligned(before, after) {
            let (done, value) = match step {
                Step::Stays(old, new) => {
                    self.item(path, node, &items[old], old, (&before[old], &after[new]))?;
                    continue;
                }
                Step::Goes(from, to) => {
                    let removed = match &members {
                        Some(members) => members.remove(from, to, true),
                        None => block::remove(self.layout, items, from, to),
                    };
                    (removed, None)
                }
                Step::Comes(at, from, to) => {
                    let come = &after[from..to];
                    let added = match &members {
                        Some(members) => {
                            let written: Vec<String> = come.iter().map(write::flow_value).collect();
                            members.insert(at, &written)
                        }
                        None => block::insert(self.layout, items, head, at, come),
                    };
                    (added, come.first())
                }
            };
            let done = done.ok_or_else(|| self.no_place(path, value))?;
            self.replacements.extend(done);
        }
        Ok(())
    }

    fn item(
        &mut self,
        list: &Path,
        node: &'t Node,
        item: &'t Node,
        index: usize,
        (before, after): (&Value, &Value),
    ) -> Result<(), NoPlace> {
        if before == after {
            return Ok(());
        }
        let here = list.clone().then(index);
        match (before, after, &item.content) {
            (Value::Map(before), Value::Map(after), Content::Map { entries, .. }) => {
                self.map(&here, item, entries, before, after)
            }
            _ => self.item_set(&here, node, item, after),
        }
    }

    fn no_place(&self, path: &Path, value: Option<&Value>) -> NoPlace {
        NoPlace {
            path: path.clone(),
            lines: lines_of(path, value),
        }
    }
}

/// How a value is written that says nothing any more, where it is better written than left out. What
/// is an organisation's own has no meaning known here, and a kind may be a list but not an empty one.
fn default_of(path: &Path, key: &str, old: &Value) -> Option<Value> {
    let section = match path.segments().first() {
        Some(Segment::Key(section)) => section.as_str(),
        _ => "",
    };
    if matches!(old, Value::List(_)) {
        // A promise that is empty says something else than none.
        let has_empty = section != "custom" && !matches!(key, "kind" | "slo");
        return has_empty.then(|| Value::List(Vec::new()));
    }
    let mut words = SAID_BY_DEFAULT.iter();
    let (_, _, word) = words.find(|(known, name, _)| (*known, *name) == (section, key))?;
    Some(Value::Text((*word).to_owned()))
}
