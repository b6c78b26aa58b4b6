use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::model::{DataState, EventKind, Length, Postmortem, View};
use crate::text::nearest;

use super::Severity;

/// A promise of an organisation, or a notice that a law asks for: what is due, and how long after a
/// milestone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// What is due, in a few words: `customer notice (contract)`.
    pub name: String,
    /// The milestone at which it begins to run.
    #[serde(deserialize_with = "milestone")]
    #[schemars(schema_with = "super::schema::milestone")]
    pub from: EventKind,
    /// How long after that it is due.
    pub due_after: Length,
    /// What ends it. Where nothing does, it only reminds: no record can say that it was kept.
    #[serde(default)]
    pub until: Option<ClockEnd>,
    /// The one channel through which a word ends it, such as `data protection authority`.
    #[serde(default)]
    pub channel: Option<String>,
    /// The severities for which it runs; all where none is named.
    #[serde(default)]
    pub severities: Vec<String>,
    /// What happened to data where it runs; whatever happened where nothing is named.
    #[serde(default)]
    pub data: Vec<DataState>,
    /// The services for which it runs, any of them; all where none is named.
    #[serde(default)]
    pub services: Vec<String>,
    /// The tags with which it runs, any of them; all documents where none is named.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// What ends a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockEnd {
    /// A milestone.
    Milestone(EventKind),
    /// A word to the public or to customers.
    PublicWord,
    /// A word to anybody.
    Communication,
}

impl ClockEnd {
    const PUBLIC_WORD: &'static str = "public-word";

    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Milestone(kind) => kind.as_str(),
            Self::PublicWord => Self::PUBLIC_WORD,
            Self::Communication => EventKind::Communication.as_str(),
        }
    }
}

impl fmt::Display for ClockEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ClockEnd {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            Self::PUBLIC_WORD => Ok(Self::PublicWord),
            "communication" => Ok(Self::Communication),
            word => known_milestone(word).map(Self::Milestone).ok_or_else(|| {
                format!(
                    "`{word}` ends no clock: write a milestone ({}), `public-word` or `communication`",
                    milestones()
                )
            }),
        }
    }
}

impl<'de> Deserialize<'de> for ClockEnd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

fn milestone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<EventKind, D::Error> {
    let word = String::deserialize(deserializer)?;
    known_milestone(&word).ok_or_else(|| {
        let message = format!(
            "`{word}` is no milestone from which a clock can run: write one of {}",
            milestones()
        );
        serde::de::Error::custom(message)
    })
}

fn known_milestone(word: &str) -> Option<EventKind> {
    let mut milestones = EventKind::MILESTONES.into_iter();
    milestones.find(|kind| kind.as_str() == word)
}

fn milestones() -> String {
    EventKind::MILESTONES.map(EventKind::as_str).join(", ")
}

impl Clock {
    /// Whether the clock is one for this document. A document whose severity or data nobody has told
    /// is not among those for which a clock names them, and nothing is promised for somebody else's
    /// incident.
    pub fn is_for(&self, postmortem: &Postmortem) -> bool {
        let any = |wanted: &[String], had: &[String]| {
            wanted.is_empty() || wanted.iter().any(|word| had.contains(word))
        };
        let severity = postmortem.severity.as_ref();
        let impact = postmortem.impact.as_ref();
        let data = impact.and_then(|impact| impact.data.as_ref());
        postmortem.view == View::Own
            && (self.severities.is_empty()
                || severity.is_some_and(|severity| self.severities.contains(severity)))
            && (self.data.is_empty() || data.is_some_and(|data| self.data.contains(&data.state)))
            && any(&self.services, &postmortem.services)
            && any(&self.tags, &postmortem.tags)
    }

    /// What is wrong with the first of the clocks that could not work; nothing if all can.
    pub(super) fn mistake(clocks: &[Self], severities: &[Severity]) -> Option<String> {
        for (index, clock) in clocks.iter().enumerate() {
            let name = clock.name.trim();
            if name.is_empty() {
                return Some(format!("the name of clock {} is empty", index + 1));
            }
            if name.contains(char::is_control) {
                return Some(format!(
                    "the name of clock {} holds a control character",
                    index + 1
                ));
            }
            if clocks
                .iter()
                .take(index)
                .any(|other| other.name.trim() == name)
            {
                return Some(format!(
                    "two clocks are called `{name}`: give each its own name"
                ));
            }
            if let Some(mistake) = clock.own_mistake(severities) {
                return Some(format!("the clock `{name}`: {mistake}"));
            }
        }
        None
    }

    fn own_mistake(&self, severities: &[Severity]) -> Option<String> {
        if self.due_after.seconds() == 0 {
            return Some("`due_after` is no time at all: write a length such as `4h`".to_owned());
        }
        if self.until == Some(ClockEnd::Milestone(self.from)) {
            return Some(format!(
                "it runs from `{from}` until `{from}`, so it would end as it begins",
                from = self.from
            ));
        }
        let word_ends_it = matches!(
            self.until,
            Some(ClockEnd::PublicWord | ClockEnd::Communication)
        );
        if let (Some(channel), false) = (&self.channel, word_ends_it) {
            return Some(format!(
                "`channel = \"{channel}\"` needs `until = \"public-word\"` or `until = \"communication\"`"
            ));
        }
        let known = |name: &&String| severities.iter().any(|level| level.name == **name);
        let unknown = self.severities.iter().find(|name| !known(name))?;
        let levels = || severities.iter().map(|level| level.name.as_str());
        Some(match nearest(unknown, levels()) {
            Some(meant) => format!("there is no severity `{unknown}`; did you mean `{meant}`?"),
            None => format!(
                "there is no severity `{unknown}`: the levels are {}",
                levels().collect::<Vec<_>>().join(", ")
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    fn refusal(clock: &str) -> String {
        let text = format!("[[clocks]]\n{clock}\n");
        Config::parse(&text).expect_err(clock)
    }

    #[test]
    fn what_cannot_work_is_refused_with_what_to_write() {
        for (clock, words) in [
            (
                "from = \"detected\"\ndue_after = \"4h\"",
                "missing field `name`",
            ),
            ("name = \"x\"\ndue_after = \"4h\"", "missing field `from`"),
            (
                "name = \"x\"\nfrom = \"detected\"",
                "missing field `due_after`",
            ),
            (
                "name = \"x\"\nfrom = \"note\"\ndue_after = \"4h\"",
                "`note` is no milestone from which a clock can run: write one of started, detected",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4 hours\"",
                "`4 hours` is not a length of time",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"0s\"",
                "the clock `x`: `due_after` is no time at all",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\nuntil = \"told\"",
                "`told` ends no clock",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\nuntil = \"detected\"",
                "it would end as it begins",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\nchannel = \"mail\"",
                "`channel = \"mail\"` needs `until = \"public-word\"`",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\nseverities = [\"sve1\"]",
                "there is no severity `sve1`; did you mean `sev1`?",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\ndata = [\"leaked\"]",
                "`leaked` is none of none, exposed",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\nfor = [\"api\"]",
                "unknown field `for`",
            ),
            (
                "name = \" \"\nfrom = \"detected\"\ndue_after = \"4h\"",
                "clock 1 is empty",
            ),
            (
                "name = \"x\"\nfrom = \"detected\"\ndue_after = \"4h\"\n[[clocks]]\nname = \"x\"\nfrom = \"started\"\ndue_after = \"1h\"",
                "two clocks are called `x`",
            ),
        ] {
            let refusal = refusal(clock);
            assert!(refusal.contains(words), "{clock}\n{refusal}");
        }
    }
}
