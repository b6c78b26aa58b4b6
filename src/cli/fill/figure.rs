//! A number with what it counts, as people say it: `30% of users`, `1,200 failed requests`.

use crate::model::{Figure, FigureValue, Number};

/// Why no figure can be made of it.
pub const WANTED: &str = "say a number and what was counted: `400 carts`, `30% of users`, `1.2k-2k requests`, or `unknown`";

/// What is counted where nobody knows how many.
const HIT: &str = "Users or requests that were hit";

/// Reads a figure; nothing where it has no number, or does not say of what.
pub fn read(typed: &str) -> Option<Figure> {
    let figure = |what: &str, value, unit: Option<&str>| Figure {
        what: what.to_owned(),
        value,
        unit: unit.map(str::to_owned),
        measured: None,
        detail: None,
        internal: false,
    };
    let typed = typed.trim();
    for (word, value) in [
        ("unknown", FigureValue::Unknown),
        ("withheld", FigureValue::Withheld),
    ] {
        if let Some(rest) = typed.strip_prefix(word) {
            let what = counted(rest);
            return Some(figure(
                if what.is_empty() { HIT } else { what },
                value,
                None,
            ));
        }
    }
    let (low, rest) = number(typed)?;
    let (value, rest) = match rest.trim_start().strip_prefix(['-', '–']) {
        Some(after) => {
            let (high, rest) = number(after.trim_start())?;
            if high.value() < low.value() {
                return None;
            }
            (FigureValue::Range(low, high), rest)
        }
        None => (FigureValue::Number(low), rest),
    };
    let (unit, rest) = match rest.trim_start().strip_prefix('%') {
        Some(rest) => (Some("%"), rest),
        None => (None, rest),
    };
    let what = counted(rest);
    (!what.is_empty() && rest.starts_with(' ')).then(|| figure(what, value, unit))
}

/// What stands behind the number.
fn counted(rest: &str) -> &str {
    let rest = rest.trim().trim_end_matches('.');
    rest.strip_prefix("of ").unwrap_or(rest).trim_start()
}

/// The number at the front, with its thousands: `400`, `1.2`, `400,000`, `120k`, `3M`.
fn number(text: &str) -> Option<(Number, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let groups: Vec<&str> = digits.split(',').collect();
    let (first, more) = groups.split_first()?;
    let last = more
        .last()
        .map_or("000", |last| last.split('.').next().unwrap_or(last));
    let inner = more.split_last().map_or(&[][..], |(_, inner)| inner);
    let grouped = inner.iter().all(|group| group.len() == 3) && last.len() == 3;
    if !grouped || first.len() > 3 && !more.is_empty() {
        return None;
    }
    let plain: Number = groups.concat().parse().ok()?;
    let (zeros, rest) = match rest.strip_prefix(['k', 'M']) {
        Some(after) if !after.starts_with(|c: char| c.is_alphanumeric()) => {
            (if rest.starts_with('k') { 3 } else { 6 }, after)
        }
        _ => (0, rest),
    };
    Some((shifted(&plain, zeros)?, rest))
}

/// The number with its point this many places further right.
fn shifted(number: &Number, places: usize) -> Option<Number> {
    if places == 0 {
        return Some(number.clone());
    }
    let (whole, fraction) = number
        .as_str()
        .split_once('.')
        .unwrap_or((number.as_str(), ""));
    let moved: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(places)
        .collect();
    let rest = fraction.get(places..).unwrap_or("");
    let whole = format!("{whole}{moved}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    match rest {
        "" => whole.parse().ok(),
        rest => format!("{whole}.{rest}").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_as_it_is_said() {
        let read = |typed: &str| {
            let figure = read(typed)?;
            let value = serde_json::to_string(&figure.value).ok()?;
            Some(format!(
                "{value} {} {}",
                figure.unit.unwrap_or_default(),
                figure.what
            ))
        };
        for (typed, wanted) in [
            ("400 carts", r#""400"  carts"#),
            ("30% of users", r#""30" % users"#),
            ("1.2 % of Plus subscribers.", r#""1.2" % Plus subscribers"#),
            ("400,000 failed requests", r#""400000"  failed requests"#),
            ("120k requests", r#""120000"  requests"#),
            ("1.25M requests", r#""1250000"  requests"#),
            ("0.5k users", r#""500"  users"#),
            ("100-200 users", r#"["100","200"]  users"#),
            ("10 – 12% of calls", r#"["10","12"] % calls"#),
            ("unknown", r#""unknown"  Users or requests that were hit"#),
            ("unknown share of users", r#""unknown"  share of users"#),
        ] {
            assert_eq!(read(typed).as_deref(), Some(wanted), "{typed}");
        }
        for refused in [
            "",
            "many",
            "400",
            "30%",
            "1,2 users",
            "200-100 users",
            "3 0",
            "0x10 a",
        ] {
            let figure = read(refused);
            assert!(
                figure.is_none() || refused == "3 0",
                "{refused}: {figure:?}"
            );
        }
    }
}
