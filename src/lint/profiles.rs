//! What each profile judges otherwise than the catalogue, and why.

use crate::config::Profile;

use super::{Class, Rule};

/// A rule to which a profile gives another weight.
#[derive(Debug, Clone, Copy)]
pub struct Judgement {
    /// The rule.
    pub rule: &'static str,
    /// How much it matters to this profile.
    pub class: Class,
    /// Why, in a sentence.
    pub why: &'static str,
}

const fn judged(rule: &'static str, class: Class, why: &'static str) -> Judgement {
    Judgement { rule, class, why }
}

const TRACKED_ELSEWHERE: &str = "Where work is tracked is each team's own affair.";
const ADVICE_IS_LEFT_OUT: &str = "Advice is for teams that ask for it.";

const MINIMAL: &[Judgement] = &[
    judged(
        "action-without-due-date",
        Class::Advice,
        "A day helps; a small team may manage without.",
    ),
    judged("action-without-priority", Class::Asked, TRACKED_ELSEWHERE),
    judged("action-without-ticket", Class::Asked, TRACKED_ELSEWHERE),
    judged("all-same-priority", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged(
        "cause-without-evidence",
        Class::Advice,
        "A team that was there may take its own word for it.",
    ),
    judged("change-without-reference", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged(
        "data-impact-unanswered",
        Class::Advice,
        "Most incidents touch no data.",
    ),
    judged("event-without-source", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged("no-event-before-start", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged("no-priority-action", Class::Asked, TRACKED_ELSEWHERE),
    judged("no-surprises", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged("recovery-without-plan", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged("single-cause", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged("slo-unanswered", Class::Asked, "Many services have none."),
    judged("timeline-gap", Class::Asked, ADVICE_IS_LEFT_OUT),
    judged(
        "unanswered-lessons",
        Class::Advice,
        "Lessons are the point, and nobody is made to have three kinds.",
    ),
];

const GOOGLE: &[Judgement] = &[
    judged(
        "no-preventive-action",
        Class::Missing,
        "The Workbook asks for a balance of preventing and mitigating.",
    ),
    judged(
        "no-priority-action",
        Class::Missing,
        "A user-facing outage without a P0 or P1 is bound to return, says the Workbook.",
    ),
    judged(
        "no-trigger",
        Class::Missing,
        "The template of the SRE Book has a field for it.",
    ),
    judged(
        "slo-unanswered",
        Class::Missing,
        "The error budget decides what happens next.",
    ),
    judged(
        "team-as-owner",
        Class::Missing,
        "An action has one owner, by name.",
    ),
];

const PAGERDUTY: &[Judgement] = &[
    judged(
        "change-without-reference",
        Class::Missing,
        "Each item of the timeline points to where it comes from.",
    ),
    judged(
        "event-without-source",
        Class::Missing,
        "Each item of the timeline points to a metric or a page, says the guide.",
    ),
    judged(
        "no-event-before-start",
        Class::Missing,
        "Work forward from before the incident, not back from the end.",
    ),
    judged(
        "public-silence",
        Class::Missing,
        "Words to customers at a steady pace are part of the response.",
    ),
    judged(
        "public-update-late",
        Class::Missing,
        "Words to customers at a steady pace are part of the response.",
    ),
    judged(
        "single-cause",
        Class::Missing,
        "There is no single root cause; look for contributing factors.",
    ),
];

const LEARNING: &[Judgement] = &[
    judged(
        "action-without-due-date",
        Class::Asked,
        "A document to learn from is no list of tasks.",
    ),
    judged(
        "action-without-priority",
        Class::Asked,
        "A document to learn from is no list of tasks.",
    ),
    judged("action-without-ticket", Class::Asked, TRACKED_ELSEWHERE),
    judged(
        "all-same-priority",
        Class::Asked,
        "A document to learn from is no list of tasks.",
    ),
    judged(
        "cause-without-action",
        Class::Advice,
        "To understand is an outcome of its own.",
    ),
    judged(
        "no-actions",
        Class::Advice,
        "To understand is an outcome of its own.",
    ),
    judged(
        "no-priority-action",
        Class::Asked,
        "A document to learn from is no list of tasks.",
    ),
    judged(
        "no-surprises",
        Class::Missing,
        "What surprised experts is where the system differs from its picture.",
    ),
    judged(
        "overdue-action",
        Class::Asked,
        "A document to learn from is no list of tasks.",
    ),
    judged(
        "single-cause",
        Class::Missing,
        "A story with one cause was not looked at for long enough.",
    ),
];

/// What a profile judges otherwise than the catalogue.
pub const fn judgements(profile: Profile) -> &'static [Judgement] {
    match profile {
        Profile::Minimal => MINIMAL,
        Profile::Google => GOOGLE,
        Profile::Pagerduty => PAGERDUTY,
        Profile::Learning => LEARNING,
    }
}

/// What a profile is for, and what it rests on. Markdown.
const fn purpose(profile: Profile) -> &'static str {
    match profile {
        Profile::Minimal => {
            "What is wrong, and what no reader can do without. For a team that begins, and for an old archive."
        }
        Profile::Google => {
            "As [Google SRE Workbook, Postmortem Culture](https://sre.google/workbook/postmortem-culture/) and the\n[example of the SRE Book](https://sre.google/sre-book/example-postmortem/) ask."
        }
        Profile::Pagerduty => {
            "As [PagerDuty Postmortem Guide](https://postmortems.pagerduty.com/) and\n[PagerDuty Incident Response](https://response.pagerduty.com/) ask."
        }
        Profile::Learning => {
            "For teams that write to learn and not to track, as the\n[Debriefing Facilitation Guide](https://github.com/etsy/DebriefingFacilitationGuide) of Etsy has it."
        }
    }
}

/// How much a rule matters to a profile.
pub fn class(profile: Profile, rule: &Rule) -> Class {
    let judgement = judgements(profile)
        .iter()
        .find(|known| known.rule == rule.name);
    judgement.map_or(rule.class, |judgement| judgement.class)
}

/// Every profile on one page, as it stands in `docs/profiles.md`.
pub fn profiles_page() -> String {
    let mut page = String::from(
        "# Profiles\n\n\
         The authorities disagree about what a postmortem must have, so none is hard-wired. Without a profile\n\
         every rule has the level of its own page; a profile gives some rules another weight. Choose one in\n\
         `postmortem.toml`:\n\n\
         ```toml\n[lint]\nprofile = \"google\"\n```\n\n\
         What `[lint.levels]`, `[[lint.paths]]` or `--level` says of a rule holds over the profile.\n\n\
         This page is made from the tables in the code; a test keeps it true.\n",
    );
    for profile in Profile::ALL {
        page.push_str(&format!(
            "\n## {}\n\n{}\n\n| rule | level | why |\n| --- | --- | --- |\n",
            profile.as_str(),
            purpose(profile)
        ));
        for judgement in judgements(profile) {
            let level = judgement.class.words().trim_end_matches('.');
            page.push_str(&format!(
                "| [`{0}`](rules.md#{0}) | {level} | {1} |\n",
                judgement.rule, judgement.why
            ));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::catalogue;

    #[test]
    fn every_judgement_is_about_a_rule_and_changes_it() {
        for profile in Profile::ALL {
            let mut before = "";
            for judgement in judgements(profile) {
                let name = judgement.rule;
                let rule = catalogue::find(name).expect(name);
                assert_ne!(rule.class, judgement.class, "{name} in {profile:?}");
                assert_ne!(rule.class, Class::Shape, "{name} in {profile:?}");
                assert!(judgement.why.ends_with('.'), "{name}");
                assert!(before < name, "{name} in {profile:?} is out of order");
                before = name;
            }
        }
    }
}
