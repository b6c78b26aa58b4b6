use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{DataState, Effect, Percent};
use crate::path;
use crate::yaml::Path;

pub const RULE: Rule = Rule::checked(
    "severity-lower-than-impact",
    Class::Advice,
    include_str!("severity-lower-than-impact.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let config = subject.config;
    let Some(severity) = subject.postmortem.severity.as_deref() else {
        return;
    };
    let top = match config.severities.len() {
        0..=2 => 1,
        _ => 2,
    };
    let is_low = config.rank(severity).is_some_and(|rank| rank >= top);
    if let Some((what, place)) = is_low.then(|| worst(subject)).flatten() {
        let names: Vec<&str> = config
            .severities
            .iter()
            .take(top)
            .map(|level| &*level.name)
            .collect();
        let finding = findings.on(
            &path!["severity"],
            format!("{what}, and the severity is `{severity}`"),
        );
        findings.add(
            finding
                .label(subject.place(&place), "this is what users met")
                .help(format!(
                    "raise it to {}, or say in the impact why it was less",
                    names.join(" or ")
                )),
        );
    }
}

/// The worst that users can meet, and where it stands.
fn worst(subject: &Subject<'_>) -> Option<(&'static str, Path)> {
    let postmortem = subject.postmortem;
    let impact = postmortem.impact.as_ref()?;
    let data = impact.data.as_ref().map(|data| data.state);
    match data {
        Some(DataState::Lost) => return Some(("data was lost", path!["impact", "data"])),
        Some(DataState::Exposed) => return Some(("data was exposed", path!["impact", "data"])),
        _ => {}
    }
    let is_down_for_all = |service: &String| {
        let whole = |share: &Percent| share.fraction() >= 1.0;
        impact.services.iter().any(|window| {
            window.service == *service
                && window.effect == Effect::Outage
                && window.share.as_ref().is_some_and(whole)
        })
    };
    let services = &postmortem.services;
    let all_down = !services.is_empty() && services.iter().all(is_down_for_all);
    all_down.then(|| {
        (
            "every service was down for everyone",
            path!["impact", "services"],
        )
    })
}
