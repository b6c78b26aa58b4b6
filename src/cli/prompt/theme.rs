use dialoguer::console::truncate_str;

/// How questions look: `Title › API answers with errors`.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Whether colour is welcome.
    pub colour: bool,
}

/// What stands behind a question: ` › `.
const PROMPT: usize = 3;

impl Theme {
    /// A question, before its answer.
    pub fn question(self, words: &str) -> String {
        match self.colour {
            true => format!("\u{1b}[1m{words}\u{1b}[0m \u{1b}[36m›\u{1b}[0m "),
            false => format!("{words} › "),
        }
    }

    /// A question above a list, with a hint where there is one; no wider than so many columns.
    pub fn heading(self, words: &str, hint: &str, columns: usize) -> String {
        let words = cut(words, columns.saturating_sub(PROMPT));
        let left = columns.saturating_sub(PROMPT + dialoguer::console::measure_text_width(&words));
        format!("{}{}", self.question(&words), cut(hint, left))
    }

    /// An answer of a list with its number; no wider than so many columns.
    pub fn answer(self, number: usize, text: &str, is_marked: bool, columns: usize) -> String {
        let mark = if is_marked { '❯' } else { ' ' };
        let line = cut(&format!("{mark} {number} {text}"), columns);
        match is_marked && self.colour {
            true => format!("\u{1b}[36m{line}\u{1b}[0m"),
            false => line,
        }
    }
}

/// A text with an ellipsis where it is wider than a line; the last column stays free, since terminals
/// differ in when they wrap.
fn cut(text: &str, columns: usize) -> String {
    match columns.saturating_sub(1) {
        // The ellipsis is a column wide.
        0 => String::new(),
        most => truncate_str(text, most, "…").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use dialoguer::console::measure_text_width;

    use super::*;

    #[test]
    fn no_line_of_a_list_is_wider_than_the_terminal() {
        let theme = Theme { colour: false };
        let shown = |text: &str| theme.answer(1, text, true, 40);
        assert_eq!(shown("short"), "❯ 1 short");
        let fits = "ü".repeat(35);
        assert_eq!(shown(&fits), format!("❯ 1 {fits}"));
        for wide in ["wide ".repeat(20), "障害".repeat(30)] {
            let line = shown(&wide);
            assert!(line.ends_with('…'), "{line}");
            assert!((37..40).contains(&measure_text_width(&line)), "{line}");
            let heading = theme.heading(&wide, &wide, 40);
            assert!(measure_text_width(&heading) < 40, "{heading}");
        }
        assert_eq!(theme.heading("Which?", "a hint", 40), "Which? › a hint");
    }
}
