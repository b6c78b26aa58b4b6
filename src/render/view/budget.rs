use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Derived, ServiceObjective};

use super::{Facts, clean, spoken};

/// What an incident took of an error budget, and how that was reckoned.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Budget {
    pub(crate) name: String,
    pub(crate) target: String,
    pub(crate) window: String,
    /// `324 %`; null where it cannot be told.
    pub(crate) consumed: Option<String>,
    /// The reckoning in words, or why there is none.
    pub(crate) formula: String,
    pub(crate) internal: bool,
}

/// The error budget of a promise: by failed events where they are counted, else by downtime.
pub fn budget(facts: &Facts<'_>, objective: &ServiceObjective) -> Budget {
    let (consumed, formula) = reckon(facts, objective);
    Budget {
        name: clean::line(&objective.name),
        target: objective
            .target
            .as_str()
            .replace('%', " %")
            .replace("  ", " "),
        window: spoken_window(objective.window.seconds()),
        consumed,
        formula,
        internal: objective.internal,
    }
}

fn reckon(facts: &Facts<'_>, objective: &ServiceObjective) -> (Option<String>, String) {
    let may_fail = 1.0 - objective.target.fraction();
    if may_fail <= f64::EPSILON {
        return (None, "a target of 100 % leaves no budget".to_owned());
    }
    if let (Some(bad), Some(total)) = (&objective.bad, &objective.total) {
        let allowed = may_fail * total.value();
        if allowed <= 0.0 {
            return (None, "no events were counted".to_owned());
        }
        return (
            Some(spoken::percentage(bad.value() / allowed)),
            format!(
                "{} failed of {}; {} were allowed",
                spoken::grouped(&bad.to_string()),
                spoken::grouped(&total.to_string()),
                spoken::grouped(&format!("{allowed:.0}"))
            ),
        );
    }
    let Some(service) = service(facts, objective) else {
        return (
            None,
            "it is not clear which service's downtime counts".to_owned(),
        );
    };
    match facts.settled(downtime(facts, &service)) {
        Derived::Known { seconds, about } => {
            let allowed = may_fail * objective.window.seconds() as f64;
            if allowed <= 0.0 {
                return (None, "the window has no length".to_owned());
            }
            let formula = format!(
                "{} of downtime of {service}; {} were allowed",
                spoken::estimated(seconds, about),
                spoken::length(allowed.round() as i64)
            );
            (Some(spoken::percentage(seconds as f64 / allowed)), formula)
        }
        Derived::Ongoing => (None, format!("the downtime of {service} is not over yet")),
        _ => (None, format!("the downtime of {service} is not recorded")),
    }
}

/// The service a promise is about: the one its name holds as a word, else the only one there is.
fn service(facts: &Facts<'_>, objective: &ServiceObjective) -> Option<String> {
    let names: Vec<&str> = facts
        .times
        .services
        .iter()
        .map(|time| time.service.as_str())
        .collect();
    let name = objective.name.to_lowercase();
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .collect();
    let named = |service: &&&str| words.contains(&service.to_lowercase().as_str());
    let mut named = names.iter().filter(named);
    match (named.next(), named.next()) {
        (Some(one), None) => Some(clean::line(one)),
        (None, _) if names.len() == 1 => names.first().map(|one| clean::line(one)),
        _ => None,
    }
}

fn downtime(facts: &Facts<'_>, service: &str) -> Derived {
    let time = facts
        .times
        .services
        .iter()
        .find(|time| clean::line(&time.service) == service);
    time.map_or(Derived::Missing, |time| match time.outage {
        // Windows are known, and none of them is an outage.
        Derived::Missing if time.degraded.seconds().is_some() => Derived::Known {
            seconds: 0,
            about: false,
        },
        outage => outage,
    })
}

fn spoken_window(seconds: i64) -> String {
    if seconds % 86_400 == 0 {
        match seconds / 86_400 {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        }
    } else {
        spoken::length(seconds)
    }
}
