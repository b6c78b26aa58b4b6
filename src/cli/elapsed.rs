use chrono::Duration;

/// A length of time that a clock shows, in words: `40 s`, `14 min`, `1 h 5 min`, `1 day 3 h`, `12 days`.
/// What is left of a unit is dropped.
pub fn elapsed(length: Duration) -> String {
    let length = length.abs();
    let (minutes, hours, days) = (length.num_minutes(), length.num_hours(), length.num_days());
    match length.num_seconds() {
        seconds @ ..60 => format!("{seconds} s"),
        60..3_600 => format!("{minutes} min"),
        3_600..86_400 if minutes % 60 == 0 => format!("{hours} h"),
        3_600..86_400 => format!("{hours} h {} min", minutes % 60),
        86_400..172_800 if hours % 24 == 0 => "1 day".to_owned(),
        86_400..172_800 => format!("1 day {} h", hours % 24),
        172_800.. => format!("{days} days"),
    }
}

/// How long ago something was, in words: `just now`, `40 s ago`, `14 min ago`, `1 h 5 min ago`; what
/// lies ahead is `in 14 min`.
pub fn ago(length: Duration) -> String {
    match length.num_seconds() {
        ..-4 => format!("in {}", elapsed(length)),
        -4..5 => "just now".to_owned(),
        5.. => format!("{} ago", elapsed(length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_units_are_enough() {
        for (seconds, words) in [
            (0, "0 s"),
            (59, "59 s"),
            (119, "1 min"),
            (3_600, "1 h"),
            (3_960, "1 h 6 min"),
            (86_400, "1 day"),
            (97_200, "1 day 3 h"),
            (200_000, "2 days"),
            (-3_960, "1 h 6 min"),
        ] {
            assert_eq!(elapsed(Duration::seconds(seconds)), words, "{seconds}");
        }
        assert_eq!(ago(Duration::seconds(4)), "just now");
        assert_eq!(ago(Duration::seconds(-90)), "in 1 min");
        assert_eq!(ago(Duration::seconds(90)), "1 min ago");
    }
}
