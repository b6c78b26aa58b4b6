use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::built_in::BuiltIn;
use super::mistake::TemplateError;
use super::tags::{Tag, Token, Word, tags};
use super::view::Page;
use crate::text::nearest;

/// Words of Tera that are no names of values.
const KEYWORDS: [&str; 15] = [
    "and", "or", "not", "in", "is", "if", "else", "elif", "true", "false", "none", "null", "True",
    "False", "None",
];

/// What a loop says about itself.
const LOOP: [&str; 5] = ["index", "index0", "first", "last", "length"];

/// So many components may hand a value on to each other.
const NESTED_CALLS: usize = 4;

/// What components get, by their name and that of the argument.
type Calls = BTreeMap<(String, String), Kind>;

/// Notes what a component is called with; who is called with different things may get anything.
fn merge(calls: &mut Calls, to: (String, String), kind: Kind) {
    let known = calls.entry(to).or_insert_with(|| kind.clone());
    if *known != kind {
        *known = Kind::Open;
    }
}

/// What is known of the value behind a name.
#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// It looks like this, as JSON Schema.
    Known(Value),
    /// Anything: an argument of a component, what a filter gives.
    Open,
    /// A loop's own facts.
    Loop,
}

/// What a template sees, as JSON Schema: every name with its type.
pub fn context_schema() -> Value {
    schemars::schema_for!(Page).to_value()
}

/// The names in templates that stand for nothing, each with its place, also where Tera says nothing: in
/// conditions, in loops that do not run, in blocks that are not rendered. Files are pairs of name and text.
pub fn unknown_names(files: &[(String, String)]) -> Vec<TemplateError> {
    let schema = context_schema();
    // A file that is included sees the names of the place where it is included.
    let mut bound = BTreeSet::new();
    for (_, text) in files {
        for tag in tags(text) {
            bound.extend(binds(&tag).into_iter().map(str::to_owned));
        }
    }
    // What a component gets is told by those who call it, which may be components themselves.
    let mut calls = Calls::new();
    let built_in = BuiltIn::FULL.files();
    let all: Vec<&str> = built_in
        .iter()
        .map(|(_, text)| *text)
        .chain(files.iter().map(|(_, text)| text.as_str()))
        .collect();
    for _ in 0..NESTED_CALLS {
        let mut next = Calls::new();
        for text in &all {
            let mut reader = Reader::new(&schema, &bound, &calls);
            reader.read_all(text);
            for (to, kind) in reader.called {
                merge(&mut next, to, kind);
            }
        }
        calls = next;
    }
    let mut found = Vec::new();
    for (name, text) in files {
        let mut reader = Reader::new(&schema, &bound, &calls);
        reader.read_all(text);
        found.extend(reader.found.into_iter().map(|(at, message, help)| {
            let before = text.get(..at).unwrap_or(text);
            let line = before.rsplit('\n').next().unwrap_or("");
            TemplateError {
                name: name.clone(),
                place: Some((before.matches('\n').count() + 1, line.chars().count() + 1)),
                message,
                help,
            }
        }));
    }
    found
}

/// The names that a tag gives to values: those of loops and of `set`.
fn binds<'a>(tag: &Tag<'a>) -> Vec<&'a str> {
    let words: Vec<&str> = tag.words.iter().map(|word| word.text).collect();
    match words.first() {
        Some(&"for") => {
            let names = words.iter().skip(1).take_while(|word| **word != "in");
            names.copied().filter(|word| *word != ",").collect()
        }
        Some(&("set" | "set_global")) => words.get(1).copied().into_iter().collect(),
        _ => Vec::new(),
    }
}

struct Reader<'a> {
    schema: &'a Value,
    bound: &'a BTreeSet<String>,
    calls: &'a Calls,
    scopes: Vec<Vec<(String, Kind)>>,
    found: Vec<(usize, String, Vec<String>)>,
    called: Vec<((String, String), Kind)>,
}

impl<'a> Reader<'a> {
    fn new(schema: &'a Value, bound: &'a BTreeSet<String>, calls: &'a Calls) -> Self {
        Self {
            schema,
            bound,
            calls,
            scopes: vec![Vec::new()],
            found: Vec::new(),
            called: Vec::new(),
        }
    }

    fn read_all(&mut self, text: &str) {
        for tag in tags(text) {
            self.read(&tag);
        }
    }

