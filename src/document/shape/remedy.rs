//! Values that are written in another way than the format wants, and what they say in its way.

use crate::diagnostic::{Diagnostic, Fix};
use crate::model::format_error;
use crate::text::only_near;
use crate::yaml::{Node, Scalar, Style};

/// A value instead of the one that stands there.
pub(super) fn written(node: &Node, is_sure: bool, value: &str) -> Fix {
    Fix::replacing(
        format!("write `{value}`"),
        is_sure,
        node.span.clone(),
        value,
    )
}

/// Adds the word of a list that can alone be meant.
pub(super) fn one_of(finding: Diagnostic, node: &Node, text: &str, words: &[&str]) -> Diagnostic {
    match only_near(text, words.iter().copied()) {
        Some((meant, is_sure)) if !text.contains('\n') => {
            finding.fixed_by(written(node, is_sure, meant))
        }
        _ => finding,
    }
}

/// Adds the same value as its format writes it.
pub(super) fn normalised(
    finding: Diagnostic,
    scalar: &Scalar,
    format: &str,
    text: &str,
) -> Diagnostic {
    if scalar.style == Style::Block || text.len() > 100 {
        return finding;
    }
    let value = match format {
        "moment" | "at" | "day" => time(text),
        "percent" => percent(text),
        "length" => length(text),
        "time-zone" => zone(text),
        _ => None,
    };
    match value {
        Some((value, is_sure)) if format_error(format, &value).is_none() => {
            let place = finding.place.span.clone();
            finding.fixed_by(Fix::replacing(
                format!("write `{value}`"),
                is_sure,
                place,
                value,
            ))
        }
        _ => finding,
    }
}

/// `2024/12/11`, `2024-1-5`, `… 15:16 UTC`; hours of twelve and of one digit are no sure thing.
fn time(text: &str) -> Option<(String, bool)> {
    let text = text.trim();
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let date = text.get(..end)?.replace(['/', '.'], "-");
    let parts: Vec<&str> = date.split('-').collect();
    let (year, rest) = parts.split_first()?;
    if year.len() != 4 || rest.is_empty() || rest.iter().any(|part| part.is_empty()) {
        return None;
    }
    let rest: Vec<String> = rest.iter().map(|part| format!("{part:0>2}")).collect();
    let date = format!("{year}-{}", rest.join("-"));
    let after = text.get(end..)?.get(1..).unwrap_or("").trim();
    if after.is_empty() {
        return Some((date, true));
    }
    let digits = after.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'));
    let (clock, zone) = after.split_at(digits.unwrap_or(after.len()));
    let (half, zone) = half_of_day(zone.trim());
    let zone = match zone.to_ascii_uppercase().as_str() {
        "UTC" | "GMT" => "Z".to_owned(),
        _ => zone.to_owned(),
    };
    let (hour, minutes) = match clock.split_once(':') {
        Some((hour, minutes)) => (hour, minutes),
        None if clock.len() == 4 => clock.split_at_checked(2)?,
        None => return None,
    };
    let number: u32 = hour.parse().ok()?;
    let number = match half {
        Some(_) if !(1..=12).contains(&number) => return None,
        Some(Half::Morning) => number % 12,
        Some(Half::Evening) => number % 12 + 12,
        None => number,
    };
    let is_sure = half.is_none() && hour.len() == 2;
    Some((format!("{date}T{number:02}:{minutes}{zone}"), is_sure))
}

enum Half {
    Morning,
    Evening,
}

fn half_of_day(zone: &str) -> (Option<Half>, &str) {
    let lower = zone.to_ascii_lowercase();
    for (words, half) in [
        (["am", "a.m."], Half::Morning),
        (["pm", "p.m."], Half::Evening),
    ] {
        if let Some(word) = words.iter().find(|word| lower.starts_with(*word)) {
            return (Some(half), zone.get(word.len()..).unwrap_or("").trim());
        }
    }
    (None, zone)
}

/// `50 percent`, `99,9%`.
fn percent(text: &str) -> Option<(String, bool)> {
    let text = text.trim().to_lowercase();
    let words = ["per cent", "percent", "pct", "%"];
    let number = words.iter().find_map(|word| text.strip_suffix(word))?;
    let number = number.trim_end();
    // `1,000%` is no share, and more than the whole is refused.
    Some((format!("{}%", number.replace(',', ".")), true))
}

/// `30 days`, `1 hour 30 min`.
fn length(text: &str) -> Option<(String, bool)> {
    let mut length = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic());
        let (unit, after) = after.split_at(end.unwrap_or(after.len()));
        let unit = match unit.to_lowercase().as_str() {
            "w" | "week" | "weeks" => 'w',
            "d" | "day" | "days" => 'd',
            "h" | "hr" | "hrs" | "hour" | "hours" => 'h',
            "m" | "min" | "mins" | "minute" | "minutes" => 'm',
            "s" | "sec" | "secs" | "second" | "seconds" => 's',
            _ => return None,
        };
        length.push_str(number);
        length.push(unit);
        rest = after.trim_start_matches([' ', ',']);
    }
    Some((length, true))
}

/// The name of a zone in its own spelling; a city or an abbreviation is a guess.
fn zone(text: &str) -> Option<(String, bool)> {
    let error = format_error("time-zone", text)?;
    let suggested = ["did you mean `", "; write `"]
        .iter()
        .find_map(|words| error.split_once(words))?;
    let name = suggested.1.split('`').next()?;
    let folded = |name: &str| name.to_lowercase().replace([' ', '-'], "_");
    Some((name.to_owned(), folded(name) == folded(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_the_format_s_way() {
        type Found = Option<(String, bool)>;
        let sure = |value: &str| Some((value.to_owned(), true));
        let guess = |value: &str| Some((value.to_owned(), false));
        let cases: [(Found, Found); 15] = [
            (time("2024/12/11"), sure("2024-12-11")),
            (time("2024-1-5"), sure("2024-01-05")),
            (time("2024-12-11 15:16 UTC"), sure("2024-12-11T15:16Z")),
            (time("2024-12-11T3:16pm"), guess("2024-12-11T15:16")),
            (
                time("2024-12-11 12:05 AM -08:00"),
                guess("2024-12-11T00:05-08:00"),
            ),
            (time("2024-12-11T9:16"), guess("2024-12-11T09:16")),
            (time("2024-12-11 1516"), sure("2024-12-11T15:16")),
            (time("15:16"), None),
            (percent("50 percent"), sure("50%")),
            (percent("99,9 %"), sure("99.9%")),
            (percent("0.5"), None),
            (length("1 hour 30 min"), sure("1h30m")),
            (length("30"), None),
            (zone("europe/berlin"), sure("Europe/Berlin")),
            (zone("PST"), guess("America/Los_Angeles")),
        ];
        for (found, wanted) in cases {
            assert_eq!(found, wanted);
        }
    }
}
