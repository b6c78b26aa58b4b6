use crate::lint::{Class, Findings, Rule, Subject};
use chrono::{Datelike, NaiveDate};

use crate::lint::clocks::earliest;
use crate::lint::texts::{Kind, each_text};
use crate::model::{EventKind, Zone};
use crate::yaml::{Path, Segment};

pub const RULE: Rule = Rule::checked(
    "zone-abbreviation-contradicts-date",
    Class::Suspicious,
    include_str!("zone-abbreviation-contradicts-date.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let started = subject.document.times().mark(EventKind::Started);
    let (Some(zone), Some(home)) = (subject.postmortem.timezone, started.instant()) else {
        return;
    };
    let Some(pair) = names(zone, home.year()) else {
        return;
    };
    each_text(subject.postmortem, &mut |text, kind, path| {
        let is_there = pair.iter().any(|name| text.contains(name.as_str()));
        if kind == Kind::Excerpt || !is_there {
            return;
        }
        let path = path();
        let at = event_of(&path).map_or(Some(home.to_utc()), |event| {
            subject.event(event).map(earliest)
        });
        let Some(valid) = at.and_then(|at| zone.short_name(at.fixed_offset())) else {
            return;
        };
        let wrong = pair.iter().filter(|name| **name != valid);
        for (wrong, found) in wrong.filter_map(|name| Some((name, after_a_clock(text, name)?))) {
            let place = subject
                .document
                .place_within(&path, &(found..found + wrong.len()));
            let message = format!("`{wrong}` does not hold on that day in {zone}");
            findings.add(
                findings
                    .at(place, message)
                    .help(format!("did you mean `{valid}`?")),
            );
        }
    });
}

/// The names by which a zone goes in winter and in summer, where it has two and both are letters.
fn names(zone: Zone, year: i32) -> Option<[String; 2]> {
    let on = |month| {
        let noon = NaiveDate::from_ymd_opt(year, month, 1)?.and_hms_opt(12, 0, 0)?;
        // GMT is also what people call UTC, whatever the season.
        let is_word = |name: &String| name != "GMT" && name.bytes().all(|b| b.is_ascii_uppercase());
        let noon = noon.and_utc().fixed_offset();
        zone.short_name(noon).filter(is_word)
    };
    let pair = [on(1)?, on(7)?];
    (pair[0] != pair[1]).then_some(pair)
}

/// The event that a path leads into.
fn event_of(path: &Path) -> Option<usize> {
    match path.segments() {
        [Segment::Key(list), Segment::Index(index), ..] if list == "timeline" => Some(*index),
        _ => None,
    }
}

/// Where a name stands right behind a clock time, in a text that speaks of no other day: `3:16 PM PST`.
fn after_a_clock(text: &str, name: &str) -> Option<usize> {
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    if months.iter().any(|month| text.contains(month)) || text.contains("20") {
        return None;
    }
    let stands = |at: &usize| {
        let before = text[..*at].trim_end();
        let clock = before.trim_end_matches(['a', 'p', 'A', 'P', 'm', 'M', '.', ' ']);
        let after = text[*at + name.len()..].chars().next();
        clock.ends_with(|c: char| c.is_ascii_digit())
            && before.len() < *at
            && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(name).map(|(at, _)| at).find(stands)
}
