/// Finds the candidate that a mistyped word was most likely meant to be.
///
/// The distance is optimal string alignment (insert, drop, replace, swap of neighbours), compared
/// without regard to case and to `-`, `_` and spaces. A third of the word may differ, at least one
/// letter and at most three.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    let allowed = (word.len() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The one candidate that a mistyped word can be meant to be, and whether that is sure; nothing where two
/// are as near as each other.
///
/// It is sure where only case, `-`, `_` or spaces differ, or where a single slip made the word and no
/// other candidate is within two.
pub fn only_near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, bool)> {
    let word = folded(word);
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    let allowed = (word.len() / 3).clamp(1, 3);
    let mut ranked: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (distance(&word, &folded(candidate)), candidate))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    let (best, meant) = ranked.first().copied()?;
    let second = ranked.get(1).map_or(usize::MAX, |(distance, _)| *distance);
    if best > allowed || best == second {
        return None;
    }
    let is_sure = best == 0 || (best == 1 && second > 2 && word.len() > 3);
    Some((meant, is_sure))
}

fn folded(word: &str) -> Vec<char> {
    word.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut before = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; width];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_candidate_may_be_sure() {
        let words = ["investigating", "identified", "monitoring", "resolved"];
        assert_eq!(only_near("Resolved", words), Some(("resolved", true)));
        assert_eq!(only_near("resolvd", words), Some(("resolved", true)));
        assert_eq!(only_near("reslvd", words), Some(("resolved", false)));
        assert_eq!(
            only_near("in review", ["in-review"]),
            Some(("in-review", true))
        );
        assert_eq!(only_near("car", ["cat", "bar"]), None);
        assert_eq!(only_near("ca", ["cat"]), Some(("cat", false)));
        assert_eq!(only_near("banana", words), None);
    }

    #[test]
    fn a_slip_of_the_finger_is_found() {
        let fields = ["timeline", "title", "causes", "went_well", "id"];
        assert_eq!(nearest("timelin", fields), Some("timeline"));
        assert_eq!(nearest("tilte", fields), Some("title"));
        assert_eq!(nearest("wentWell", fields), Some("went_well"));
        assert_eq!(nearest("cause", fields), Some("causes"));
        assert_eq!(nearest("banana", fields), None);
        assert_eq!(nearest("", fields), None);
    }
}
