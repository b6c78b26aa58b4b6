use crate::text::Replacement;

use super::super::Path;
use super::super::tree::{Content, Entry, Node};
use super::super::write::Value;
use super::layout::Layout;
use super::{NoPlace, block, flow, lines_of};

/// Words that say the same as nothing: a value that goes back to one of these is written out, so that
/// what stands beside it has something to stand beside.
const SAID_BY_DEFAULT: [(&str, &str); 3] = [
    ("status", "investigating"),
    ("stage", "draft"),
    ("state", "suspected"),
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
                    let added = match self.layout.is_flow(node) {
                        true => Some(flow::add_entry(self.layout, above, key, value)),
                        false => block::add_entry(self.layout, node, above, key, value, path),
                    };
                    let added = added.ok_or_else(|| self.no_place(&here, Some(value)))?;
                    self.replacements.push(added);
                }
            }
        }
        for (key, old) in before {
            if after.iter().any(|(known, _)| known == key) {
                continue;
            }
            let here = path.clone().then(key.as_str());
            let Some(entry) = find(key) else {
                continue;
            };
            if let Some(default) = default_of(path, key, old) {
                self.entry(&here, node, entry, old, &default)?;
                continue;
            }
            let removed = match self.layout.is_flow(node) {
                true => flow::remove_entry(self.layout, node, entries, entry),
                false => block::remove_entry(self.layout, entry),
            };
            let removed = removed.ok_or_else(|| self.no_place(&here, None))?;
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
            true => flow::set(self.layout, head, &entry.value, value),
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
            true => flow::set(self.layout, item.span.start, item, value),
            false => self.layout.head_of_item(item).and_then(|head| {
                let column = self.layout.column(head - 1);
                block::set(self.layout, head, column, item, value)
            }),
        };
        let set = set.ok_or_else(|| self.no_place(path, Some(value)))?;
        self.replacements.extend(set);
        Ok(())
    }

    /// Compares two lists: what begins and what ends alike stays, the rest is changed item by item,
    /// and what is left over goes or comes.
    fn list(
        &mut self,
        path: &Path,
        node: &'t Node,
        items: &'t [Node],
        head: usize,
        before: &[Value],
        after: &[Value],
    ) -> Result<(), NoPlace> {
        let start = (before.iter().zip(after))
            .take_while(|(old, new)| old == new)
            .count();
        let tail = (before[start..].iter().rev())
            .zip(after[start..].iter().rev())
            .take_while(|(old, new)| old == new)
            .count();
        let old = start..before.len() - tail;
        let new = start..after.len() - tail;
        let both = old.len().min(new.len());
        for at in start..start + both {
            let here = path.clone().then(at);
            let item = &items[at];
            match (&before[at], &after[at], &item.content) {
                (Value::Map(before), Value::Map(after), Content::Map { entries, .. }) => {
                    self.map(&here, item, entries, before, after)?;
                }
                (_, after, _) => self.item_set(&here, node, item, after)?,
            }
        }
        let is_flow = self.layout.is_flow(node);
        for at in start + both..old.end {
            let removed = match is_flow {
                true => flow::remove(self.layout, node, items, at),
                false => block::remove_item(self.layout, &items[at]),
            };
            let removed = removed.ok_or_else(|| self.no_place(&path.clone().then(at), None))?;
            self.replacements.extend(removed);
        }
        for value in &after[start + both..new.end] {
            let at = start + both;
            let added = match is_flow {
                true => flow::insert(self.layout, node, items, at, value),
                false => block::insert(self.layout, items, head, at, value),
            };
            let added = added.ok_or_else(|| self.no_place(path, Some(value)))?;
            self.replacements.extend(added);
        }
        Ok(())
    }

    fn no_place(&self, path: &Path, value: Option<&Value>) -> NoPlace {
        NoPlace {
            path: path.clone(),
            lines: lines_of(path, value),
        }
    }
}

/// How a value is written that says nothing any more, where it is better written than left out.
fn default_of(path: &Path, key: &str, old: &Value) -> Option<Value> {
    if matches!(old, Value::List(_)) {
        return Some(Value::List(Vec::new()));
    }
    let is_action = path
        .segments()
        .first()
        .is_some_and(|first| *first == "actions".into());
    let (_, word) = SAID_BY_DEFAULT.iter().find(|(name, _)| *name == key)?;
    let word = if is_action { "open" } else { word };
    Some(Value::Text(word.to_owned()))
}
