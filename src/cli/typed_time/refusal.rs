//! The words in which a time is refused, and what was probably meant.

use chrono::{NaiveDateTime, NaiveTime};

use crate::model::Day;

use super::{FORMS, Reader, TypedTimeError};

impl Reader<'_> {
    pub(super) fn error(
        &self,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> TypedTimeError {
        TypedTimeError {
            message: message.into(),
            help: help.into(),
        }
    }

    pub(super) fn in_the_future(&self) -> TypedTimeError {
        let now = self.now.with_timezone(&self.zone.tz());
        self.error(
            format!("`{}` is in the future", self.typed),
            format!("it is {} now; {FORMS}", now.format("%Y-%m-%d %H:%M %Z")),
        )
    }

    pub(super) fn bare_number(&self) -> TypedTimeError {
        let digits = self.typed;
        let meant = match digits.len() {
            3 | 4 => {
                let (hour, minute) = digits.split_at(digits.len() - 2);
                let clock = format!("{hour:0>2}:{minute}");
                match NaiveTime::parse_from_str(&clock, "%H:%M") {
                    Ok(_) => format!("did you mean `{clock}`?"),
                    Err(_) => FORMS.to_owned(),
                }
            }
            1 | 2 => match digits.parse::<u32>() {
                Ok(hour @ 0..24) => format!("did you mean `{digits}m` or `{hour:02}:00`?"),
                _ => format!("did you mean `{digits}m`?"),
            },
            8 => {
                let date = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
                match date.parse::<Day>() {
                    Ok(_) => format!("did you mean `{date}`?"),
                    Err(_) => FORMS.to_owned(),
                }
            }
            _ => FORMS.to_owned(),
        };
        self.error(
            format!("`{digits}` could be a clock time or a number of minutes"),
            meant,
        )
    }

    pub(super) fn not_a_clock(&self, hour: &str, minute: &str) -> TypedTimeError {
        let clock = format!("{hour:0>2}:{minute}");
        let help = match NaiveTime::parse_from_str(&clock, "%H:%M") {
            Ok(_) if minute.len() == 2 => format!("did you mean `{clock}`?"),
            _ => FORMS.to_owned(),
        };
        self.error(format!("`{}` is not a time", self.typed), help)
    }

    pub(super) fn a_span(&self, begin: NaiveTime, end: NaiveTime) -> TypedTimeError {
        let (begin, end) = (begin.format("%H:%M"), end.format("%H:%M"));
        self.error(
            format!("`{}` is a span, and an event has one time", self.typed),
            format!(
                "type `{begin}`, and log the end at `{end}`; an offset is typed behind a day and its hour: `2024-12-11T15:16-08:00`"
            ),
        )
    }

    pub(super) fn unknown_zone(&self, name: &str, local: NaiveDateTime) -> TypedTimeError {
        self.error(
            format!(
                "`{name}` in `{}` is not what clocks in {} say then, and such short names are ambiguous",
                self.typed, self.zone
            ),
            format!(
                "write the offset, as in `{}-08:00`",
                local.format("%Y-%m-%dT%H:%M")
            ),
        )
    }
}
