use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::expression::{Call, Expression, Step};
use crate::template::{Component, Node, Template};

type Made<T> = Result<T, String>;

/// What the values of a component's parameter are, by the parameter's name.
const PARAMETERS: [(&str, &str); 11] = [
    ("because", "Option<&bool>"),
    ("cause", "Option<&CauseView>"),
    ("depth", NUMBER),
    ("id", "Option<&str>"),
    ("internal", "Option<&bool>"),
    ("service", "Option<&ServiceView>"),
    ("source", "Option<&SourceView>"),
    ("stamp", "Option<&Stamp>"),
    ("text", "Option<&str>"),
    ("title", "Option<&str>"),
    ("word", "Option<&Word>"),
];

const NUMBER: &str = "i64";

/// The files of all templates, by their names, and the Rust that was made of them.
#[derive(Debug)]
pub struct Writer {
    files: BTreeMap<String, Template>,
    functions: BTreeMap<String, Function>,
}

/// A function that writes a page or a part of one.
#[derive(Debug, Default)]
struct Function {
    parameters: String,
    body: String,
    /// The names of the page that it reads itself.
    names: BTreeSet<String>,
    calls: BTreeSet<String>,
}

impl Writer {
    pub fn new(files: BTreeMap<String, Template>) -> Self {
        Self {
            files,
            functions: BTreeMap::new(),
        }
    }

    /// The Rust for these pages.
    pub fn write(mut self, pages: &[String]) -> Made<String> {
        let mut table = String::new();
        for page in pages {
            let name = self.page(page)?;
            let mut names = BTreeSet::new();
            self.names(&name, &mut names, &mut BTreeSet::new());
            let names = Vec::from_iter(names);
            let _ = writeln!(table, "({page:?}, {name}, &{names:?}),");
        }
        let mut code = String::new();
        for (name, function) in &self.functions {
            let (parameters, body) = (&function.parameters, &function.body);
            let _ = writeln!(
                code,
                "fn {name}({parameters}sheet: &mut Sheet) {{\n{body}}}\n"
            );
        }
        let _ = writeln!(
            code,
            "/// Every page of a built-in template, with the names of a view that it reads.\npub static PAGES: [(&str, Write, &[&str]); {}] = [\n{table}];",
            pages.len()
        );
        Ok(code)
    }

    /// The names of the page that a function and those it calls read.
    fn names<'a>(
        &'a self,
        name: &'a str,
        names: &mut BTreeSet<&'a str>,
        seen: &mut BTreeSet<&'a str>,
    ) {
        let Some(function) = self.functions.get(name).filter(|_| seen.insert(name)) else {
            return;
        };
        names.extend(function.names.iter().map(String::as_str));
        for call in &function.calls {
            self.names(call, names, seen);
        }
    }

    /// Makes the function of a page.
    fn page(&mut self, file: &str) -> Made<String> {
        let mut chain = vec![file.to_owned()];
        while let Some(below) = chain.last().and_then(|file| self.files.get(file)) {
            match &below.extends {
                Some(other) => chain.push(other.clone()),
                None => break,
            }
        }
        let base = chain.last().and_then(|file| self.files.get(file));
        let body = base
            .ok_or_else(|| format!("{file}: no such file"))?
            .body
            .clone();
        self.function(file, "page: &Page, ", &chain, Vec::new(), &body)
    }

    /// Makes the function of a file that stands in others.
    fn included(&mut self, file: &str) -> Made<String> {
        let template = self.files.get(file);
        let body = template
            .ok_or_else(|| format!("there is no {file}"))?
            .body
            .clone();
        self.function(file, "page: &Page, ", &[file.to_owned()], Vec::new(), &body)
    }

    /// Makes the function of a component, which is looked for in the folder of the page first.
    fn component(&mut self, near: &str, name: &str) -> Made<(String, Component)> {
        let ending = near.rsplit('.').next().unwrap_or("");
        let folder = near.split('/').next().unwrap_or("");
        let candidates = [
            format!("{folder}/parts.{ending}"),
            format!("full/parts.{ending}"),
        ];
        let found = candidates.iter().find_map(|file| {
            let component = self.files.get(file)?.components.get(name)?;
            Some((file.clone(), component.clone()))
        });
        let (file, component) = found.ok_or_else(|| format!("there is no component `{name}`"))?;
        let mut parameters = String::new();
        let mut locals = Vec::new();
        for (parameter, _) in &component.parameters {
            let kind = kind_of(parameter)?;
            let local = format!("the_{parameter}");
            let _ = write!(parameters, "{local}: {kind}, ");
            locals.push(Local {
                name: parameter.clone(),
                code: local,
                is_number: kind == NUMBER,
            });
        }
        let key = format!("{file} {name}");
        let function = self.function(&key, &parameters, &[file], locals, &component.body)?;
        Ok((function, component))
    }

    fn function(
        &mut self,
        key: &str,
        parameters: &str,
        chain: &[String],
        locals: Vec<Local>,
        body: &[Node],
    ) -> Made<String> {
        let name = key.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        if self.functions.contains_key(&name) {
            return Ok(name);
        }
        // A component may call itself.
        self.functions.insert(name.clone(), Function::default());
        let mut hand = Hand {
            has_page: parameters.starts_with("page"),
            chain,
            writer: self,
            locals,
            loops: 0,
            words: String::new(),
            function: Function::default(),
        };
        let written = hand.nodes(body, None);
        hand.end_words();
        let mut function = std::mem::take(&mut hand.function);
        written.map_err(|why| format!("{key}: {why}"))?;
        // A style reads nothing.
        let is_used = !parameters.starts_with("page")
            || !function.names.is_empty()
            || !function.calls.is_empty();
        function.parameters = if is_used { parameters } else { "" }.to_owned();
        self.functions.insert(name.clone(), function);
        Ok(name)
    }
}