    fn read(&mut self, tag: &Tag<'_>) {
        let words = &tag.words[..];
        let first = words.first().map_or("", |word| word.text);
        if !tag.is_statement {
            self.expression(words);
            return;
        }
        match first {
            "for" => {
                let at = words.iter().position(|word| word.text == "in");
                let of = words
                    .get(at.map_or(words.len(), |at| at + 1)..)
                    .unwrap_or(&[]);
                self.expression(of);
                let names = binds(tag);
                let item = match (&names[..], self.whole_path(of)) {
                    ([_], Some(Kind::Known(list))) => self.items(&list),
                    _ => Kind::Open,
                };
                let mut scope = vec![("loop".to_owned(), Kind::Loop)];
                scope.extend(names.iter().map(|name| ((*name).to_owned(), item.clone())));
                self.scopes.push(scope);
            }
            "component" => {
                let names = words.iter().filter(|word| word.token == Token::Name);
                let component = words.get(1).map_or("", |word| word.text);
                let scope = names.map(|word| {
                    let to = (component.to_owned(), word.text.to_owned());
                    let kind = self.calls.get(&to).cloned();
                    (word.text.to_owned(), kind.unwrap_or(Kind::Open))
                });
                self.scopes
                    .push(scope.chain([("body".to_owned(), Kind::Open)]).collect());
            }
            "endfor" | "endcomponent" if self.scopes.len() > 1 => {
                self.scopes.pop();
            }
            "set" | "set_global" => {
                let value = words.get(3..).unwrap_or(&[]);
                self.expression(value);
                let kind = self.whole_path(value).unwrap_or(Kind::Open);
                for name in binds(tag) {
                    if let Some(scope) = self.scopes.last_mut() {
                        scope.push((name.to_owned(), kind.clone()));
                    }
                }
            }
            "if" | "elif" | "filter" => self.expression(words.get(1..).unwrap_or(&[])),
            _ if first == "<" => self.expression(words),
            _ => {}
        }
    }

