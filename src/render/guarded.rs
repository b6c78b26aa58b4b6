use super::fuel::{ENTERED, KEPT, TURNS};
use super::mistake::TemplateError;
use super::tags::{Tag, Word, tags};

/// A template in which every loop, variable and component is counted.
///
/// What is put in stands within lines and prints nothing, so that pages stay as they are and places in lines
/// can be told as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    /// The template as it is rendered.
    pub text: String,
    /// What was put in: the line, from 1, the column in the new text, from 1, and how many characters.
    put_in: Vec<(usize, usize, usize)>,
    /// Where a component calls itself: line and column, from 1.
    pub calls_itself: Option<(usize, usize)>,
}

impl Guarded {
    /// Puts the counting functions into a template.
    pub fn of(text: &str) -> Self {
        let mut pieces: Vec<(usize, String)> = Vec::new();
        let tags = tags(text);
        let is_first = |word: &str| {
            let mut named = tags.iter().filter_map(|tag| tag.words.first());
            named.next().is_some_and(|first| first.text == word)
        };
        // A file that extends another is entered once; one that is included may be entered without end.
        if !is_first("extends") {
            pieces.push((0, format!("{{{{ {ENTERED}() }}}}")));
        }
        for tag in &tags {
            guard(text, tag, &mut pieces);
        }
        // Of two at one place the one that opens later stands inside.
        pieces.sort_by_key(|(at, _)| *at);
        let mut guarded = Self {
            text: String::with_capacity(text.len() + pieces.len() * 16),
            put_in: Vec::new(),
            calls_itself: calls_itself(text),
        };
        let mut done = 0;
        for (at, piece) in pieces {
            guarded.text.push_str(text.get(done..at).unwrap_or(""));
            let (line, column) = end_of(&guarded.text);
            guarded.put_in.push((line, column, piece.chars().count()));
            guarded.text.push_str(&piece);
            done = at;
        }
        guarded.text.push_str(text.get(done..).unwrap_or(""));
        guarded
    }

    /// Tells the place of a mistake as it is in the template that somebody wrote.
    pub fn as_written(&self, error: &mut TemplateError) {
        let Some((line, column)) = error.place else {
            return;
        };
        let mut left = column;
        for (_, at, length) in self.put_in.iter().filter(|(of, ..)| *of == line) {
            if column > *at {
                left = left.saturating_sub((*length).min(column - at));
            }
        }
        error.place = Some((line, left.max(1)));
    }
}

/// Where a component of a template calls itself: line and column, from 1.
fn calls_itself(text: &str) -> Option<(usize, usize)> {
    let mut inside = None;
    for tag in tags(text) {
        let word = |at: usize| tag.words.get(at).map(|word| word.text);
        match (tag.is_statement, word(0)) {
            (true, Some("component")) => inside = word(1),
            (true, Some("endcomponent")) => inside = None,
            (_, Some("<")) if inside.is_some() && word(1) == inside => {
                let at = tag.words.first()?.at;
                return Some(end_of(text.get(..at)?));
            }
            _ => {}
        }
    }
    None
}

/// The line and the column behind the end of a text, from 1.
fn end_of(text: &str) -> (usize, usize) {
    let last = text.rsplit('\n').next().unwrap_or("");
    (text.matches('\n').count() + 1, last.chars().count() + 1)
}