fn kind_of(parameter: &str) -> Made<&'static str> {
    let known = PARAMETERS.iter().find(|(name, _)| *name == parameter);
    let (_, kind) = known.ok_or_else(|| format!("say in build/rust.rs what `{parameter}` is"))?;
    Ok(kind)
}

/// A name of a loop or of a component, and the Rust for it.
#[derive(Debug, Clone)]
struct Local {
    name: String,
    code: String,
    is_number: bool,
}

/// Writes the body of one function.
struct Hand<'a> {
    writer: &'a mut Writer,
    /// The page and what it extends.
    chain: &'a [String],
    /// Components see their parameters only.
    has_page: bool,
    locals: Vec<Local>,
    loops: usize,
    /// Words that were not written yet.
    words: String,
    function: Function,
}

/// A block that is being written: its name, and how many files of the chain are above the one that it comes from.
type Block<'a> = Option<(&'a str, usize)>;

impl Hand<'_> {
    fn nodes(&mut self, nodes: &[Node], block: Block<'_>) -> Made<()> {
        nodes.iter().try_for_each(|node| self.node(node, block))
    }

    fn node(&mut self, node: &Node, block: Block<'_>) -> Made<()> {
        match node {
            Node::Words(words) => self.words.push_str(words),
            Node::Print(of) => {
                let code = self.printed(of)?;
                self.line(&code);
            }
            Node::Component(call) => self.call(call)?,
            Node::If(branches) => {
                for (at, (condition, body)) in branches.iter().enumerate() {
                    let other = if at == 0 { "" } else { "} else " };
                    match condition {
                        Some(condition) => {
                            let condition = self.truth(condition)?;
                            self.line(&format!("{other}if {condition} {{"));
                        }
                        None => self.line("} else {"),
                    }
                    self.nodes(body, block)?;
                    self.end_words();
                }
                self.line("}");
            }
            Node::For(name, list, body) => self.turns(name, list, body, block)?,
            Node::Block(name) => self.block(name, 0)?,
            Node::Super => {
                let (name, at) = block.ok_or("`super()` stands in no block")?;
                self.block(name, at + 1)?;
            }
            Node::Include(file) => {
                let name = self.writer.included(file)?;
                let takes_page = self.writer.functions.get(&name);
                let takes_page = takes_page.is_some_and(|made| !made.parameters.is_empty());
                let page = if takes_page { "page, " } else { "" };
                self.line(&format!("{name}({page}sheet);"));
                self.function.calls.insert(name);
            }
        }
        Ok(())
    }

    /// Writes what the files of the chain, from this one on, have in a block.
    fn block(&mut self, name: &str, from: usize) -> Made<()> {
        for (at, file) in self.chain.iter().enumerate().skip(from) {
            let template = self.writer.files.get(file);
            if let Some(body) = template
                .and_then(|template| template.blocks.get(name))
                .cloned()
            {
                return self.nodes(&body, Some((name, at)));
            }
        }
        Ok(())
    }

    fn turns(
        &mut self,
        name: &str,
        list: &Expression,
        body: &[Node],
        block: Block<'_>,
    ) -> Made<()> {
        let list = self.value(list)?;
        self.end_words();
        self.loops += 1;
        let depth = self.loops;
        let before = std::mem::take(&mut self.function.body);
        let locals = self.locals.len();
        let code = format!("the_{name}");
        self.locals.push(Local {
            name: name.to_owned(),
            code: code.clone(),
            is_number: false,
        });
        self.nodes(body, block)?;
        self.end_words();
        self.locals.truncate(locals);
        self.loops -= 1;
        let turn = std::mem::replace(&mut self.function.body, before);
        // Few loops ask where they are.
        match turn.contains(&format!("turn_{depth}")) {
            true => {
                self.line(&format!("let list_{depth} = items({list});"));
                self.line(&format!(
                    "for (turn_{depth}, {code}) in list_{depth}.iter().enumerate() {{"
                ));
            }
            false => self.line(&format!("for {code} in items({list}) {{")),
        }
        self.line(&format!(
            "let {code} = of({code});
{turn}}}"
        ));
        Ok(())
    }

    fn call(&mut self, call: &Call) -> Made<()> {
        let near = self.chain.first().cloned().unwrap_or_default();
        let (name, component) = self.writer.component(&near, &call.name)?;
        let known = |argument: &str| {
            component
                .parameters
                .iter()
                .any(|(name, _)| name == argument)
        };
        if let Some((argument, _)) = call.arguments.iter().find(|(name, _)| !known(name)) {
            return Err(format!("`{}` takes no `{argument}`", call.name));
        }
        let mut arguments = String::new();
        for (parameter, default) in &component.parameters {
            let given = call.arguments.iter().find(|(name, _)| name == parameter);
            let value = given.map(|(_, value)| value).or(default.as_ref());
            let value = value.ok_or_else(|| format!("`{}` needs `{parameter}`", call.name))?;
            let code = match kind_of(parameter)? {
                NUMBER => self.number(value)?,
                _ => self.value(value)?,
            };
            let _ = write!(arguments, "{code}, ");
        }
        self.line(&format!("{name}({arguments}sheet);"));
        self.function.calls.insert(name);
        Ok(())
    }

    /// A statement that prints a value.
    fn printed(&mut self, of: &Expression) -> Made<String> {
        use Expression::{Filter, Two};
        if self.is_number(of) {
            return Ok(format!("sheet.number({});", self.number(of)?));
        }
        Ok(match of {
            Two(first, "or", other) => {
                let (condition, first) = (self.truth(first)?, self.printed(first)?);
                let other = self.printed(other)?;
                format!("if {condition} {{ {first} }} else {{ {other} }}")
            }
            Filter(of, name, arguments) => match (name.as_str(), &arguments[..]) {
                ("safe" | "prose" | "output", []) => format!("sheet.{name}({});", self.value(of)?),
                ("flowing", []) => match &**of {
                    Filter(of, prose, _) if prose == "prose" => {
                        format!("sheet.flowing({});", self.value(of)?)
                    }
                    _ => return Err("`flowing` stands behind `prose`".to_owned()),
                },
                ("repeat", [times]) => {
                    format!(
                        "sheet.repeated({}, {});",
                        self.value(of)?,
                        self.number(times)?
                    )
                }
                _ => format!(
                    "sheet.text({});",
                    self.value(&Filter(of.clone(), name.clone(), arguments.clone()))?
                ),
            },
            _ => format!("sheet.text({});", self.value(of)?),
        })
    }

    /// A value, as `Option<&_>`.
    fn value(&mut self, of: &Expression) -> Made<String> {
        Ok(match of {
            Expression::Path(name, steps) => self.path(name, steps)?,
            Expression::Text(text) => format!("Some({text:?})"),
            Expression::Truth(truth) => format!("Some(&{truth})"),
            Expression::Filter(of, name, arguments) => match (name.as_str(), &arguments[..]) {
                ("lower" | "unbroken", []) => format!("Some({name}({}).as_str())", self.value(of)?),
                ("join", [Expression::Text(separator)]) => {
                    format!("Some(join({}, {separator:?}).as_str())", self.value(of)?)
                }
                _ => return Err(format!("the filter `{name}` is not known here")),
            },
            other => return Err(format!("{other:?} is not known here")),
        })
    }

    fn path(&mut self, name: &str, steps: &[Step]) -> Made<String> {
        let local = self.locals.iter().rev().find(|local| local.name == name);
        let mut code = match local {
            Some(local) => local.code.clone(),
            None if self.has_page => {
                self.function.names.insert(name.to_owned());
                format!("of(&page.{})", field(name))
            }
            None => return Err(format!("there is no `{name}`")),
        };
        for step in steps {
            match step {
                Step::Field(name) => {
                    let _ = write!(code, ".and_then(|it| of(&it.{}))", field(name));
                }
                Step::Index(index) => {
                    let at = match index {
                        0 => "first()".to_owned(),
                        -1 => "last()".to_owned(),
                        index => format!("get({index})"),
                    };
                    let _ = write!(code, ".and_then(|it| it.{at}).and_then(of)");
                }
            }
        }
        Ok(code)
    }

    fn is_number(&self, of: &Expression) -> bool {
        match of {
            Expression::Number(_) | Expression::Two(_, "+" | "-", _) => true,
            Expression::Filter(_, name, _) => name == "length",
            Expression::Path(name, steps) => {
                let is_index = |step: &Step| *step == Step::Field("index".to_owned());
                match name.as_str() {
                    "loop" => steps.first().is_some_and(is_index),
                    name => self
                        .locals
                        .iter()
                        .rev()
                        .any(|local| local.name == name && local.is_number),
                }
            }
            _ => false,
        }
    }

    /// A number, as `i64`.
    fn number(&mut self, of: &Expression) -> Made<String> {
        Ok(match of {
            Expression::Number(number) => number.to_string(),
            Expression::Two(left, operator @ ("+" | "-"), right) => {
                if matches!(**right, Expression::Two(..)) {
                    return Err("a sum within a sum is not known here".to_owned());
                }
                format!("{} {operator} {}", self.number(left)?, self.number(right)?)
            }
            Expression::Filter(of, name, _) if name == "length" => {
                format!("length({})", self.value(of)?)
            }
            Expression::Path(name, _) if name == "loop" => format!("counted(turn_{})", self.loops),
            Expression::Path(name, steps) => self.path(name, steps)?,
            other => return Err(format!("{other:?} is no number")),
        })
    }

    /// Whether something is so, as `bool`.
    fn truth(&mut self, of: &Expression) -> Made<String> {
        Ok(match of {
            Expression::Truth(truth) => truth.to_string(),
            Expression::Not(of) => format!("!{}", self.operand(of)?),
            Expression::Two(left, operator @ ("or" | "and"), right) => {
                let operator = if *operator == "or" { "||" } else { "&&" };
                format!(
                    "{} {operator} {}",
                    self.operand(left)?,
                    self.operand(right)?
                )
            }
            Expression::Two(left, operator, right) if !self.is_number(of) => {
                let is_number = self.is_number(left) || self.is_number(right);
                let (left, right) = match is_number {
                    true => (self.number(left)?, self.number(right)?),
                    false => (self.value(left)?, self.value(right)?),
                };
                format!("{left} {operator} {right}")
            }
            of if is_last(of) => {
                let depth = self.loops;
                format!("turn_{depth} + 1 == list_{depth}.len()")
            }
            of if self.is_number(of) => format!("{} != 0", self.number(of)?),
            of => format!("is_true({})", self.value(of)?),
        })
    }

    /// The same, as a part of a longer condition.
    fn operand(&mut self, of: &Expression) -> Made<String> {
        let truth = self.truth(of)?;
        let is_whole = match of {
            Expression::Two(..) => false,
            of => !is_last(of) && !self.is_number(of),
        };
        Ok(if is_whole {
            truth
        } else {
            format!("({truth})")
        })
    }

    /// Writes a line of Rust behind the words before it.
    fn line(&mut self, code: &str) {
        self.end_words();
        self.function.body.push_str(code);
        self.function.body.push('\n');
    }

    fn end_words(&mut self) {
        if !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            let _ = writeln!(self.function.body, "sheet.words({words:?});");
        }
    }
}

/// Whether this asks for the last turn of a loop.
fn is_last(of: &Expression) -> bool {
    matches!(of, Expression::Path(name, steps)
        if name == "loop" && *steps == [Step::Field("last".to_owned())])
}

/// A field's name, which may be a word of Rust.
fn field(name: &str) -> String {
    match name {
        "for" | "type" | "ref" | "use" | "where" => format!("r#{name}"),
        name => name.to_owned(),
    }
}
