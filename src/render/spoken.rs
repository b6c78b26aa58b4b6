use crate::model::Derived;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time for people, in its two largest units: `4 h 22 min`, `13 d 2 h`, `45 s`.
///
/// Seconds are shown below ten minutes only: nobody's memory of an incident is finer than that.
pub fn length(seconds: i64) -> String {
    // Longer than any document can say; the sums below cannot overflow.
    let seconds = seconds.saturating_abs().min(1 << 50);
    let two = |large: i64, large_unit: &str, small: i64, small_unit: &str| {
        if small == 0 {
            format!("{large} {large_unit}")
        } else {
            format!("{large} {large_unit} {small} {small_unit}")
        }
    };
    if seconds >= 2 * DAY {
        let hours = (seconds + HOUR / 2) / HOUR;
        return two(hours / 24, "d", hours % 24, "h");
    }
    if seconds >= HOUR {
        let minutes = (seconds + MINUTE / 2) / MINUTE;
        return two(minutes / 60, "h", minutes % 60, "min");
    }
    if seconds >= 10 * MINUTE {
        let minutes = (seconds + MINUTE / 2) / MINUTE;
        return match minutes {
            60 => "1 h".to_owned(),
            minutes => format!("{minutes} min"),
        };
    }
    if seconds >= MINUTE {
        return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
    }
    format!("{seconds} s")
}

/// The same text, in which no line breaks between a number and its unit, nor within `6 h 30 min`.
pub fn unbroken(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let mut words = String::with_capacity(text.len() + 8);
    while let Some(c) = letters.next() {
        let ends_in_unit = || {
            let last = words.rsplit([' ', '\u{a0}']).next().unwrap_or("");
            matches!(last, "d" | "h" | "min")
        };
        let before_digit = letters.peek().is_some_and(char::is_ascii_digit);
        if c == ' '
            && (words.ends_with(|c: char| c.is_ascii_digit()) || (before_digit && ends_in_unit()))
        {
            words.push('\u{a0}');
        } else {
            words.push(c);
        }
    }
    words
}

/// A length with the word that tells an estimate.
pub fn estimated(seconds: i64, about: bool) -> String {
    let text = length(seconds);
    if about { format!("about {text}") } else { text }
}

/// What a derived duration says where it is no number; nothing where its ends are missing.
pub fn reason(derived: Derived) -> Option<&'static str> {
    match derived {
        Derived::Known { .. } | Derived::Missing => None,
        Derived::NotRecorded => Some("not recorded"),
        Derived::Unknown => Some("unknown"),
        Derived::Ongoing => Some("not over yet"),
    }
}

/// A derived duration in words; nothing where one of its ends is missing.
pub fn duration(derived: Derived) -> Option<String> {
    match derived {
        Derived::Known { seconds, about } if seconds < 0 => {
            Some(format!("{} before", estimated(seconds, about)))
        }
        Derived::Known { seconds: 0, .. } => Some("at once".to_owned()),
        Derived::Known { seconds, about } => Some(estimated(seconds, about)),
        _ => reason(derived).map(str::to_owned),
    }
}

/// A share of one as a percentage, with as many digits as it can bear.
pub fn percentage(fraction: f64) -> String {
    let percent = fraction * 100.0;
    if percent >= 10.0 {
        format!("{} %", grouped(&format!("{percent:.0}")))
    } else if percent >= 0.1 || percent == 0.0 {
        format!("{percent:.1} %")
    } else {
        "less than 0.1 %".to_owned()
    }
}

/// A word of the format as readers see it: `ruled-out` becomes `ruled out`.
pub fn word(word: &str) -> String {
    word.replace('-', " ")
}

/// The same with a capital letter, for a label that stands alone.
pub fn label(text: &str) -> String {
    capital(&word(text))
}

/// A text that begins with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A number with a comma before every three digits, as readers want large ones: `2,140,000`. What is
/// written otherwise, such as `1e6`, stays as it is.
pub fn grouped(number: &str) -> String {
    let (sign, rest) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, part) = match rest.find('.') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_two_units_at_most() {
        let cases = [
            (0, "0 s"),
            (45, "45 s"),
            (90, "1 min 30 s"),
            (180, "3 min"),
            (-180, "3 min"),
            (12 * 60 + 20, "12 min"),
            (59 * 60 + 40, "1 h"),
            (4 * HOUR + 22 * 60, "4 h 22 min"),
            (2 * DAY + HOUR, "2 d 1 h"),
            (DAY + HOUR, "25 h"),
            (13 * DAY + 2 * HOUR, "13 d 2 h"),
            (4 * DAY - 60, "4 d"),
        ];
        for (seconds, text) in cases {
            assert_eq!(length(seconds), text, "{seconds}");
        }
        assert!(!length(i64::MIN).is_empty());
    }

    #[test]
    fn a_number_keeps_its_unit() {
        let told = unbroken("about 6 h 30 min before 4 or 5");
        assert_eq!(told, "about 6\u{a0}h\u{a0}30\u{a0}min before 4\u{a0}or 5");
        assert_eq!(unbroken("not over yet"), "not over yet");
    }

    #[test]
    fn large_numbers_are_grouped_and_keep_their_digits() {
        let cases = [
            ("0", "0"),
            ("999", "999"),
            ("1840", "1,840"),
            ("2140000", "2,140,000"),
            ("-48210.50", "-48,210.50"),
            ("0.12345", "0.12345"),
            ("1e6", "1e6"),
        ];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(percentage(75.73), "7,573 %");
    }

    #[test]
    fn what_is_no_number_is_said_in_words() {
        let known = |seconds| Derived::Known {
            seconds,
            about: false,
        };
        assert_eq!(duration(known(-180)).as_deref(), Some("3 min before"));
        assert_eq!(duration(known(0)).as_deref(), Some("at once"));
        assert_eq!(duration(Derived::Unknown).as_deref(), Some("unknown"));
        assert_eq!(duration(Derived::Missing), None);
        let about = Derived::Known {
            seconds: 3600,
            about: true,
        };
        assert_eq!(duration(about).as_deref(), Some("about 1 h"));
    }
}
