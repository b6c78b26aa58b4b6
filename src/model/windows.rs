use chrono::{DateTime, Duration, FixedOffset};

/// A stretch of time, end excluded.
pub type Window = (DateTime<FixedOffset>, DateTime<FixedOffset>);

/// Joins windows that touch or overlap; the result is in order and free of overlaps.
///
/// A window that ends before it begins has no length and is left out.
pub fn union(windows: impl IntoIterator<Item = Window>) -> Vec<Window> {
    let mut windows: Vec<Window> = windows
        .into_iter()
        .filter(|(from, until)| from <= until)
        .collect();
    windows.sort();
    let mut joined: Vec<Window> = Vec::new();
    for (from, until) in windows {
        match joined.last_mut() {
            Some((_, end)) if from <= *end => *end = until.max(*end),
            _ => joined.push((from, until)),
        }
    }
    joined
}

/// The time covered by windows that do not overlap.
pub fn total(windows: &[Window]) -> Duration {
    windows.iter().fold(Duration::zero(), |sum, (from, until)| {
        sum + (*until - *from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<FixedOffset> {
        DateTime::from_timestamp(minute * 60, 0)
            .expect("a time")
            .fixed_offset()
    }

    fn minutes(windows: &[(i64, i64)]) -> i64 {
        let windows = windows.iter().map(|(from, until)| (at(*from), at(*until)));
        total(&union(windows)).num_minutes()
    }

    #[test]
    fn overlaps_count_once() {
        assert_eq!(minutes(&[(0, 10), (5, 20), (30, 40)]), 30);
        assert_eq!(minutes(&[(5, 20), (0, 30)]), 30);
        assert_eq!(minutes(&[(0, 10), (10, 20)]), 20);
        assert_eq!(minutes(&[(10, 0)]), 0);
        assert_eq!(minutes(&[]), 0);
    }
}
