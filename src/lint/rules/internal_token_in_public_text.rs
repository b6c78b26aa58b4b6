use crate::lint::publicity::{is_public, weighed};
use crate::lint::texts::each_text;
use crate::lint::tokens::Tokens;
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "internal-token-in-public-text",
    Class::Missing,
    include_str!("internal-token-in-public-text.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let tokens = Tokens::of(postmortem, &subject.config.public);
    each_text(postmortem, &mut |text, _, path| {
        let Some((found, what)) = tokens.first_in(text) else {
            return;
        };
        let path = path();
        if !is_public(postmortem, &path) {
            return;
        }
        let place = subject.document.place_within(&path, &found);
        let message = format!("{what} stands in a text that would be published");
        let finding = findings.at(place, message).help(
            "say the role instead of the name, leave the ticket or the address out, or mark the entry with `internal: true`",
        );
        findings.add(weighed(postmortem, findings, finding));
    });
}
