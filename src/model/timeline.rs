use chrono::{DateTime, Utc};

use super::{At, Event, Postmortem, Resolved, Zone};

impl Postmortem {
    /// Where an event of this time belongs in the timeline: behind the last one that is not later.
    ///
    /// An event whose time nobody knows belongs at the end. A day alone counts as its first instant.
    pub fn place_in_timeline(&self, at: &At) -> usize {
        let Some(new) = earliest(at, self.timezone) else {
            return self.timeline.len();
        };
        let is_not_later =
            |event: &Event| earliest(&event.at, self.timezone).is_some_and(|known| known <= new);
        match self.timeline.iter().rposition(is_not_later) {
            Some(before) => before + 1,
            // What has no known time stays at the beginning, where it was put.
            None => self
                .timeline
                .iter()
                .position(|event| earliest(&event.at, self.timezone).is_some())
                .unwrap_or(self.timeline.len()),
        }
    }

    /// Puts an event where it belongs in the timeline, and gives its index.
    pub fn log(&mut self, event: Event) -> usize {
        let index = self.place_in_timeline(&event.at);
        self.timeline.insert(index, event);
        index
    }
}

/// The first instant that may be meant.
fn earliest(at: &At, zone: Option<Zone>) -> Option<DateTime<Utc>> {
    match at.moment()?.resolve(zone).ok()? {
        Resolved::Instant(instant) => Some(instant.to_utc()),
        Resolved::Within { from, .. } => Some(from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventKind, IncidentId};

    #[test]
    fn an_event_goes_behind_the_last_that_is_not_later() {
        let id: IncidentId = "2024-12-11-x".parse().expect("an id");
        let mut postmortem = Postmortem::new(id, "T");
        postmortem.timezone = "America/Los_Angeles".parse().ok();
        let mut log = |at: &str| {
            let at = at.parse().expect("a time");
            postmortem.log(Event::new(at, EventKind::Note, "x"))
        };
        assert_eq!(log("unknown"), 0);
        assert_eq!(log("2024-12-11T15:16"), 1);
        assert_eq!(log("2024-12-11T15:10"), 1);
        assert_eq!(log("2024-12-11T23:16Z"), 3, "the same instant comes after");
        assert_eq!(log("2024-12-11"), 1, "a day is its first instant");
        assert_eq!(log("2024-12-10T23:59"), 1);
        assert_eq!(log("2024-12-12"), 6);
        assert_eq!(log("unknown"), 7);
    }
}
