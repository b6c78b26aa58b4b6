use crate::lint::{Class, Findings, Rule, Subject};
use chrono::Duration;

use crate::path;

pub const RULE: Rule = Rule::checked(
    "future-timestamp",
    Class::Suspicious,
    include_str!("future-timestamp.md"),
    check,
);

/// Clocks of machines differ by this much.
const GRACE: Duration = Duration::minutes(5);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(now) = subject.around.now else {
        return;
    };
    for clock in &subject.clocks {
        if clock.earliest().is_some_and(|at| at > now + GRACE) {
            let message = format!("`{}` is in the future", clock.moment);
            findings.add(findings.on(&clock.spot.path(), message).help(
                "check day and offset; what is still to be done is an action with a due date",
            ));
        }
    }
    // A day may have begun elsewhere on Earth.
    let today = (now + Duration::hours(14)).date_naive();
    for (index, action) in subject.postmortem.actions.iter().enumerate() {
        if let Some(done_on) = action.done_on.filter(|day| day.0 > today) {
            let message = format!("`{done_on}` is in the future");
            let place = path!["actions", index, "done_on"];
            findings.add(
                findings
                    .on(&place, message)
                    .help("say `due` until it is done"),
            );
        }
    }
}
