use std::fmt::{self, Write};

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
