//! One and the same document as different people write it.

use crate::dice::Dice;
use crate::hand_scalar::{self as scalar, Place};
use crate::said::{MAY_BE_EMPTY, Said};

/// How somebody writes; the numbers are chances in a hundred.
#[derive(Debug, Clone)]
pub struct Habits {
    step: usize,
    list_step: usize,
    flow: usize,
    one_a_line: usize,
    comments: usize,
    blanks: usize,
    quotes: usize,
    blocks: usize,
    folds: usize,
    disorder: bool,
    says_nothing: usize,
    space: usize,
}

impl Habits {
    /// The habits of a careful person.
    pub fn house() -> Self {
        Self {
            step: 2,
            list_step: 2,
            flow: 40,
            one_a_line: 0,
            comments: 0,
            blanks: 0,
            quotes: 5,
            blocks: 50,
            folds: 0,
            disorder: false,
            says_nothing: 0,
            space: 0,
        }
    }

    /// The habits of anybody.
    pub fn any(dice: &mut Dice) -> Self {
        let step = *dice.one_of(&[1, 2, 2, 2, 3, 4, 4, 5, 8]);
        let list_step = *dice.one_of(&[0, 0, 2, 2, step, 1, 3, 4]);
        Self {
            step,
            list_step,
            flow: *dice.one_of(&[0, 10, 40, 90]),
            one_a_line: *dice.one_of(&[0, 30, 70]),
            comments: *dice.one_of(&[0, 5, 15, 40]),
            blanks: *dice.one_of(&[0, 5, 20]),
            quotes: *dice.one_of(&[0, 20, 60]),
            blocks: *dice.one_of(&[10, 40, 80]),
            folds: *dice.one_of(&[0, 10, 30]),
            disorder: dice.in_hundred(40),
            says_nothing: *dice.one_of(&[0, 10, 40]),
            space: *dice.one_of(&[0, 10, 30]),
        }
    }
}

/// Somebody who writes.
pub struct Hand<'d> {
    dice: &'d mut Dice,
    habits: Habits,
    text: String,
    comments: usize,
    /// Comments and blank lines here would belong to a text in a block above: comments that deep,
    /// and blank lines at all.
    ceiling: Option<usize>,
    keeps: bool,
}

/// Writes a document; every comment in it holds `‹number›`, counted from 1.
pub fn written(said: &Said, habits: Habits, dice: &mut Dice) -> String {
    let mut hand = Hand {
        dice,
        habits,
        text: String::new(),
        comments: 0,
        ceiling: None,
        keeps: false,
    };
    hand.document(said);
    hand.text
}

