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
        || impact.slo.iter().any(|slo| slo.bad.is_some())
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
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '~' | '*' | '–'))
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?']))
        .any(|word| {
            let number = word.trim_end_matches(['%', 'k', 'M', '+']);
            let counted = number
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
                && number.starts_with(|c: char| c.is_ascii_digit());
            let status_code = word.len() == 3 && matches!(word.as_bytes()[0], b'4' | b'5');
            let year = word.len() == 4 && matches!(&word[..2], "19" | "20");
            counted && !status_code && !year
        })
}

#[cfg(test)]
mod tests {
    use super::holds_a_number;

    #[test]
    fn a_status_code_is_no_quantity() {
        for quantity in [
            "About 1.2% of users",
            "400,000 requests failed",
            "(30 %)",
            "3M carts",
        ] {
            assert!(holds_a_number(quantity), "{quantity}");
        }
        for none in [
            "Users saw 503.",
            "Since 2024",
            "from 15:16 on",
            "v2 was down",
            "",
        ] {
            assert!(!holds_a_number(none), "{none}");
        }
    }
}
