/// Writes a length of a drawing with one digit behind the point. All of them are small; the standard way of writing
/// a number keeps every digit, and takes longer than the rest of the drawing.
pub fn push_tenths(length: f64, to: &mut String) {
    let tenths = (length * 10.0).round() as i64;
    if tenths < 0 {
        to.push('-');
    }
    let tenths = tenths.unsigned_abs();
    push_whole(tenths / 10, to);
    to.push('.');
    to.push(digit(tenths));
}

/// Writes a number without its sign.
pub fn push_whole(number: u64, to: &mut String) {
    if number >= 10 {
        push_whole(number / 10, to);
    }
    to.push(digit(number));
}

/// The last digit of a number.
fn digit(number: u64) -> char {
    char::from(b'0' + (number % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_stands_behind_the_point() {
        for (length, written) in [
            (0.0, "0.0"),
            (-0.01, "0.0"),
            (-0.06, "-0.1"),
            (12.34, "12.3"),
            (12.96, "13.0"),
            (-107.5, "-107.5"),
            (980.0, "980.0"),
        ] {
            let mut text = String::new();
            push_tenths(length, &mut text);
            assert_eq!(text, written);
        }
    }
}