    /// Looks at every path of an expression.
    fn expression(&mut self, words: &[Word<'_>]) {
        let text = |at: usize| words.get(at).map_or("", |word: &Word<'_>| word.text);
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let before = at.checked_sub(1).map_or("", text);
            let is_test = before == "is" || (before == "not" && at > 1 && text(at - 2) == "is");
            let is_component = (before == "<" && at == 1) || (before == "/" && at == 2);
            let is_argument = text(at + 1) == "=" && text(at + 2) != "=";
            let is_name = word.token == Token::Name
                && !KEYWORDS.contains(&word.text)
                && before != "|"
                && before != "."
                && !is_test
                && !is_component
                && !is_argument
                && text(at + 1) != "("
                && text(at + 1) != ":";
            if is_name {
                let _ = self.path(words, at, true);
            }
            if before == "<" && at == 1 {
                self.call(words);
            }
            at += 1;
        }
    }

    /// Notes what a component is called with: `<name one={value} other="words" />`.
    fn call(&mut self, words: &[Word<'_>]) {
        let text = |at: usize| words.get(at).map_or("", |word: &Word<'_>| word.text);
        for at in 2..words.len() {
            if text(at + 1) != "=" || text(at + 2) == "=" {
                continue;
            }
            let inner = words.get(at + 3..).filter(|_| text(at + 2) == "{");
            let value = inner.and_then(|rest| rest.split(|word| word.text == "}").next());
            let kind = value.and_then(|value| self.whole_path(value));
            let to = (text(1).to_owned(), text(at).to_owned());
            self.called.push((to, kind.unwrap_or(Kind::Open)));
        }
    }

    /// What an expression that is a path and nothing else stands for.
    fn whole_path(&mut self, words: &[Word<'_>]) -> Option<Kind> {
        let text = |at: usize| words.get(at).map_or("", |word: &Word<'_>| word.text);
        let is_name = |at: usize| {
            let word = words.get(at);
            word.is_some_and(|word| word.token == Token::Name && !KEYWORDS.contains(&word.text))
        };
        let mut at = usize::from(is_name(0));
        while at > 0 && at < words.len() {
            at = match text(at) {
                "." if is_name(at + 1) => at + 2,
                "[" if text(at + 2) == "]" => at + 3,
                _ => return None,
            };
        }
        (at > 0).then(|| self.path(words, 0, false))
    }

    /// Follows a path from its first word; tells where it leads nowhere.
    fn path(&mut self, words: &[Word<'_>], mut at: usize, tells: bool) -> Kind {
        let Some(first) = words.get(at) else {
            return Kind::Open;
        };
        let mut path = first.text.to_owned();
        let mut kind = match self.named(first.text) {
            Some(kind) => kind,
            None => {
                if tells {
                    let message = format!("there is no `{path}`");
                    self.tell(first.at, first.text, message, &Page::NAMES);
                }
                return Kind::Open;
            }
        };
        loop {
            let (mark, next) = (words.get(at + 1), words.get(at + 2));
            match (mark.map(|word| word.text), next) {
                (Some("."), Some(member)) if member.token == Token::Name => {
                    kind = match self.member(&kind, member.text) {
                        Ok(kind) => kind,
                        Err(known) => {
                            if tells {
                                let message = format!("`{path}` has no `{}`", member.text);
                                self.tell(member.at, member.text, message, &known);
                            }
                            return Kind::Open;
                        }
                    };
                    path = format!("{path}.{}", member.text);
                    at += 2;
                }
                (Some("."), Some(_)) => {
                    kind = self.items_of(&kind);
                    at += 2;
                }
                (Some("["), _) => {
                    // An item of a list looks like all others; what else stands in brackets may be any name.
                    let closes = words.get(at + 3).is_some_and(|word| word.text == "]");
                    kind = match next.filter(|_| closes) {
                        Some(word) if word.token == Token::Number => self.items_of(&kind),
                        Some(word) if word.token == Token::Text => {
                            let name = word.text.trim_matches(['"', '\'', '`']);
                            match self.member(&kind, name) {
                                Ok(kind) => kind,
                                Err(known) => {
                                    if tells {
                                        let message = format!("`{path}` has no `{name}`");
                                        self.tell(word.at, name, message, &known);
                                    }
                                    return Kind::Open;
                                }
                            }
                        }
                        _ => return Kind::Open,
                    };
                    at += 3;
                }
                _ => return kind,
            }
        }
    }

    fn tell(&mut self, at: usize, name: &str, mut message: String, known: &[impl AsRef<str>]) {
        let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
        if let Some(meant) = nearest(name, known.iter().copied()) {
            message.push_str(&format!("; did you mean `{meant}`?"));
        }
        let help = match known[..] {
            [] => "it is a text or a list".to_owned(),
            _ => format!("there are {}", known.join(", ")),
        };
        self.found.push((at, message, vec![help]));
    }

    fn named(&self, name: &str) -> Option<Kind> {
        let scopes = self.scopes.iter().rev();
        let mut known = scopes.flat_map(|scope| scope.iter().rev());
        if let Some((_, kind)) = known.find(|(known, _)| known == name) {
            return Some(kind.clone());
        }
        if let Some(value) = self.schema.get("properties").and_then(|all| all.get(name)) {
            return Some(Kind::Known(self.resolved(value)));
        }
        (self.bound.contains(name) || name == "__tera_context").then_some(Kind::Open)
    }

    fn member(&self, kind: &Kind, name: &str) -> Result<Kind, Vec<String>> {
        match kind {
            Kind::Open => Ok(Kind::Open),
            Kind::Loop if LOOP.contains(&name) => Ok(Kind::Open),
            Kind::Loop => Err(LOOP.map(str::to_owned).to_vec()),
            Kind::Known(value) => match value.get("properties").and_then(Value::as_object) {
                Some(members) => members
                    .get(name)
                    .map(|member| Kind::Known(self.resolved(member)))
                    .ok_or_else(|| members.keys().cloned().collect()),
                None => Err(Vec::new()),
            },
        }
    }

    fn items_of(&self, kind: &Kind) -> Kind {
        match kind {
            Kind::Known(list) => self.items(list),
            Kind::Open | Kind::Loop => Kind::Open,
        }
    }

    fn items(&self, list: &Value) -> Kind {
        list.get("items")
            .map_or(Kind::Open, |item| Kind::Known(self.resolved(item)))
    }

    /// A part of the schema without its references and without its null.
    fn resolved(&self, value: &Value) -> Value {
        let mut value = value;
        // References end: the schema is ours.
        for _ in 0..8 {
            let target = value.get("$ref").and_then(Value::as_str);
            if let Some(found) =
                target.and_then(|target| self.schema.pointer(target.trim_start_matches('#')))
            {
                value = found;
                continue;
            }
            let choices = value.get("anyOf").and_then(Value::as_array);
            let is_null = |one: &&Value| one.get("type").is_some_and(|name| name == "null");
            match choices.and_then(|all| all.iter().find(|one| !is_null(one))) {
                Some(found) => value = found,
                None => break,
            }
        }
        value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let files = [("x".to_owned(), text.to_owned())];
        let found = unknown_names(&files);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_that_stand_for_nothing_are_found_wherever_they_are() {
        for (text, expected) in [
            (
                "{% if titel %}{% endif %}",
                "x:1:7: there is no `titel`; did you mean `title`?",
            ),
            (
                "a\n{% if not status.lable and id %}{% endif %}",
                "x:2:18: `status` has no `lable`; did you mean `label`?",
            ),
            (
                "{% for day in timeline %}{% for event in day.events %}{% if event.time.clok %}{% endif %}{% endfor %}{% endfor %}",
                "x:1:72: `event.time` has no `clok`; did you mean `clock`?",
            ),
            (
                "{% for c in causes %}{% for b in c.because %}{{ b.what }}{{ b.whatt }}{% endfor %}{% endfor %}",
                "x:1:63: `b` has no `whatt`; did you mean `what`?",
            ),
            (
                "{{ factors.confirmed[0].wat | upper }}",
                "x:1:25: `factors.confirmed` has no `wat`; did you mean `what`?",
            ),
            (
                "{% set s = severity %}{% if s.tune == \"bad\" %}{% endif %}",
                "x:1:31: `s` has no `tune`; did you mean `tone`?",
            ),
            (
                "{% for a in tags %}{{ loop.indx }}{% endfor %}",
                "x:1:28: `loop` has no `indx`; did you mean `index`?",
            ),
            (
                "{% for a in tags %}{% endfor %}{{ loop.index }}",
                "x:1:35: there is no `loop`",
            ),
            ("{{ title.x }}", "x:1:10: `title` has no `x`"),
            (
                "{% component x(ev) %}{% if ev.whatt %}{% endif %}{% endcomponent x %}{% for day in timeline %}{{ <x ev={day.events[0]} /> }}{{ <x ev={day.events[1]} /> }}{% endfor %}",
                "x:1:31: `ev` has no `whatt`; did you mean `what`?",
            ),
            (
                "{% component time(stamp) %}{% if stamp.utcc %}{% endif %}{% endcomponent time %}",
                "x:1:40: `stamp` has no `utcc`; did you mean `utc`?",
            ),
            (
                "{% if severity[\"nmae\"] %}{% endif %}",
                "x:1:16: `severity` has no `nmae`; did you mean `name`?",
            ),
            (
                "{{ <pill word={statsu} /> }}",
                "x:1:16: there is no `statsu`; did you mean `status`?",
            ),
            (
                "{{ tags | join(sep=titel) }}",
                "x:1:20: there is no `titel`; did you mean `title`?",
            ),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_stands_for_something_is_left_alone() {
        for text in [
            "titel {# titel #}{{ \"titel\" }}{% raw %}{{ titel }}{% endraw %}",
            "{% component a(b) %}{{ b.x }}{% endcomponent a %}{{ <a b={severity} /> }}{{ <a b={status} /> }}{{ severity[id] }}",
            "{% component a(b, c: string = \"d\") %}{{ b.x }}{{ c }}{% endcomponent a %}",
            "{{ <heading id=\"impact\" title=\"Impact\" /> }}{% block titel %}{% endblock titel %}",
            "{% if title is defined and id is not containing(pat=\"x\") %}{% endif %}",
            "{% for key, value in zone %}{{ key }}{{ value.x }}{% endfor %}",
            "{% for n in range(end=3) %}{{ n }}{{ loop.index }}{% endfor %}",
            "{{ tiles[0].label }}{{ tiles[-1].state }}{{ timeline.0.label }}",
            "{{ impact.slo[0].name if impact else \"none\" }}",
            "{% set x = tags | length %}{{ x }}{% if x > 2 and x < 9 %}{% endif %}",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_built_in_templates_have_no_unknown_names() {
        for template in super::super::BUILT_IN {
            let files: Vec<(String, String)> = template
                .files()
                .into_iter()
                .map(|(name, text)| (name, text.to_owned()))
                .collect();
            let found = unknown_names(&files);
            assert!(found.is_empty(), "{}: {found:?}", template.name);
        }
    }
}
