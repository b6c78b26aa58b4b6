use crate::diagnostic::Diagnostic;
use crate::model::{Postmortem, SharedWith};
use crate::yaml::{Path, Segment};

use super::Findings;

/// Whether the text at a path is in what the public may read: neither internal by nature nor marked so.
pub fn is_public(postmortem: &Postmortem, path: &Path) -> bool {
    let mut keys = path.segments().iter().filter_map(|segment| match segment {
        Segment::Key(key) => Some(key.as_str()),
        Segment::Index(_) => None,
    });
    let section = keys.next().unwrap_or("");
    let field = path.segments().last();
    let by_nature = |key: &str| {
        matches!(
            key,
            "note" | "ticket" | "plan" | "name" | "handle" | "email"
        )
    };
    let by_nature = match field {
        Some(Segment::Key(key)) if section == "people" => by_nature(key),
        Some(Segment::Key(key)) => matches!(key.as_str(), "note" | "ticket" | "plan"),
        _ => false,
    };
    let marked = marked(postmortem, path);
    !by_nature && !marked && !matches!(section, "internal_notes" | "custom" | "review" | "owner")
}

/// Whether the item that a path leads into is marked `internal: true`.
fn marked(postmortem: &Postmortem, path: &Path) -> bool {
    let internal = match path.segments() {
        [Segment::Key(list), Segment::Index(at), ..] => match list.as_str() {
            "timeline" => postmortem.timeline.get(*at).map(|one| one.internal),
            "causes" => {
                let cause = postmortem.causes.get(*at);
                let item = match path.segments().get(2..4) {
                    Some([Segment::Key(_), Segment::Index(at)]) => {
                        cause.and_then(|cause| cause.evidence.get(*at))
                    }
                    _ => None,
                };
                let whole = cause.is_some_and(|cause| cause.internal);
                Some(whole || item.is_some_and(|item| item.internal))
            }
            "actions" => postmortem.actions.get(*at).map(|one| one.internal),
            "dependencies" => postmortem.dependencies.get(*at).map(|one| one.internal),
            "links" => postmortem.links.get(*at).map(|one| one.internal),
            "attachments" => postmortem.attachments.get(*at).map(|one| one.internal),
            _ => None,
        },
        [
            Segment::Key(whole),
            Segment::Key(list),
            Segment::Index(at),
            ..,
        ] => match (whole.as_str(), &postmortem.impact, &postmortem.lessons) {
            ("impact", Some(impact), _) if list == "services" => {
                impact.services.get(*at).map(|one| one.internal)
            }
            ("impact", Some(impact), _) if list == "figures" => {
                impact.figures.get(*at).map(|one| one.internal)
            }
            ("lessons", _, Some(lessons)) => match list.as_str() {
                "went_well" => lessons.went_well.get(*at),
                "went_wrong" => lessons.went_wrong.get(*at),
                "got_lucky" => lessons.got_lucky.get(*at),
                _ => lessons.surprises.get(*at),
            }
            .map(|one| one.internal),
            _ => None,
        },
        _ => None,
    };
    internal.unwrap_or(false)
}

/// A finding about what the public would read: information where the document says that it stays inside.
pub fn weighed(
    postmortem: &Postmortem,
    findings: &Findings<'_>,
    finding: Diagnostic,
) -> Diagnostic {
    let review = postmortem.review.as_ref();
    match review.and_then(|review| review.shared_with) {
        Some(SharedWith::Team | SharedWith::Company) => findings.softened(finding),
        Some(SharedWith::Public) | None => finding,
    }
}
