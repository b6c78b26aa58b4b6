use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked("secret", Class::Wrong, include_str!("secret.md"), check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for secret in subject.document.secrets() {
        let finding = findings
            .at(secret.span.clone(), format!("{} stands in the document", secret.what))
            .help("replace it at its issuer first: whoever has the repository has it, also from history")
            .help("then write `[removed]` in its place");
        findings.add(finding);
    }
}
