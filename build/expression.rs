use crate::tags::{Token, Word};

/// What stands in a tag and has a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    Path(String, Vec<Step>),
    Text(String),
    Number(i64),
    Truth(bool),
    Not(Box<Self>),
    /// Two values with a word or a mark between them: `or`, `and`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`.
    Two(Box<Self>, &'static str, Box<Self>),
    /// A filter, with the values of its arguments in their order.
    Filter(Box<Self>, String, Vec<Self>),
}

/// How a path goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Field(String),
    /// Counted from the end where it is negative.
    Index(i64),
}

/// The call of a component: its name, and its arguments by theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<(String, Expression)>,
}

type Read<T> = Result<T, String>;

/// Reads expressions from the words of a tag.
pub struct Reader<'a> {
    words: &'a [Word<'a>],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(words: &'a [Word<'a>]) -> Self {
        Self { words, at: 0 }
    }

    /// The whole of the words as one expression.
    pub fn whole(mut self) -> Read<Expression> {
        let expression = self.either()?;
        self.end()?;
        Ok(expression)
    }

    /// The whole of the words as the call of a component: `<name word={value} text="words" />`.
    pub fn call(mut self) -> Read<Call> {
        self.expect("<")?;
        let name = self.name()?;
        let mut arguments = Vec::new();
        while !self.take("/") {
            let argument = self.name()?;
            self.expect("=")?;
            let value = match self.take("{") {
                true => {
                    let value = self.either()?;
                    self.expect("}")?;
                    value
                }
                false => self.value()?,
            };
            arguments.push((argument, value));
        }
        self.expect(">")?;
        self.end()?;
        Ok(Call { name, arguments })
    }

    fn either(&mut self) -> Read<Expression> {
        let mut left = self.both()?;
        while self.take("or") {
            left = two(left, "or", self.both()?);
        }
        Ok(left)
    }

    fn both(&mut self) -> Read<Expression> {
        let mut left = self.negated()?;
        while self.take("and") {
            left = two(left, "and", self.negated()?);
        }
        Ok(left)
    }

    fn negated(&mut self) -> Read<Expression> {
        match self.take("not") {
            true => Ok(Expression::Not(Box::new(self.negated()?))),
            false => self.compared(),
        }
    }

    fn compared(&mut self) -> Read<Expression> {
        let left = self.sum()?;
        for (marks, operator) in [
            (&["=", "="][..], "=="),
            (&["!", "="], "!="),
            (&["<", "="], "<="),
            (&[">", "="], ">="),
            (&["<"], "<"),
            (&[">"], ">"),
        ] {
            let stand = |(offset, mark): (usize, &&str)| self.text(self.at + offset) == *mark;
            if marks.iter().enumerate().all(stand) {
                self.at += marks.len();
                return Ok(two(left, operator, self.sum()?));
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Read<Expression> {
        let mut left = self.filtered()?;
        loop {
            let operator = match self.text(self.at) {
                "+" => "+",
                "-" => "-",
                _ => return Ok(left),
            };
            self.at += 1;
            left = two(left, operator, self.filtered()?);
        }
    }

    fn filtered(&mut self) -> Read<Expression> {
        let mut of = self.value()?;
        while self.take("|") {
            let name = self.name()?;
            let mut arguments = Vec::new();
            if self.take("(") {
                while !self.take(")") {
                    self.name()?;
                    self.expect("=")?;
                    arguments.push(self.either()?);
                    self.take(",");
                }
            }
            of = Expression::Filter(Box::new(of), name, arguments);
        }
        Ok(of)
    }

    fn value(&mut self) -> Read<Expression> {
        if self.take("(") {
            let inner = self.either()?;
            self.expect(")")?;
            return Ok(inner);
        }
        let Some(word) = self.words.get(self.at) else {
            return Err("a value is missing".to_owned());
        };
        self.at += 1;
        match (word.token, word.text) {
            (Token::Text, quoted) => Ok(Expression::Text(unquoted(quoted)?)),
            (Token::Number, digits) => {
                let number = digits.parse();
                number
                    .map(Expression::Number)
                    .map_err(|_| format!("`{digits}` is no number"))
            }
            (Token::Name, "true") => Ok(Expression::Truth(true)),
            (Token::Name, "false") => Ok(Expression::Truth(false)),
            (Token::Name, name) => {
                let steps = self.steps()?;
                Ok(Expression::Path(name.to_owned(), steps))
            }
            (Token::Mark, mark) => Err(format!("`{mark}` is no value")),
        }
    }

    fn steps(&mut self) -> Read<Vec<Step>> {
        let mut steps = Vec::new();
        loop {
            if self.take(".") {
                steps.push(Step::Field(self.name()?));
            } else if self.take("[") {
                let Expression::Number(index) = self.value()? else {
                    return Err("an index is a number here".to_owned());
                };
                self.expect("]")?;
                steps.push(Step::Index(index));
            } else {
                return Ok(steps);
            }
        }
    }

    fn text(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| word.text)
    }

    fn take(&mut self, text: &str) -> bool {
        let is_there = self.text(self.at) == text;
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, text: &str) -> Read<()> {
        match self.take(text) {
            true => Ok(()),
            false => Err(format!(
                "`{text}` is missing before `{}`",
                self.text(self.at)
            )),
        }
    }

    fn name(&mut self) -> Read<String> {
        match self.words.get(self.at) {
            Some(word) if word.token == Token::Name => {
                self.at += 1;
                Ok(word.text.to_owned())
            }
            _ => Err(format!("a name is missing before `{}`", self.text(self.at))),
        }
    }

    fn end(&self) -> Read<()> {
        match self.words.get(self.at) {
            None => Ok(()),
            Some(word) => Err(format!("`{}` has no meaning here", word.text)),
        }
    }
}

fn two(left: Expression, operator: &'static str, right: Expression) -> Expression {
    Expression::Two(Box::new(left), operator, Box::new(right))
}

fn unquoted(quoted: &str) -> Read<String> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
    match inner.contains('\\') {
        true => Err(format!("{quoted}: write it without a backslash")),
        false => Ok(inner.to_owned()),
    }
}
