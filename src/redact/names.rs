//! Other ways to write a name.

use super::dictionary::is_title;

/// A name as one word: `O'Brien` as `OBrien`.
pub fn joined(name: &str) -> String {
    let is_letter = |c: &char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(c);
    name.chars().filter(is_letter).collect()
}

/// A name in one word with the words that its capitals begin: `samWilkins` as `sam Wilkins`.
pub fn humps_apart(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_uppercase() && apart.ends_with(char::is_lowercase) {
            apart.push(' ');
        }
        apart.push(c);
    }
    apart
}

/// First and last name as one word, in either order, without what stands between and around them.
pub fn both_ends(name: &str) -> Vec<String> {
    let name = name.split(['(', '"', '[']).next().unwrap_or(name);
    let tokens = name.split([' ', ',']);
    let tokens: Vec<&str> = tokens
        .filter(|token| !token.is_empty() && !is_title(token))
        .collect();
    match tokens[..] {
        [first, .., last] => vec![
            joined(&[first, last].concat()),
            joined(&[last, first].concat()),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_one_word_and_as_several() {
        assert_eq!(joined("Pat O'Brien"), "PatOBrien");
        assert_eq!(humps_apart("samWilkinsXY"), "sam Wilkins XY");
        assert_eq!(both_ends("Dr. Ada B. Xu Jr."), ["AdaXu", "XuAda"]);
        assert_eq!(both_ends("Ada (they)"), [""; 0]);
    }
}