/// What is to be put into a tag, with its byte in the template.
fn guard(text: &str, tag: &Tag<'_>, pieces: &mut Vec<(usize, String)>) {
    let words = &tag.words[..];
    let word = |at: usize| words.get(at).map_or("", |word: &Word<'_>| word.text);
    let mut around = |from: usize, until: usize, function: &str| {
        let (first, last) = (words.get(from), words.get(until.wrapping_sub(1)));
        if let (Some(first), Some(last), true) = (first, last, from < until) {
            pieces.push((first.at, format!("{function}(of=")));
            pieces.push((last.at + last.text.len(), ")".to_owned()));
        }
    };
    let mut from = 0;
    if tag.is_statement {
        match word(0) {
            "for" => {
                if let Some(at) = words.iter().position(|word| word.text == "in") {
                    around(at + 1, words.len(), TURNS);
                }
                from = 1;
            }
            "set" | "set_global" if word(2) == "=" => around(3, words.len(), KEPT),
            _ => {}
        }
    }
    // Lists that are made by a loop: `[x for y in list if z]`.
    for at in from..words.len() {
        if word(at) != "for" || (at > 0 && word(at - 1) == ".") {
            continue;
        }
        let Some(begin) = (at..words.len()).find(|at| word(*at) == "in") else {
            continue;
        };
        let mut depth = 0_usize;
        let end = (begin + 1..words.len()).find(|at| match word(*at) {
            "[" | "(" | "{" => {
                depth += 1;
                false
            }
            "]" | ")" | "}" if depth > 0 => {
                depth -= 1;
                false
            }
            "]" | "if" => depth == 0,
            _ => false,
        });
        around(begin + 1, end.unwrap_or(words.len()), TURNS);
    }
    let behind = behind(text, tag);
    match (tag.is_statement, word(0)) {
        (true, "set" | "set_global") if word(2) != "=" => {
            if let Some(last) = words.last() {
                pieces.push((last.at + last.text.len(), format!(" | {KEPT}")));
            }
        }
        (true, "component") => {
            if let Some((at, eats_space)) = behind {
                let dash = if eats_space { "-" } else { "" };
                pieces.push((at, format!("{{{{ {ENTERED}() {dash}}}}}")));
            }
        }
        _ => {}
    }
}

/// The byte behind a statement, and whether it eats the white space that follows.
fn behind(text: &str, tag: &Tag<'_>) -> Option<(usize, bool)> {
    let last = tag.words.last()?;
    let end = last.at + last.text.len();
    let close = text.get(end..)?.find("%}")?;
    Some((end + close + 2, text.get(end..end + close)?.ends_with('-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_variables_and_components_are_counted() {
        for (text, guarded) in [
            (
                "{% for a in b.c | sort -%}{{ a }}{% endfor %}",
                "{% for a in __turns(of=b.c | sort) -%}{{ a }}{% endfor %}",
            ),
            ("{% for k, v in m %}", "{% for k, v in __turns(of=m) %}"),
            (
                "{%- set_global x = x ~ \"y\" %}",
                "{%- set_global x = __kept(of=x ~ \"y\") %}",
            ),
            ("{% set x | trim %}", "{% set x | trim | __kept %}"),
            (
                "{{ [a.b for a in list[0] if a.c] | length }}",
                "{{ [a.b for a in __turns(of=list[0]) if a.c] | length }}",
            ),
            (
                "{% set x = [[b for b in a] for a in c] %}",
                "{% set x = __kept(of=[[b for b in __turns(of=a)] for a in __turns(of=c)]) %}",
            ),
            (
                "{% for a in [b for b in c] %}",
                "{% for a in __turns(of=[b for b in __turns(of=c)]) %}",
            ),
            (
                "{% component x(a) -%} b",
                "{% component x(a) -%}{{ __entered() -}} b",
            ),
            (
                "for a in b {{ \"for a in b\" }}{# for a in b #}",
                "for a in b {{ \"for a in b\" }}{# for a in b #}",
            ),
        ] {
            let entered = format!("{{{{ __entered() }}}}{guarded}");
            assert_eq!(Guarded::of(text).text, entered);
        }
    }

    #[test]
    fn what_extends_another_begins_with_that() {
        let text = "{# mine #}{% extends \"full/page.md\" %}{% block head %}{% endblock head %}";
        assert_eq!(Guarded::of(text).text, text);
    }

    #[test]
    fn places_are_told_as_they_were_written() {
        let text = "ä\n{% for a in b %}{% set c = a %}{{ d }}";
        let guarded = Guarded::of(text);
        let new = guarded.text.lines().nth(1).expect("a line");
        for (word, column) in [
            ("for", 4),
            ("b)", 13),
            ("%}", 15),
            ("set", 20),
            ("a)", 28),
            ("d }", 35),
        ] {
            let place = (2, new.find(word).expect("it is there") + 1);
            let mut error = TemplateError {
                name: String::new(),
                place: Some(place),
                message: String::new(),
                help: Vec::new(),
            };
            guarded.as_written(&mut error);
            assert_eq!(error.place, Some((2, column)), "{word} in {new}");
        }
    }
}
