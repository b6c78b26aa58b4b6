use std::fmt::{self, Write};

use dialoguer::console::truncate_str;
use dialoguer::theme::Theme;

/// How questions look: `Title › API answers with errors`.
#[derive(Debug, Clone, Copy)]
pub struct HouseTheme {
    /// Whether colour is welcome.
    pub colour: bool,
}

impl HouseTheme {
    fn question(self, f: &mut dyn Write, words: &str) -> fmt::Result {
        if self.colour {
            write!(f, "\u{1b}[1m{words}\u{1b}[0m \u{1b}[36m›\u{1b}[0m ")
        } else {
            write!(f, "{words} › ")
        }
    }
}

impl Theme for HouseTheme {
    fn format_prompt(&self, f: &mut dyn Write, prompt: &str) -> fmt::Result {
        self.question(f, prompt)
    }

    fn format_input_prompt(
        &self,
        f: &mut dyn Write,
        prompt: &str,
        _default: Option<&str>,
    ) -> fmt::Result {
        self.question(f, prompt)
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn Write,
        prompt: &str,
        sel: &str,
    ) -> fmt::Result {
        self.question(f, prompt)?;
        f.write_str(sel)
    }

    fn format_select_prompt_item(
        &self,
        f: &mut dyn Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        match (active, self.colour) {
            (true, true) => write!(f, "\u{1b}[36m❯ {text}\u{1b}[0m"),
            (true, false) => write!(f, "❯ {text}"),
            (false, _) => write!(f, "  {text}"),
        }
    }
}

/// A list in which no line is wider than the terminal: the prompt library takes away as many rows as
/// there are lines. It is given each line's index for its text, since it takes bytes for columns.
#[derive(Debug, Clone, Copy)]
pub struct ListTheme<'a> {
    /// How everything looks.
    pub house: HouseTheme,
    /// The lines.
    pub lines: &'a [String],
    /// The terminal's width in columns.
    pub columns: usize,
}

/// What stands before a line of a list: `❯ `.
const MARKER: usize = 2;

/// What stands behind a question: ` › `.
const PROMPT: usize = 3;

impl ListTheme<'_> {
    /// A text with an ellipsis where it is wider than the columns that the rest leaves; the last
    /// column stays free, since terminals differ in when they wrap.
    fn cut(&self, text: &str, rest: usize) -> String {
        let most = self.columns.saturating_sub(rest + 1);
        truncate_str(text, most, "…").into_owned()
    }
}

impl Theme for ListTheme<'_> {
    fn format_prompt(&self, f: &mut dyn Write, prompt: &str) -> fmt::Result {
        self.house.question(f, &self.cut(prompt, PROMPT))
    }

    fn format_select_prompt_item(
        &self,
        f: &mut dyn Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        let line = text
            .parse()
            .ok()
            .and_then(|index: usize| self.lines.get(index));
        let line = line.map_or(text, String::as_str);
        self.house
            .format_select_prompt_item(f, &self.cut(line, MARKER), active)
    }
}

#[cfg(test)]
mod tests {
    use dialoguer::console::measure_text_width;

    use super::*;

    #[test]
    fn no_line_of_a_list_is_wider_than_the_terminal() {
        let lines = [
            "short".to_owned(),
            "ü".repeat(37),
            "wide ".repeat(20),
            "障害".repeat(30),
        ];
        let list = ListTheme {
            house: HouseTheme { colour: false },
            lines: &lines,
            columns: 40,
        };
        let shown = |index: usize| {
            let mut text = String::new();
            list.format_select_prompt_item(&mut text, &index.to_string(), true)
                .expect("a string takes it");
            text
        };
        assert_eq!(shown(0), "❯ short");
        assert_eq!(shown(1), format!("❯ {}", lines[1]));
        for cut in [shown(2), shown(3)] {
            assert!(cut.ends_with('…'), "{cut}");
            assert!((37..40).contains(&measure_text_width(&cut)), "{cut}");
        }
    }
}
