use super::super::flowing::flowing;
use super::super::prose::{output, prose};
use super::super::{Format, entities, markdown};

/// A page while it is written. What is absent is written as nothing.
#[derive(Debug)]
pub struct Sheet {
    text: String,
    format: Format,
}

impl Sheet {
    /// A page of a format with room for so many bytes; longer ones find more.
    pub fn new(format: Format, room: usize) -> Self {
        Self {
            text: String::with_capacity(room),
            format,
        }
    }

    /// What was written.
    pub fn written(self) -> String {
        self.text
    }

    /// Writes words of the template.
    pub fn words(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Writes a text of the document so that readers see it as it is.
    pub fn text(&mut self, text: Option<&str>) {
        let Some(text) = text else {
            return;
        };
        match self.format {
            Format::Html => entities::push_escaped(text, &mut self.text),
            Format::Markdown => markdown::push_escaped(text, &mut self.text),
            Format::Text => self.text.push_str(text),
        }
    }

    /// Writes a count.
    pub fn number(&mut self, number: i64) {
        self.text.push_str(&number.to_string());
    }

    /// Writes what is finished markup, which no document can bring.
    pub fn safe(&mut self, markup: Option<&str>) {
        self.text.push_str(markup.unwrap_or(""));
    }

    /// Writes finished markup several times.
    pub fn repeated(&mut self, markup: Option<&str>, times: i64) {
        for _ in 0..times {
            self.safe(markup);
        }
    }

    /// Writes Markdown of the document.
    pub fn prose(&mut self, text: Option<&str>) {
        let prose = text.map(|text| prose(self.format, text));
        self.safe(prose.as_deref());
    }

    /// Writes Markdown of the document, each paragraph on one line where chats would break it.
    pub fn flowing(&mut self, text: Option<&str>) {
        let prose = text.map(|text| prose(self.format, text));
        match self.format {
            Format::Markdown => self.safe(prose.as_deref().map(flowing).as_deref()),
            Format::Html | Format::Text => self.safe(prose.as_deref()),
        }
    }

    /// Writes Markdown of the document in which every break of a line means something, as in what a program printed.
    pub fn output(&mut self, text: Option<&str>) {
        let output = text.map(|text| output(self.format, text));
        self.safe(output.as_deref());
    }
}
