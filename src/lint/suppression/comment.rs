use crate::text::{Span, nearest};

/// A suppression as it is written: `# postmortem: ignore[rule-a, rule-b] reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The bytes of the comment, from its `#`.
    pub comment: Span,
    /// Whether it says `ignore-file`.
    pub is_for_file: bool,
    /// The bytes between the brackets.
    pub list: Span,
    /// The bytes of each name between them.
    pub names: Vec<Span>,
    /// Why; empty where nothing is said.
    pub reason: String,
}

/// What was probably meant as a suppression and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The bytes of the comment.
    pub comment: Span,
    /// What is wrong, in one line without a full stop.
    pub why: String,
}

const LINE: &str = "ignore";
const FILE: &str = "ignore-file";
/// Words of other tools for the same.
const OF_OTHERS: [&str; 5] = ["allow", "disable", "noqa", "skip", "suppress"];

/// Reads a comment; nothing where it is one among people.
pub fn read(text: &str, comment: &Span) -> Option<Result<Written, Malformed>> {
    let whole = text.get(comment.clone())?.trim_end();
    let comment = comment.start..comment.start + whole.len();
    let at = |rest: &str| comment.end - rest.len();
    let malformed = |why: &str| {
        Some(Err(Malformed {
            comment: comment.clone(),
            why: why.to_owned(),
        }))
    };

    let rest = whole.trim_start_matches('#').trim_start();
    let name = rest.get(.."postmortem".len())?;
    if !name.eq_ignore_ascii_case("postmortem") {
        return None;
    }
    let rest = rest.get(name.len()..)?;
    let (has_colon, rest) = match rest.trim_start().strip_prefix(':') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest.strip_prefix([' ', '\t'])?.trim_start()),
    };
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let inside = rest.trim_start().strip_prefix('[');
    if word != LINE && word != FILE {
        let is_meant = nearest(word, [LINE, FILE]).is_some() || OF_OTHERS.contains(&word);
        return match inside {
            Some(_) if is_meant => malformed(&format!("`{word}` suppresses nothing")),
            _ => None,
        };
    }
    let Some(inside) = inside else {
        return match has_colon {
            true => malformed("it names no rule in brackets, so it suppresses nothing"),
            false => None,
        };
    };
    if !has_colon {
        return malformed("a colon is missing behind `postmortem`, so it suppresses nothing");
    }
    let Some((list, reason)) = inside.split_once(']') else {
        return malformed("its bracket is not closed, so it suppresses nothing");
    };
    let list = at(inside)..at(inside) + list.len();
    let names: Vec<Span> = names(text, &list);
    if names.is_empty() {
        return malformed("it names no rule, so it suppresses nothing");
    }
    let reason =
        reason.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '`' | '\''));
    Some(Ok(Written {
        comment,
        is_for_file: word == FILE,
        list,
        names,
        reason: reason.to_owned(),
    }))
}

fn names(text: &str, list: &Span) -> Vec<Span> {
    let mut names = Vec::new();
    let mut start = list.start;
    for part in text.get(list.clone()).unwrap_or("").split(',') {
        let name = part.trim();
        if !name.is_empty() {
            let lead = part.len() - part.trim_start().len();
            names.push(start + lead..start + lead + name.len());
        }
        start += part.len() + 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names, whether it is for the file, and the reason.
    type Parts<'t> = (Vec<&'t str>, bool, String);

    fn of(text: &str) -> Option<Result<Parts<'_>, String>> {
        let start = text.find('#').expect("a comment");
        let read = read(text, &(start..text.len()))?;
        Some(match read {
            Ok(written) => {
                let names = written.names.iter();
                let names = names.map(|name| &text[name.clone()]).collect();
                Ok((names, written.is_for_file, written.reason))
            }
            Err(malformed) => Err(malformed.why),
        })
    }

    #[test]
    fn a_suppression_has_names_and_a_reason() {
        for (text, names, is_for_file, reason) in [
            ("# postmortem: ignore[a-b] why", vec!["a-b"], false, "why"),
            (
                "x # postmortem: ignore[ a , b,]: why so",
                vec!["a", "b"],
                false,
                "why so",
            ),
            ("#postmortem:ignore[a]", vec!["a"], false, ""),
            ("## Postmortem: ignore [a] — é", vec!["a"], false, "é"),
            (
                "# postmortem: ignore-file[a] `x` is old",
                vec!["a"],
                true,
                "`x` is old",
            ),
            ("# postmortem: ignore[a] -- ", vec!["a"], false, ""),
        ] {
            let wanted = (names, is_for_file, reason.to_owned());
            assert_eq!(of(text), Some(Ok(wanted)), "{text}");
        }
    }

    #[test]
    fn what_was_meant_as_one_is_told() {
        for text in [
            "# postmortem: ignor[a] why",
            "# postmortem: ignore a why",
            "# postmortem: ignore",
            "# postmortem: ignore[a why",
            "# postmortem: ignore[] why",
            "# postmortem: ignore[ , ] why",
            "# postmortem ignore[a] why",
            "# postmortem: disable[a] why",
            "# postmortem: ignore_file[a] why",
        ] {
            assert!(matches!(of(text), Some(Err(_))), "{text}");
        }
    }

    #[test]
    fn comments_among_people_are_left_alone() {
        for text in [
            "# a comment",
            "# postmortem",
            "# postmortems: ignore[a]",
            "# postmortem: see the wiki [1]",
            "# postmortem meeting on Monday",
            "# postmortem: ignored by the press",
            "# postmortem ignore the first line",
            "# ignore[a]",
            "# é",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
