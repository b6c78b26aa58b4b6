use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "impact-without-number",
    Class::Missing,
    include_str!("impact-without-number.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(impact) = &subject.postmortem.impact else {
        return;
    };
    // A figure that is `unknown` or `withheld` is an answer as well.
    let answered = !impact.figures.is_empty()
        || impact.services.iter().any(|window| window.share.is_some())
        || impact.slo.iter().flatten().any(|slo| slo.bad.is_some())
        || impact.summary.as_deref().is_some_and(holds_a_number);
    if answered {
        return;
    }
    let finding = findings.lacking(
        &path!["impact", "figures"],
        &path!["impact"],
        "the impact has no number: how many, or what share?",
    );
    let help = "add `figures: [{what: Failed requests, value: 120000}]`, a window's `share: 30%`, or `value: unknown` where nobody can tell";
    if let Some(finding) = finding {
        findings.add(finding.help(help));
    }
}

/// Whether a text counts something. Status codes, clock times and versions count nothing.
fn holds_a_number(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '~' | '*' | '–'))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, written)| {
        let word = written.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let number = word.trim_end_matches(['%', 'k', 'M', '+']);
        let counted = number
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
            && number.starts_with(|c: char| c.is_ascii_digit());
        let year = word.len() == 4 && matches!(&word[..2], "19" | "20");
        let counts_the_next =
            written.len() == word.len() && words.get(at + 1).is_some_and(|next| is_countable(next));
        counted && !year && (counts_the_next || !is_status_code(word))
    })
}

fn is_status_code(word: &str) -> bool {
    word.len() == 3 && word.starts_with(['4', '5']) && word.bytes().all(|b| b.is_ascii_digit())
}

/// What stands behind a status code when it counts nothing: `500 errors`, `503 and 504`, `404 for all`.
const AFTER_A_STATUS: &[&str] = &[
    "answers",
    "codes",
    "errors",
    "pages",
    "replies",
    "responses",
    "statuses",
];

/// Whether a word is the name of things, in the plural, of which there may be many.
fn is_countable(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let is_plural = (word.ends_with('s')
        && !matches!(word, "was" | "is" | "has" | "does" | "as" | "this"))
        || word == "people";
    is_plural && !AFTER_A_STATUS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::holds_a_number;

    #[test]
    fn a_status_code_is_no_quantity() {
        for quantity in [
            "About 1.2% of users",
            "400,000 requests failed",
            "400 carts were lost.",
            "We lost 512 orders",
            "500 people could not pay",
            "(30 %)",
            "3M carts",
        ] {
            assert!(holds_a_number(quantity), "{quantity}");
        }
        for none in [
            "Users saw 503.",
            "Users saw 500 errors",
            "404 responses, then 503 was all they got",
            "503, users said",
            "Since 2024",
            "from 15:16 on",
            "v2 was down",
            "",
        ] {
            assert!(!holds_a_number(none), "{none}");
        }
    }
}
