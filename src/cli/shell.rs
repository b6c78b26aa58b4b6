//! Lines to be copied into a shell.

/// A word as shells read it: in quotes where it needs them.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,@%+=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Words as a part of a line.
pub fn line<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_is_what_was_typed() {
        for (word, expected) in [
            ("5m", "5m"),
            ("--key=x", "--key=x"),
            ("", "''"),
            ("it's $HOME", "'it'\\''s $HOME'"),
            ("a>b", "'a>b'"),
            ("!", "'!'"),
            ("障害", "障害"),
        ] {
            assert_eq!(quoted(word), expected);
        }
        assert_eq!(line(["log", "a b"]), "log 'a b'");
    }
}
