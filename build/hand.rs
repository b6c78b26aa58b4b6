use std::fmt::Write;

use crate::expression::{Call, Expression, Step};
use crate::library::{Function, Library, NUMBER, kind_of};
use crate::template::Node;

type Made<T> = Result<T, String>;

/// A name of a loop or of a component, and the Rust for it.
#[derive(Debug, Clone)]
pub struct Local {
    pub name: String,
    pub code: String,
    pub is_number: bool,
}

/// Writes the body of one function.
pub struct Hand<'a> {
    library: &'a mut Library,
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

impl<'a> Hand<'a> {
    pub fn new(
        library: &'a mut Library,
        chain: &'a [String],
        has_page: bool,
        locals: Vec<Local>,
    ) -> Self {
        Self {
            library,
            chain,
            has_page,
            locals,
            loops: 0,
            words: String::new(),
            function: Function::default(),
        }
    }

    /// Writes these parts of a template.
    pub fn write(mut self, body: &[Node]) -> Made<Function> {
        self.nodes(body, None)?;
        self.end_words();
        Ok(self.function)
    }

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
                let name = self.library.included(file)?;
                let takes_page = self.library.takes_page(&name);
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
            if let Some(body) = self.library.block(file, name).map(<[Node]>::to_vec) {
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
        let (name, component) = self.library.component(&near, &call.name)?;
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
    fn printed(&mut self, whole: &Expression) -> Made<String> {
        use Expression::{Filter, Two};
        if self.is_number(whole) {
            return Ok(format!("sheet.number({});", self.number(whole)?));
        }
        Ok(match whole {
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
                _ => format!("sheet.text({});", self.value(whole)?),
            },
            _ => format!("sheet.text({});", self.value(whole)?),
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
