/// Words, of which the last one after a comma is completed.
pub struct Words<'a>(pub &'a [String]);

impl Words<'_> {
    /// A text with its last word completed, as far as all words that fit agree.
    pub fn complete(&self, input: &str) -> Option<String> {
        let (before, begun) = match input.rfind(',') {
            Some(comma) => input.split_at(comma + 1),
            None => ("", input),
        };
        let begun = begun.trim_start();
        let mut fitting = self.0.iter().filter(|word| word.starts_with(begun));
        let first = fitting.next().filter(|_| !begun.is_empty())?;
        let agreed = fitting.fold(first.as_str(), |agreed, word| {
            let same = agreed
                .char_indices()
                .zip(word.chars())
                .find(|((_, a), b)| a != b);
            let end = same.map_or(agreed.len().min(word.len()), |((at, _), _)| at);
            agreed.get(..end).unwrap_or(agreed)
        });
        let space = if before.is_empty() { "" } else { " " };
        Some(format!("{before}{space}{agreed}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_completes_the_word_after_the_comma() {
        let words = ["api", "chatgpt", "chat-history"].map(str::to_owned);
        let complete = |input: &str| Words(&words).complete(input);
        assert_eq!(complete("a").as_deref(), Some("api"));
        assert_eq!(complete("api, c").as_deref(), Some("api, chat"));
        assert_eq!(complete("api,chatg").as_deref(), Some("api, chatgpt"));
        assert_eq!(complete("x"), None);
        assert_eq!(complete(""), None);
    }
}
