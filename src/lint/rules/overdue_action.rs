use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "overdue-action",
    Class::Advice,
    include_str!("overdue-action.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(now) = subject.around.now else {
        return;
    };
    let today = match subject.postmortem.timezone {
        Some(zone) => now.with_timezone(&zone.tz()).date_naive(),
        None => now.date_naive(),
    };
    for (index, action) in subject.open_own_actions() {
        if let Some(due) = action.due.filter(|due| due.0 < today) {
            let days = (today - due.0).num_days();
            let unit = if days == 1 { "day" } else { "days" };
            let message = format!("the action `{}` is {days} {unit} overdue", action.id);
            findings.add(findings.on(&path!["actions", index, "due"], message).help(
                "do it, agree on another day, or decline it with a `reason`; once done, `status: done` and `done_on`",
            ));
        }
    }
}
