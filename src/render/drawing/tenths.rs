use std::fmt;

/// A length of a drawing, written with one digit behind the point. All of them are small; the standard way of
/// writing a number keeps every digit, and takes longer than the rest of the drawing.
#[derive(Debug, Clone, Copy)]
pub struct Tenths(pub f64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        let tenths = tenths.unsigned_abs();
        write!(f, "{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::Tenths;

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
            assert_eq!(Tenths(length).to_string(), written);
        }
    }
}
