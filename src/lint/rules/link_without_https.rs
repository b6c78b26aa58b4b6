use crate::diagnostic::Fix;
use crate::lint::texts::each_text;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;
use crate::yaml::Path;

pub const RULE: Rule = Rule::checked(
    "link-without-https",
    Class::Advice,
    include_str!("link-without-https.md"),
    check,
)
.that_fixes();

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let mut judge = |text: &str, path: &dyn Fn() -> Path| {
        let Some(start) = memchr::memmem::find(text.as_bytes(), b"http://") else {
            return;
        };
        let end =
            text[start..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '`'));
        let end = end.map_or(text.len(), |at| start + at);
        let address = text[start..end].trim_end_matches(['.', ',', ';']);
        // Inside, a machine without a certificate is no news.
        if subject.config.public.is_internal(address) {
            return;
        }
        let place = subject
            .document
            .place_within(&path(), &(start..start + address.len()));
        let scheme = place.start..place.start + "http".len();
        let is_plain = findings.written_at(&scheme) == "http";
        let finding = findings
            .at(place, "the address is without https")
            .help("write `https://`: what is read on the way can be changed on the way");
        findings.add(match is_plain {
            true => finding.fixed_by(Fix::replacing("write `https://`", false, scheme, "https")),
            false => finding,
        });
    };
    each_text(postmortem, &mut |text, _, path| judge(text, path));
    for (index, source) in postmortem.sources.iter().enumerate() {
        judge(source, &|| path!["sources", index]);
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        if let Some(source) = &event.source {
            judge(source, &|| path!["timeline", index, "source"]);
        }
    }
}
