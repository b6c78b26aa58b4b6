//! One of a closed set of words, as people type it.

use std::fmt::Display;

use crate::text::only_near;

/// Reads a word without regard to case; what is not in the set is refused with what was probably meant.
///
/// `also` are words from elsewhere with what to say of them. The first line of a refusal is the message,
/// the others are its help.
pub fn named<T: Copy + Display>(
    typed: &str,
    all: &[T],
    also: &[(&str, &str)],
) -> Result<T, String> {
    let typed = typed.trim();
    let folded = typed.to_lowercase().replace(['_', ' '], "-");
    if let Some(known) = all.iter().find(|known| known.to_string() == folded) {
        return Ok(*known);
    }
    let words: Vec<String> = all.iter().map(T::to_string).collect();
    let refusal = format!("`{typed}` is none of {}", words.join(", "));
    let elsewhere = also.iter().find(|(word, _)| *word == folded);
    let begun = || {
        let mut begun = words.iter().filter(|word| {
            folded.len() > 2 && (word.starts_with(&folded) || folded.starts_with(word.as_str()))
        });
        begun.next().filter(|_| begun.next().is_none())
    };
    let help = match elsewhere {
        Some((_, help)) => Some((*help).to_owned()),
        None => begun()
            .map(String::as_str)
            .or_else(|| only_near(&folded, words.iter().map(String::as_str)).map(|(word, _)| word))
            .map(|word| format!("did you mean `{word}`?")),
    };
    Err(match help {
        Some(help) => format!("{refusal}\n{help}"),
        None => refusal,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventKind;

    #[test]
    fn case_does_not_matter_and_slips_are_named() {
        let kind = |typed: &str| named(typed, EventKind::ALL, &[("fix", "did you mean `change`?")]);
        assert_eq!(kind("ALERT"), Ok(EventKind::Alert));
        assert_eq!(kind(" Resolved "), Ok(EventKind::Resolved));
        for (typed, meant) in [
            ("mitigatd", "mitigated"),
            ("alerted", "alert"),
            ("resolve", "resolved"),
            ("fix", "change"),
        ] {
            let refused = kind(typed).expect_err(typed);
            let help = refused.lines().nth(1);
            assert_eq!(
                help,
                Some(format!("did you mean `{meant}`?").as_str()),
                "{typed}"
            );
        }
        let refused = kind("banana").expect_err("no kind");
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
}
