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

/// Which of the items a typed name means: the one that has it, in any case, else the only one whose text
/// has it as a word or a part of one.
pub fn meant<'i>(typed: &Key, items: impl Iterator<Item = (&'i Key, &'i str)>) -> Option<usize> {
    let items: Vec<(&Key, &str)> = items.collect();
    if let Some(at) = items.iter().position(|(id, _)| *id == typed) {
        return Some(at);
    }
    let typed = typed.as_str().to_lowercase();
    let items: Vec<(String, String)> = items
        .iter()
        .map(|(id, what)| (id.as_str().to_lowercase(), what.to_lowercase()))
        .collect();
    let only = |is_it: &dyn Fn(&(String, String)) -> bool| {
        let mut found = (0..items.len()).filter(|at| is_it(&items[*at]));
        found.next().filter(|_| found.next().is_none())
    };
    only(&|(id, _)| *id == typed)
        .or_else(|| {
            only(&|(_, what)| {
                what.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == typed)
            })
        })
        .or_else(|| only(&|(_, what)| typed.len() > 3 && what.contains(&typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_meant_by_its_name_or_a_word_that_no_other_has() {
        let key = |text: &str| text.parse::<Key>().expect("a key");
        let ids = [key("C1"), key("C2"), key("C11")];
        let texts = ["rollout of the agent", "a full disk", "the agents' cache"];
        let find = |typed: &str| {
            let texts = texts.iter().copied();
            meant(&key(typed), ids.iter().zip(texts))
        };
        assert_eq!(find("c1"), Some(0));
        assert_eq!(find("Rollout"), Some(0));
        assert_eq!(find("agent"), Some(0), "the whole word");
        assert_eq!(find("cach"), Some(2));
        assert_eq!(find("the"), None, "two have it");
        assert_eq!(find("C3"), None);
    }

    #[test]
    fn a_name_is_never_given_twice() {
        let key = |text: &str| text.parse::<Key>().expect("a key");
        let taken = [key("C1"), key("C7"), key("cache"), key("Cx")];
        let next = next("C", taken.iter()).map(|key| key.to_string());
        assert_eq!(next.ok().as_deref(), Some("C8"));
    }
}
