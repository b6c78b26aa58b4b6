//! Short names that are counted: `C1`, `C2`, `A1`.

use crate::model::Key;

use super::CommandError;

/// The first name that nothing has, behind the highest number in use.
pub fn next<'k>(letter: &str, taken: impl Iterator<Item = &'k Key>) -> Result<Key, CommandError> {
    let numbers = taken.filter_map(|key| key.as_str().strip_prefix(letter)?.parse::<u32>().ok());
    let next = numbers.max().unwrap_or(0).saturating_add(1);
    format!("{letter}{next}")
        .parse()
        .map_err(|error: String| CommandError::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_given_twice() {
        let key = |text: &str| text.parse::<Key>().expect("a key");
        let taken = [key("C1"), key("C7"), key("cache"), key("Cx")];
        let next = next("C", taken.iter()).map(|key| key.to_string());
        assert_eq!(next.ok().as_deref(), Some("C8"));
    }
}
