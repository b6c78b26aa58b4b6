/// Says a length of time in its two largest units, without a sign: `11 h 38 min`.
pub fn elapsed(seconds: i64) -> String {
    let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
    let seconds = seconds.unsigned_abs();
    let Some(first) = units.iter().position(|(_, length)| seconds >= *length) else {
        return "0 s".to_owned();
    };
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (name, length) in units.iter().skip(first).take(2) {
        let count = rest / length;
        rest %= length;
        if count > 0 {
            parts.push(format!("{count} {name}"));
        }
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::elapsed;

    #[test]
    fn two_units_are_enough() {
        assert_eq!(elapsed(41_880), "11 h 38 min");
        assert_eq!(elapsed(-90), "1 min 30 s");
        assert_eq!(elapsed(86_400), "1 d");
        assert_eq!(elapsed(86_459), "1 d");
        assert_eq!(elapsed(0), "0 s");
    }
}
