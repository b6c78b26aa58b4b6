use chrono::Duration;

/// How long ago something was, in words: `just now`, `40 s ago`, `14 min ago`, `1 h 5 min ago`; what
/// lies ahead is `in 14 min`.
pub fn distance(ago: Duration) -> String {
    if ago < Duration::zero() {
        let ahead = distance(-ago);
        return match ahead.strip_suffix(" ago") {
            Some(length) => format!("in {length}"),
            None => ahead,
        };
    }
    let (minutes, hours, days) = (ago.num_minutes(), ago.num_hours(), ago.num_days());
    match ago.num_seconds() {
        ..5 => "just now".to_owned(),
        seconds @ 5..60 => format!("{seconds} s ago"),
        60..3_600 => format!("{minutes} min ago"),
        3_600..86_400 if minutes % 60 == 0 => format!("{hours} h ago"),
        3_600..86_400 => format!("{hours} h {} min ago", minutes % 60),
        86_400..172_800 if hours % 24 == 0 => "1 day ago".to_owned(),
        86_400..172_800 => format!("1 day {} h ago", hours % 24),
        172_800.. => format!("{days} days ago"),
    }
}