impl Hand<'_> {
    fn document(&mut self, said: &Said) {
        let Said::Map(entries) = said else {
            panic!("a document is a map");
        };
        let is_odd = self.habits.comments > 0 && self.dice.in_hundred(30);
        if is_odd && self.dice.in_hundred(20) {
            self.text.push_str("%YAML 1.2\n---\n");
        } else if is_odd && self.dice.in_hundred(50) {
            self.comment_lines(0);
            self.text.push_str("---");
            self.end_line();
        }
        self.map("", entries, 0, false);
        if is_odd && self.dice.in_hundred(40) && !self.keeps {
            self.text.push_str("...\n");
            self.keeps = false;
            self.ceiling = None;
            self.comment_lines(0);
        }
        if self.dice.in_hundred(10) {
            self.text = self.text.replace('\n', "\r\n");
        } else if self.dice.in_hundred(5) {
            let lines: Vec<&str> = self.text.split_inclusive('\n').collect();
            let mut mixed = String::new();
            for line in lines {
                mixed.push_str(line.trim_end_matches('\n'));
                let is_lone = self.dice.in_hundred(20);
                mixed.push_str(if is_lone { "\r\n" } else { "\n" });
            }
            self.text = mixed;
        }
        if self.dice.in_hundred(8) {
            self.text.insert(0, '\u{feff}');
        }
        if self.dice.in_hundred(8) && !self.keeps {
            self.text.truncate(self.text.trim_end().len());
        }
    }

    fn map(&mut self, name: &str, entries: &[(String, Said)], indent: usize, mut begun: bool) {
        let entries = self.furnished(name, entries);
        for (key, value) in &entries {
            if begun {
                begun = false;
            } else {
                self.between(indent);
                self.indent(indent);
            }
            let key_text = match scalar::plain(key, Place::Key) {
                Some(plain) if !self.dice.in_hundred(self.habits.quotes / 6) => plain,
                _ => scalar::quoted(key, self.dice),
            };
            self.text.push_str(&key_text);
            if self.dice.in_hundred(self.habits.space / 4) {
                self.text.push(' ');
            }
            self.text.push(':');
            self.value(key, value, indent);
        }
        if self.dice.in_hundred(self.habits.comments / 2) {
            // Below the last entry of a map, as deep as it or deeper.
            let deeper = self.dice.below(3);
            self.comment_line(indent + deeper);
        }
    }

    /// The entries in this hand's order, with some that say nothing.
    fn furnished(&mut self, name: &str, entries: &[(String, Said)]) -> Vec<(String, Said)> {
        let mut all = entries.to_vec();
        for (known, keys) in MAY_BE_EMPTY {
            for key in *keys {
                let is_absent = all.iter().all(|(have, _)| have != key);
                if *known == name && is_absent && self.dice.in_hundred(self.habits.says_nothing / 2)
                {
                    let at = all.len() - self.dice.below(2).min(all.len());
                    all.insert(at, ((*key).to_owned(), Said::Null));
                }
            }
        }
        if self.habits.disorder {
            self.dice.shuffle(&mut all);
        }
        all
    }

    fn value(&mut self, key: &str, value: &Said, indent: usize) {
        if self.dice.in_hundred(self.habits.space) {
            let spaces = self.dice.below(4);
            self.spaces(spaces);
        }
        match value {
            Said::List(items)
                if !items.is_empty() && !self.dice.in_hundred(self.habits.flow / 2) =>
            {
                self.end_line();
                let column = indent + self.habits.list_step;
                self.comment_lines_under(column);
                self.list(key, items, column);
            }
            Said::Map(entries)
                if !entries.is_empty() && !self.dice.in_hundred(self.habits.flow / 3) =>
            {
                self.end_line();
                let column = indent + self.habits.step;
                self.comment_lines_under(column);
                self.map(key, entries, column, false);
            }
            Said::Text(text) => self.scalar(text, indent, Place::Block),
            Said::Null => {
                let word = *self.dice.one_of(&["", "", " ~", " null", " Null"]);
                self.text.push_str(word);
                self.end_line();
            }
            Said::Bare(word) => {
                self.text.push(' ');
                self.text.push_str(word);
                self.end_line();
            }
            whole => {
                self.text.push(' ');
                self.flow(whole, indent);
                self.end_line();
            }
        }
    }

    fn scalar(&mut self, text: &str, indent: usize, place: Place) {
        self.text.push(' ');
        let wants_block = text.contains('\n') || text.len() > 60;
        let chances = if wants_block {
            self.habits.blocks
        } else {
            self.habits.blocks / 8
        };
        if self.dice.in_hundred(chances) {
            let deeper = self.habits.step.max(1);
            let explicit = matches!(place, Place::Block) && self.dice.in_hundred(15);
            if let Some(block) = scalar::block(text, deeper, explicit, self.dice) {
                self.text.push_str(&block.header);
                self.end_line();
                for line in &block.lines {
                    if !line.is_empty() {
                        self.indent(indent + deeper);
                        self.text.push_str(line);
                    }
                    self.text.push('\n');
                }
                self.ceiling = Some(indent + deeper);
                self.keeps = block.keeps;
                return;
            }
        }
        let wraps = self.dice.in_hundred(self.habits.folds);
        let quotes = self.dice.in_hundred(self.habits.quotes);
        let written = match scalar::plain(text, place) {
            Some(plain) if !quotes => plain,
            _ => scalar::quoted(text, self.dice),
        };
        let written = match wraps {
            true => scalar::wrapped(&written, indent + self.habits.step.max(1), self.dice),
            false => written,
        };
        self.text.push_str(&written);
        self.end_line();
    }

    fn list(&mut self, name: &str, items: &[Said], column: usize) {
        for item in items {
            self.between(column);
            self.indent(column);
            self.text.push('-');
            match item {
                Said::Map(entries)
                    if !entries.is_empty() && !self.dice.in_hundred(self.habits.flow) =>
                {
                    if self.dice.in_hundred(self.habits.space / 3) {
                        // The dash alone on its line.
                        self.end_line();
                        let inside = column + self.habits.step + 1;
                        self.comment_lines_under(inside);
                        self.map(name, entries, inside, false);
                    } else {
                        let mut spaces = 1;
                        if self.dice.in_hundred(self.habits.space) {
                            spaces += self.dice.below(3);
                        }
                        self.spaces(spaces);
                        self.map(name, entries, column + 1 + spaces, true);
                    }
                }
                Said::Text(text) => self.scalar(text, column, Place::Item),
                Said::Null => {
                    self.text.push_str(" ~");
                    self.end_line();
                }
                other => {
                    self.text.push(' ');
                    self.flow(other, column);
                    self.end_line();
                }
            }
        }
    }

    /// A value in brackets, whose parent stands at an indent.
    fn flow(&mut self, value: &Said, indent: usize) {
        let (open, close, count) = match value {
            Said::List(items) => ('[', ']', items.len()),
            Said::Map(entries) => ('{', '}', entries.len()),
            Said::Text(text) => {
                let plain = scalar::plain(text, Place::Flow);
                let quotes = self.dice.in_hundred(self.habits.quotes);
                let written = match plain {
                    Some(plain) if !quotes => plain,
                    _ => scalar::quoted(text, self.dice),
                };
                self.text.push_str(&written);
                return;
            }
            Said::Bare(word) => {
                self.text.push_str(word);
                return;
            }
            Said::Null => {
                self.text.push('~');
                return;
            }
        };
        self.text.push(open);
        let one_a_line = count > 0 && self.dice.in_hundred(self.habits.one_a_line);
        let roomy = self.dice.in_hundred(20);
        let inside = indent + self.habits.step.max(1);
        if !one_a_line && roomy {
            self.text.push(' ');
        }
        for at in 0..count {
            if one_a_line {
                self.end_line();
                self.comment_lines_under(inside);
                self.indent(inside);
            }
            match value {
                Said::List(items) => self.flow(&items[at], inside),
                Said::Map(entries) => {
                    let (key, value) = &entries[at];
                    let key = match scalar::plain(key, Place::Key) {
                        Some(plain) => plain,
                        None => scalar::quoted(key, self.dice),
                    };
                    self.text.push_str(&key);
                    self.text.push_str(": ");
                    self.flow(value, inside);
                }
                _ => {}
            }
            let is_last = at + 1 == count;
            if !is_last || self.dice.in_hundred(25) {
                self.text.push(',');
            }
            if !one_a_line && (!is_last || roomy) {
                self.text.push(' ');
            }
        }
        if one_a_line {
            self.end_line();
            self.comment_lines_under(inside);
            let close_at = if self.dice.in_hundred(50) {
                indent
            } else {
                inside
            };
            self.indent(close_at.max(1));
        }
        self.text.push(close);
    }

    /// What may stand between two entries: comments, at most as deep as they or deeper, and blank lines.
    fn between(&mut self, indent: usize) {
        if !self.text.is_empty() && !self.text.ends_with("---\n") {
            if self.dice.in_hundred(self.habits.comments / 3) {
                let deeper = 1 + self.dice.below(4);
                self.comment_line(indent + deeper);
            }
            self.blank();
        }
        self.comment_lines_under(indent);
    }

    /// Comments above something that stands in a column.
    fn comment_lines_under(&mut self, column: usize) {
        if self.dice.in_hundred(self.habits.comments) {
            let indent = match self.dice.in_hundred(15) {
                true => self.dice.below(column + 1),
                false => column,
            };
            self.comment_lines(indent);
        }
    }

    fn comment_lines(&mut self, indent: usize) {
        for _ in 0..=self.dice.below(3) {
            self.comment_line(indent);
            if self.dice.in_hundred(10) {
                self.blank();
            }
        }
    }

    fn comment_line(&mut self, indent: usize) {
        let indent = match self.ceiling.take() {
            Some(ceiling) => indent.min(ceiling.saturating_sub(1)),
            None => indent,
        };
        self.keeps = false;
        self.indent(indent);
        self.comment();
        self.text.push('\n');
    }

    fn comment(&mut self) {
        self.comments += 1;
        let words = *self.dice.one_of(&[
            "why",
            "- {at: 2024-12-11, what: left out}",
            "status: resolved",
            "🔥 é",
            "\"a\" [b]: {c}, # d",
            "- x",
        ]);
        self.text
            .push_str(&format!("# ‹{}› {words}", self.comments));
    }

    /// The end of a line, perhaps with a comment.
    fn end_line(&mut self) {
        if self.dice.in_hundred(self.habits.comments) {
            let space = *self.dice.one_of(&[" ", "  ", "    ", "\t"]);
            self.text.push_str(space);
            self.comment();
        } else if self.dice.in_hundred(self.habits.space / 6) {
            self.text.push(' ');
        }
        self.text.push('\n');
        self.ceiling = None;
        self.keeps = false;
    }

    fn blank(&mut self) {
        if self.dice.in_hundred(self.habits.blanks) && !self.keeps {
            for _ in 0..=self.dice.below(2) {
                self.text.push('\n');
            }
        }
    }

    fn indent(&mut self, indent: usize) {
        self.ceiling = None;
        self.keeps = false;
        self.spaces(indent);
    }

    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }
}
