use std::collections::BTreeMap;

use crate::expression::{Call, Expression, Reader};
use crate::tags::{Tag, tags};

/// A part of a template.
#[derive(Debug, Clone)]
pub enum Node {
    /// Words that stand on the page as they are.
    Words(String),
    Print(Expression),
    Component(Call),
    /// Branches in their order; the last may have no condition.
    If(Vec<(Option<Expression>, Vec<Node>)>),
    For(String, Expression, Vec<Node>),
    Block(String),
    /// What the template below has in the same block.
    Super,
    Include(String),
}

/// A component: the names of its parameters with their values where none is given, and its body.
#[derive(Debug, Clone)]
pub struct Component {
    pub parameters: Vec<(String, Option<Expression>)>,
    pub body: Vec<Node>,
}

/// A file of a template.
#[derive(Debug, Clone, Default)]
pub struct Template {
    pub extends: Option<String>,
    pub body: Vec<Node>,
    pub blocks: BTreeMap<String, Vec<Node>>,
    pub components: BTreeMap<String, Component>,
}

type Read<T> = Result<T, String>;

impl Template {
    /// Reads a file; what cannot be read is told with its line.
    pub fn read(text: &str) -> Read<Self> {
        let mut parser = Parser {
            text,
            tags: tags(text),
            at: 0,
            done: 0,
            template: Self::default(),
        };
        let told = |why: String, parser: &Parser<'_>| {
            let before = text.get(..parser.done).unwrap_or("");
            format!("{}: {why}", before.matches('\n').count() + 1)
        };
        match parser.nodes(&[]) {
            Ok((body, _)) => {
                parser.template.body = body;
                Ok(parser.template)
            }
            Err(why) => Err(told(why, &parser)),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tags: Vec<Tag<'a>>,
    /// The tag that comes next.
    at: usize,
    /// The byte behind the last tag.
    done: usize,
    template: Template,
}

impl<'a> Parser<'a> {
    /// Reads up to one of these statements, which is given back.
    fn nodes(&mut self, ends: &[&str]) -> Read<(Vec<Node>, Tag<'a>)> {
        let mut nodes = Vec::new();
        loop {
            let words = self.words();
            if !words.is_empty() {
                nodes.push(Node::Words(words));
            }
            let Some(tag) = self.tags.get(self.at).cloned() else {
                return match ends {
                    [] => Ok((nodes, end_of_file())),
                    _ => Err(format!("{} is missing", ends.join(" or "))),
                };
            };
            self.at += 1;
            self.done = tag.whole.end;
            let first = tag.words.first().map_or("", |word| word.text);
            if ends.contains(&first) {
                return Ok((nodes, tag));
            }
            nodes.extend(self.node(&tag, first)?);
        }
    }

    /// The words before the next tag, without the white space that tags eat.
    fn words(&self) -> String {
        let next = self.tags.get(self.at);
        let end = next.map_or(self.text.len(), |tag| tag.whole.start);
        let mut words = self.text.get(self.done..end).unwrap_or("");
        if next.is_some_and(|tag| eats(self.text, tag).0) {
            words = words.trim_end();
        }
        let last = self.at.checked_sub(1).and_then(|at| self.tags.get(at));
        if last.is_some_and(|tag| eats(self.text, tag).1) {
            words = words.trim_start();
        }
        words.to_owned()
    }

    fn node(&mut self, tag: &Tag<'a>, first: &str) -> Read<Option<Node>> {
        let word = |at: usize| tag.words.get(at).map_or("", |word| word.text);
        let name = || word(1).to_owned();
        let rest = |from: usize| Reader::new(tag.words.get(from..).unwrap_or(&[]));
        let quoted = || word(1).trim_matches('"').to_owned();
        if !tag.is_statement {
            return Ok(Some(match first {
                "super" => Node::Super,
                "<" => Node::Component(rest(0).call()?),
                _ => Node::Print(rest(0).whole()?),
            }));
        }
        Ok(match first {
            "" => None,
            "extends" => {
                self.template.extends = Some(quoted());
                None
            }
            "include" => Some(Node::Include(quoted())),
            "if" => Some(Node::If(self.branches(rest(1).whole()?)?)),
            "for" => {
                if word(2) != "in" {
                    return Err("a loop over keys and values is not known here".to_owned());
                }
                let list = rest(3).whole()?;
                let (body, _) = self.nodes(&["endfor"])?;
                Some(Node::For(name(), list, body))
            }
            "block" => {
                let (body, _) = self.nodes(&["endblock"])?;
                self.template.blocks.insert(name(), body);
                Some(Node::Block(name()))
            }
            "component" => {
                let parameters = parameters(tag)?;
                let (body, _) = self.nodes(&["endcomponent"])?;
                let component = Component { parameters, body };
                self.template.components.insert(name(), component);
                None
            }
            other => return Err(format!("`{other}` is not known here")),
        })
    }

    fn branches(&mut self, condition: Expression) -> Read<Vec<(Option<Expression>, Vec<Node>)>> {
        let mut branches = Vec::new();
        let mut condition = Some(condition);
        loop {
            let (body, end) = self.nodes(&["elif", "else", "endif"])?;
            branches.push((condition, body));
            condition = match end.words.first().map_or("", |word| word.text) {
                "endif" => return Ok(branches),
                "elif" => Some(Reader::new(end.words.get(1..).unwrap_or(&[])).whole()?),
                _ => None,
            };
        }
    }
}

/// Whether a tag eats the white space before it, and that behind it.
fn eats(text: &str, tag: &Tag<'_>) -> (bool, bool) {
    let whole = text.get(tag.whole.clone()).unwrap_or("");
    let inner = whole.get(2..whole.len().saturating_sub(2)).unwrap_or("");
    (inner.starts_with('-'), inner.ends_with('-'))
}

/// `component name(one, other: string, third: bool = false)`.
fn parameters(tag: &Tag<'_>) -> Read<Vec<(String, Option<Expression>)>> {
    let words = tag.words.get(3..tag.words.len().saturating_sub(1));
    let parameters = words.unwrap_or(&[]).split(|word| word.text == ",");
    let parameter = |words: &[crate::tags::Word<'_>]| {
        let name = words.first().map_or("", |word| word.text).to_owned();
        let default = words.iter().position(|word| word.text == "=");
        let value = default.map(|at| Reader::new(&words[at + 1..]).whole());
        Ok((name, value.transpose()?))
    };
    parameters
        .filter(|words| !words.is_empty())
        .map(parameter)
        .collect()
}

fn end_of_file<'a>() -> Tag<'a> {
    Tag {
        is_statement: true,
        words: Vec::new(),
        whole: 0..0,
    }
}
