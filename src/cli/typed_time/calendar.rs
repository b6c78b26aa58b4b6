//! Clock times put on days: the nearest past one, and what clock changes make of it.

use chrono::{
    DateTime, Duration, FixedOffset, LocalResult, NaiveDateTime, NaiveTime, Offset, TimeZone,
};

use crate::model::Moment;

use super::clock::Suffix;
use super::{FORMS, Reader, TypedTime, TypedTimeError};

/// The instants at which clocks showed a local time.
pub(super) enum Reading {
    One(DateTime<FixedOffset>),
    /// The clocks were put back: twice, the earlier one first.
    Two(DateTime<FixedOffset>, DateTime<FixedOffset>),
    /// The clocks were put forward: never. Read with the offset from before and from after the
    /// change, the earlier instant first.
    Never(DateTime<FixedOffset>, DateTime<FixedOffset>),
}

impl Reader<'_> {
    /// A clock time without a day: today's, or yesterday's where today's is still to come.
    pub(super) fn nearest_past(
        &self,
        time: NaiveTime,
        suffix: &Suffix<'_>,
    ) -> Result<TypedTime, TypedTimeError> {
        let today = match suffix {
            Suffix::Offset(offset) => self.now.with_timezone(offset).date_naive(),
            _ => self.today(),
        };
        match self.readings(today.and_time(time), suffix)? {
            Reading::One(instant) if instant <= self.now => self.instant(instant),
            Reading::Two(first, second) if first <= self.now && second > self.now => {
                self.instant(first)
            }
            reading @ (Reading::Two(first, _) | Reading::Never(first, _)) if first <= self.now => {
                self.only(reading)
            }
            _ => {
                let yesterday = today.pred_opt().ok_or_else(|| self.in_the_future())?;
                let reading = self.readings(yesterday.and_time(time), suffix)?;
                self.only(reading)
            }
        }
    }

    pub(super) fn only(&self, reading: Reading) -> Result<TypedTime, TypedTimeError> {
        let full = |at: DateTime<FixedOffset>| Moment::at(at).as_str().to_owned();
        match reading {
            Reading::One(instant) => self.instant(instant),
            Reading::Two(first, _) if first > self.now && !self.may_be_ahead => {
                Err(self.in_the_future())
            }
            Reading::Two(first, second) => Err(self.error(
                format!(
                    "`{}` happened twice in {}: the clocks were put back over it",
                    self.typed, self.zone
                ),
                format!("type `{}` or `{}`", full(first), full(second)),
            )),
            Reading::Never(first, second) => Err(self.error(
                format!(
                    "`{}` did not happen in {}: the clocks were put forward over it",
                    self.typed, self.zone
                ),
                format!("type `{}` or `{}`", full(first), full(second)),
            )),
        }
    }

    pub(super) fn readings(
        &self,
        local: NaiveDateTime,
        suffix: &Suffix<'_>,
    ) -> Result<Reading, TypedTimeError> {
        let impossible = || self.error(format!("`{}` is not a time", self.typed), FORMS);
        let tz = self.zone.tz();
        let readings = match suffix {
            Suffix::Offset(offset) => {
                let instant = offset.from_local_datetime(&local).single();
                return instant.map(Reading::One).ok_or_else(impossible);
            }
            Suffix::None | Suffix::Name(_) => tz.from_local_datetime(&local),
        };
        if let Suffix::Name(name) = suffix {
            let named = [readings.earliest(), readings.latest()];
            let named = named.into_iter().flatten();
            let mut named = named.filter(|at| at.format("%Z").to_string() == *name);
            return match named.next() {
                Some(instant) => Ok(Reading::One(self.in_zone(instant.to_utc()))),
                None => Err(self.unknown_zone(name, local)),
            };
        }
        match readings {
            LocalResult::Single(instant) => Ok(Reading::One(instant.fixed_offset())),
            LocalResult::Ambiguous(first, second) => {
                Ok(Reading::Two(first.fixed_offset(), second.fixed_offset()))
            }
            LocalResult::None => {
                let offset_at = |utc: NaiveDateTime| tz.from_utc_datetime(&utc).offset().fix();
                let before = offset_at(local - Duration::days(1));
                let after = offset_at(local + Duration::days(1));
                let read = |offset: FixedOffset| {
                    let instant = offset.from_local_datetime(&local).single()?;
                    Some(self.in_zone(instant.to_utc()))
                };
                match (read(after), read(before)) {
                    (Some(first), Some(second)) => Ok(Reading::Never(first, second)),
                    _ => Err(impossible()),
                }
            }
        }
    }
}
