use super::*;

const LA: &str = "America/Los_Angeles";
const BERLIN: &str = "Europe/Berlin";

/// What was typed, when (RFC 3339), where; the moment written, and what is said of it.
#[rustfmt::skip]
const UNDERSTOOD: &[(&str, &str, &str, &str, &str)] = &[
    // Lengths of time are always ago.
    ("20m", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
    ("-5m", NIGHT, LA, "2024-12-11T15:22-08:00", "2024-12-11 15:22 PST, 5 min ago"),
    ("5m ago", NIGHT, LA, "2024-12-11T15:22-08:00", "2024-12-11 15:22 PST, 5 min ago"),
    ("−5m", NIGHT, LA, "2024-12-11T15:22-08:00", "2024-12-11 15:22 PST, 5 min ago"),
    ("20 min", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
    ("20 minutes ago", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
    ("20M", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
    ("1h30m", NIGHT, LA, "2024-12-11T13:57-08:00", "2024-12-11 13:57 PST, 1 h 30 min ago"),
    ("1h 30m ago", NIGHT, LA, "2024-12-11T13:57-08:00", "2024-12-11 13:57 PST, 1 h 30 min ago"),
    ("2 hours", NIGHT, LA, "2024-12-11T13:27-08:00", "2024-12-11 13:27 PST, 2 h ago"),
    ("90s", NIGHT, LA, "2024-12-11T15:25:34-08:00", "2024-12-11 15:25:34 PST, 1 min ago"),
    ("30 sec ago", NIGHT, LA, "2024-12-11T15:26:34-08:00", "2024-12-11 15:26:34 PST, 30 s ago"),
    ("1m10s", NIGHT, LA, "2024-12-11T15:25:54-08:00", "2024-12-11 15:25:54 PST, 1 min ago"),
    ("0m", NIGHT, LA, "2024-12-11T15:27-08:00", "2024-12-11 15:27 PST, just now"),
    ("now", NIGHT, LA, "2024-12-11T15:27:04-08:00", "2024-12-11 15:27:04 PST, just now"),
    ("1d", NIGHT, LA, "2024-12-10T15:27-08:00", "2024-12-10 15:27 PST, 1 day ago"),
    ("26h", NIGHT, LA, "2024-12-10T13:27-08:00", "2024-12-10 13:27 PST, 1 day 2 h ago"),
    ("3d", NIGHT, LA, "2024-12-08T15:27-08:00", "2024-12-08 15:27 PST, 3 days ago"),
    ("2w", NIGHT, LA, "2024-11-27T15:27-08:00", "2024-11-27 15:27 PST, 14 days ago"),
    ("  20m ", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
    // Clock times are the nearest past ones.
    ("14:32", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
    ("at 14:32", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
    ("15:27", NIGHT, LA, "2024-12-11T15:27-08:00", "2024-12-11 15:27 PST, just now"),
    ("15:28", NIGHT, LA, "2024-12-10T15:28-08:00", "2024-12-10 15:28 PST, 23 h 59 min ago"),
    ("9:05", NIGHT, LA, "2024-12-11T09:05-08:00", "2024-12-11 09:05 PST, 6 h 22 min ago"),
    ("14:32:10", NIGHT, LA, "2024-12-11T14:32:10-08:00", "2024-12-11 14:32:10 PST, 54 min ago"),
    ("00:00", NIGHT, LA, "2024-12-11T00:00-08:00", "2024-12-11 00:00 PST, 15 h 27 min ago"),
    ("2:32pm", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
    ("2pm", NIGHT, LA, "2024-12-11T14:00-08:00", "2024-12-11 14:00 PST, 1 h 27 min ago"),
    ("12am", NIGHT, LA, "2024-12-11T00:00-08:00", "2024-12-11 00:00 PST, 15 h 27 min ago"),
    ("12:05 PM", NIGHT, LA, "2024-12-11T12:05-08:00", "2024-12-11 12:05 PST, 3 h 22 min ago"),
    ("14:32 PST", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
    // In another zone the day is that zone's.
    ("23:10Z", NIGHT, LA, "2024-12-11T23:10Z", "2024-12-11 15:10 PST, 17 min ago"),
    ("23:10:30Z", NIGHT, LA, "2024-12-11T23:10:30Z", "2024-12-11 15:10:30 PST, 16 min ago"),
    ("23:10 UTC", NIGHT, LA, "2024-12-11T23:10Z", "2024-12-11 15:10 PST, 17 min ago"),
    ("23:40 UTC", NIGHT, LA, "2024-12-10T23:40Z", "2024-12-10 15:40 PST, 23 h 47 min ago"),
    ("00:10+01:00", NIGHT, LA, "2024-12-12T00:10+01:00", "2024-12-11 15:10 PST, 17 min ago"),
    // Midnight and year ends.
    ("23:50", "2024-12-12T00:10:00-08:00", LA, "2024-12-11T23:50-08:00", "2024-12-11 23:50 PST, 20 min ago"),
    ("20m", "2024-12-12T00:10:00-08:00", LA, "2024-12-11T23:50-08:00", "2024-12-11 23:50 PST, 20 min ago"),
    ("00:00", "2024-12-12T00:00:00-08:00", LA, "2024-12-12T00:00-08:00", "2024-12-12 00:00 PST, just now"),
    ("yesterday 23:50", "2024-12-12T00:10:00-08:00", LA, "2024-12-11T23:50-08:00", "2024-12-11 23:50 PST, 20 min ago"),
    ("23:58", "2025-01-01T00:03:00+01:00", BERLIN, "2024-12-31T23:58+01:00", "2024-12-31 23:58 CET, 5 min ago"),
    ("5m", "2025-01-01T00:03:00+01:00", BERLIN, "2024-12-31T23:58+01:00", "2024-12-31 23:58 CET, 5 min ago"),
    ("yesterday", "2025-01-01T00:03:00+01:00", BERLIN, "2024-12-31", "2024-12-31, yesterday, hour not known"),
    ("yesterday 12:00", "2024-03-01T12:00:00Z", "UTC", "2024-02-29T12:00Z", "2024-02-29 12:00 UTC, 1 day ago"),
    ("today 09:00", NIGHT, LA, "2024-12-11T09:00-08:00", "2024-12-11 09:00 PST, 6 h 27 min ago"),
    ("Today at 9am", NIGHT, LA, "2024-12-11T09:00-08:00", "2024-12-11 09:00 PST, 6 h 27 min ago"),
    ("today", NIGHT, LA, "2024-12-11", "2024-12-11, today, hour not known"),
    ("yesterday, 23:50", NIGHT, LA, "2024-12-10T23:50-08:00", "2024-12-10 23:50 PST, 15 h 37 min ago"),
    // Dates.
    ("2024-12-11", NIGHT, LA, "2024-12-11", "2024-12-11, today, hour not known"),
    ("2024-11-01", NIGHT, LA, "2024-11-01", "2024-11-01, 40 days ago, hour not known"),
    ("2024-12-11 15:16", NIGHT, LA, "2024-12-11T15:16-08:00", "2024-12-11 15:16 PST, 11 min ago"),
    ("2024-12-11T15:16", NIGHT, LA, "2024-12-11T15:16-08:00", "2024-12-11 15:16 PST, 11 min ago"),
    ("2024-12-11 15:16:30", NIGHT, LA, "2024-12-11T15:16:30-08:00", "2024-12-11 15:16:30 PST, 10 min ago"),
    ("2024-12-11t15:16z", "2024-12-11T23:27:04Z", "UTC", "2024-12-11T15:16Z", "2024-12-11 15:16 UTC, 8 h 11 min ago"),
    ("2024-12-11T15:16:00-08:00", NIGHT, LA, "2024-12-11T15:16-08:00", "2024-12-11 15:16 PST, 11 min ago"),
    ("2024-12-11T23:16:00.250Z", NIGHT, LA, "2024-12-11T23:16Z", "2024-12-11 15:16 PST, 11 min ago"),
    ("2024-12-11 23:16 UTC", NIGHT, LA, "2024-12-11T23:16Z", "2024-12-11 15:16 PST, 11 min ago"),
    ("2024-07-01 08:00", NIGHT, LA, "2024-07-01T08:00-07:00", "2024-07-01 08:00 PDT, 163 days ago"),
    // Around clock changes: 2024-11-03 02:00 PDT is 01:00 PST; 2024-03-10 02:00 PST is 03:00 PDT.
    ("01:30", "2024-11-03T01:40:00-07:00", LA, "2024-11-03T01:30-07:00", "2024-11-03 01:30 PDT, 10 min ago"),
    ("01:30 PDT", "2024-11-03T01:40:00-08:00", LA, "2024-11-03T01:30-07:00", "2024-11-03 01:30 PDT, 1 h 10 min ago"),
    ("01:30 PST", "2024-11-03T01:40:00-08:00", LA, "2024-11-03T01:30-08:00", "2024-11-03 01:30 PST, 10 min ago"),
    ("01:45", "2024-11-03T01:40:00-07:00", LA, "2024-11-02T01:45-07:00", "2024-11-02 01:45 PDT, 23 h 55 min ago"),
    ("90m", "2024-11-03T01:40:00-08:00", LA, "2024-11-03T01:10-07:00", "2024-11-03 01:10 PDT, 1 h 30 min ago"),
    ("90m", "2024-03-10T03:20:00-07:00", LA, "2024-03-10T00:50-08:00", "2024-03-10 00:50 PST, 1 h 30 min ago"),
    ("02:30", "2024-03-10T00:30:00-08:00", LA, "2024-03-09T02:30-08:00", "2024-03-09 02:30 PST, 22 h ago"),
    ("03:10", "2024-03-10T03:20:00-07:00", LA, "2024-03-10T03:10-07:00", "2024-03-10 03:10 PDT, 10 min ago"),
    ("1d", "2024-03-10T12:00:00-07:00", LA, "2024-03-09T11:00-08:00", "2024-03-09 11:00 PST, 1 day ago"),
    ("02:30 UTC", "2024-03-31T03:10:00+02:00", BERLIN, "2024-03-30T02:30Z", "2024-03-30 03:30 CET, 22 h 40 min ago"),
    // A zone with half an hour, and one across the date line.
    ("10:00", "2024-12-11T10:30:00+05:30", "Asia/Kolkata", "2024-12-11T10:00+05:30", "2024-12-11 10:00 IST, 30 min ago"),
    ("08:00", "2024-12-12T09:00:00+14:00", "Pacific/Kiritimati", "2024-12-12T08:00+14:00", "2024-12-12 08:00 +14, 1 h ago"),
];

/// What was typed, when, where; words of the message, words of the help.
#[rustfmt::skip]
const REFUSED: &[(&str, &str, &str, &str, &str)] = &[
    ("", NIGHT, LA, "no time", "20m"),
    ("   ", NIGHT, LA, "no time", "20m"),
    ("1432", NIGHT, LA, "`1432`", "did you mean `14:32`?"),
    ("932", NIGHT, LA, "`932`", "did you mean `09:32`?"),
    ("20", NIGHT, LA, "`20`", "did you mean `20m` or `20:00`?"),
    ("5", NIGHT, LA, "`5`", "did you mean `5m` or `05:00`?"),
    ("45", NIGHT, LA, "`45`", "did you mean `45m`?"),
    ("2561", NIGHT, LA, "`2561`", "type `20m`"),
    ("20241211", NIGHT, LA, "`20241211`", "did you mean `2024-12-11`?"),
    ("1733930160", NIGHT, LA, "`1733930160`", "2024-12-11 15:16"),
    ("14.32", NIGHT, LA, "`14.32`", "did you mean `14:32`?"),
    ("14h32", NIGHT, LA, "`14h32`", "did you mean `14:32`?"),
    ("24:00", NIGHT, LA, "no hour 24", "23:59"),
    ("14:60", NIGHT, LA, "no minute 60", "23:59"),
    ("14:30:61", NIGHT, LA, "no second 61", "23:59"),
    ("14:3", NIGHT, LA, "not a time", "14:32"),
    ("13pm", NIGHT, LA, "not a time", "1 to 12"),
    ("0am", NIGHT, LA, "not a time", "1 to 12"),
    ("tomorrow", NIGHT, LA, "in the future", "2024-12-11 15:27 PST now"),
    ("tomorrow 09:00", NIGHT, LA, "in the future", "now"),
    ("in 5m", NIGHT, LA, "in the future", "now"),
    ("+5m", NIGHT, LA, "in the future", "now"),
    ("2024-12-12", NIGHT, LA, "in the future", "now"),
    ("2024-12-11 15:28", NIGHT, LA, "in the future", "now"),
    ("today 23:00", NIGHT, LA, "in the future", "now"),
    ("2024-12-11T23:28Z", NIGHT, LA, "in the future", "now"),
    ("2024-02-30", NIGHT, LA, "not a day", "2024-12-11"),
    ("2024-13-01", NIGHT, LA, "not a day", "2024-12-11"),
    ("2024-12", NIGHT, LA, "not a day", "2024-12-11"),
    ("2024-1-2 10:00", NIGHT, LA, "not a day", "2024-12-11"),
    ("1969-12-31 10:00", NIGHT, LA, "1969", "2024-12-11"),
    ("11.12.2024", NIGHT, LA, "not a time", "2024-12-11"),
    ("12/11/2024", NIGHT, LA, "not a time", "2024-12-11"),
    ("monday 10:00", NIGHT, LA, "not a time", "yesterday 23:50"),
    ("todayish", NIGHT, LA, "not a time", "20m"),
    ("20x", NIGHT, LA, "not a time", "20m"),
    ("30m1h", NIGHT, LA, "not a time", "20m"),
    ("1.5h", NIGHT, LA, "not a time", "20m"),
    ("99999999999999999999m", NIGHT, LA, "too long ago", "20m"),
    ("9223372036854775807s", NIGHT, LA, "too long ago", "20m"),
    ("4000w", NIGHT, LA, "too long ago", "20m"),
    ("14:32 CET", NIGHT, LA, "`CET`", "2024-12-11T14:32-08:00"),
    ("14:32 PDT", NIGHT, LA, "`PDT`", "offset"),
    ("14:32+0100", NIGHT, LA, "`+0100`", "`+08:00`"),
    ("14:32+25:00", NIGHT, LA, "offset", "`+08:00`"),
    ("14:32 or so", NIGHT, LA, "not a time", "20m"),
    ("gestern", NIGHT, LA, "`gestern`", "20m"),
    ("障害", NIGHT, LA, "`障害`", "20m"),
    ("2024-障害", NIGHT, LA, "not a day", "2024-12-11"),
    ("14:3é", NIGHT, LA, "not a time", "20m"),
    ("1é", NIGHT, LA, "not a time", "20m"),
    // Clock changes name both readings.
    ("01:30", "2024-11-03T01:40:00-08:00", LA, "happened twice", "`2024-11-03T01:30-07:00` or `2024-11-03T01:30-08:00`"),
    ("2024-11-03 01:30", NIGHT, LA, "happened twice", "`2024-11-03T01:30-07:00` or `2024-11-03T01:30-08:00`"),
    ("02:30", "2024-03-10T03:40:00-07:00", LA, "did not happen", "`2024-03-10T01:30-08:00` or `2024-03-10T03:30-07:00`"),
    ("2024-03-31 02:30", NIGHT, BERLIN, "did not happen", "`2024-03-31T01:30+01:00` or `2024-03-31T03:30+02:00`"),
    ("yesterday 02:30", "2024-10-28T09:00:00+01:00", BERLIN, "happened twice", "`2024-10-27T02:30+02:00` or `2024-10-27T02:30+01:00`"),
    ("02:30", "2024-10-28T01:00:00+01:00", BERLIN, "happened twice", "`2024-10-27T02:30+02:00`"),
    // A whole day was skipped here.
    ("2011-12-30 10:00", NIGHT, "Pacific/Apia", "did not happen", "2011-12-"),
];

const NIGHT: &str = "2024-12-11T15:27:04-08:00";

fn typed(text: &str, now: &str, zone: &str) -> Result<TypedTime, TypedTimeError> {
    let now = DateTime::parse_from_rfc3339(now).expect(now).to_utc();
    TypedTime::parse(text, now, zone.parse().expect(zone))
}

#[test]
fn what_people_type_is_understood() {
    for (text, now, zone, moment, said) in UNDERSTOOD {
        let time = typed(text, now, zone).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(
            (time.moment().as_str(), time.to_string().as_str()),
            (*moment, *said),
            "`{text}` at {now} in {zone}"
        );
    }
}

#[test]
fn what_could_mean_two_things_is_refused_with_both() {
    for (text, now, zone, message, help) in REFUSED {
        let error = match typed(text, now, zone) {
            Err(error) => error,
            Ok(time) => panic!("`{text}` at {now} in {zone} is {time}"),
        };
        assert!(error.message.contains(message), "{text}: {}", error.message);
        assert!(error.help.contains(help), "{text}: {}", error.help);
    }
}

#[test]
fn the_tables_are_long_enough_to_mean_something() {
    assert!(UNDERSTOOD.len() + REFUSED.len() >= 120);
}

#[test]
fn whatever_is_typed_nothing_breaks_and_nothing_lies_ahead() {
    let now = DateTime::parse_from_rfc3339(NIGHT).expect("now").to_utc();
    let letters: Vec<char> = "0159:-+.TZ mhdpa éago".chars().collect();
    let mut seed: u64 = 7;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(seed >> 7) % 12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push(letters[(seed >> 33) as usize % letters.len()]);
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(3);
        let zone = LA.parse().expect(LA);
        if let Ok(time) = TypedTime::parse(&text, now, zone) {
            match time.moment().resolve(Some(zone)).expect("has a place") {
                crate::model::Resolved::Instant(at) => assert!(at <= now, "{text}"),
                crate::model::Resolved::Within { from, .. } => assert!(from <= now, "{text}"),
            }
        }
    }
}
