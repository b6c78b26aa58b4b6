use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::hand::{Hand, Local};
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

pub const NUMBER: &str = "i64";

/// The files of all templates, by their names, and the Rust that was made of them.
#[derive(Debug)]
pub struct Library {
    files: BTreeMap<String, Template>,
    functions: BTreeMap<String, Function>,
}

/// A function that writes a page or a part of one.
#[derive(Debug, Default)]
pub struct Function {
    pub parameters: String,
    pub body: String,
    /// The names of the page that it reads itself.
    pub names: BTreeSet<String>,
    pub calls: BTreeSet<String>,
}

impl Library {
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
    pub fn included(&mut self, file: &str) -> Made<String> {
        let template = self.files.get(file);
        let body = template
            .ok_or_else(|| format!("there is no {file}"))?
            .body
            .clone();
        self.function(file, "page: &Page, ", &[file.to_owned()], Vec::new(), &body)
    }

    /// What a file has in a block.
    pub fn block(&self, file: &str, name: &str) -> Option<&[Node]> {
        let block = self.files.get(file)?.blocks.get(name)?;
        Some(block)
    }

    /// Whether a function reads the page.
    pub fn takes_page(&self, function: &str) -> bool {
        let made = self.functions.get(function);
        made.is_some_and(|made| !made.parameters.is_empty())
    }

    /// Makes the function of a component, which is looked for in the folder of the page first.
    pub fn component(&mut self, near: &str, name: &str) -> Made<(String, Component)> {
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
        let has_page = parameters.starts_with("page");
        let hand = Hand::new(self, chain, has_page, locals);
        let mut function = hand.write(body).map_err(|why| format!("{key}: {why}"))?;
        // A style reads nothing.
        let is_used = !has_page || !function.names.is_empty() || !function.calls.is_empty();
        function.parameters = if is_used { parameters } else { "" }.to_owned();
        self.functions.insert(name.clone(), function);
        Ok(name)
    }
}

/// The type of a parameter.
pub fn kind_of(parameter: &str) -> Made<&'static str> {
    let known = PARAMETERS.iter().find(|(name, _)| *name == parameter);
    let (_, kind) =
        known.ok_or_else(|| format!("say in build/library.rs what `{parameter}` is"))?;
    Ok(kind)
}
