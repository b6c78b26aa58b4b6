//! Which items of a list are which, before and after a change.

use super::super::write::Value;

/// The most comparisons that are worth a fine answer; beyond them items are matched by their order.
const MOST_COMPARISONS: usize = 40_000;

/// A stretch of two lists.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// The item at this index became the one at that index, which may say something else.
    Stays(usize, usize),
    /// The items from one index up to another are gone.
    Goes(usize, usize),
    /// Before the first index, the items from the second up to the third have come.
    Comes(usize, usize, usize),
}

/// How one list became another: equal items are the same, and of the others those that share most.
pub fn aligned(before: &[Value], after: &[Value]) -> Vec<Step> {
    let alike = |(old, new): &(&Value, &Value)| old == new;
    let start = before.iter().zip(after).take_while(alike).count();
    let (old, new) = (&before[start..], &after[start..]);
    let rest = old.iter().rev().zip(new.iter().rev());
    let tail = rest.take_while(alike).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let pairs = within(new, old)
        .map(|places| places.into_iter().enumerate().collect())
        .or_else(|| within(old, new).map(|places| flipped(&places)))
        .or_else(|| best(old, new))
        .unwrap_or_else(|| (0..old.len().min(new.len())).map(|at| (at, at)).collect());
    let pairs = pairs.into_iter().map(|(a, b)| (a + start, b + start));
    let tails = (0..tail).map(|at| (before.len() - tail + at, after.len() - tail + at));
    let all = (0..start).map(|at| (at, at)).chain(pairs).chain(tails);
    steps(all, before.len(), after.len())
}

fn steps(pairs: impl Iterator<Item = (usize, usize)>, olds: usize, news: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (a, b) in pairs.chain([(olds, news)]) {
        if a > old {
            steps.push(Step::Goes(old, a));
        }
        if b > new {
            steps.push(Step::Comes(a, new, b));
        }
        if a < olds {
            steps.push(Step::Stays(a, b));
        }
        (old, new) = (a + 1, b + 1);
    }
    steps
}

/// Where each of some items stands among others, in order; nothing where one is not among them.
fn within(all: &[Value], some: &[Value]) -> Option<Vec<usize>> {
    let mut at = 0;
    let mut places = Vec::with_capacity(some.len());
    for item in some {
        at += all
            .get(at..)?
            .iter()
            .position(|candidate| candidate == item)?;
        places.push(at);
        at += 1;
    }
    Some(places)
}

fn flipped(places: &[usize]) -> Vec<(usize, usize)> {
    places
        .iter()
        .enumerate()
        .map(|(new, old)| (*old, new))
        .collect()
}

/// The pairs that share most, in order.
fn best(old: &[Value], new: &[Value]) -> Option<Vec<(usize, usize)>> {
    let width = new.len() + 1;
    if old.len().checked_mul(new.len())? > MOST_COMPARISONS {
        return None;
    }
    // What the items from an old and a new one on share at best.
    let mut shared = vec![0_u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let here = likeness(&old[a], &new[b]).saturating_add(shared[(a + 1) * width + b + 1]);
            let skipped = shared[(a + 1) * width + b].max(shared[a * width + b + 1]);
            shared[a * width + b] = here.max(skipped);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < old.len() && b < new.len() {
        let here = shared[a * width + b];
        if here == shared[(a + 1) * width + b] {
            a += 1;
        } else if here == shared[a * width + b + 1] {
            b += 1;
        } else {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
    }
    Some(pairs)
}

/// How much two items share: more than nothing, so that an item is changed rather than replaced.
fn likeness(old: &Value, new: &Value) -> u32 {
    match (old, new) {
        (old, new) if old == new => 1_000,
        (Value::Map(old), Value::Map(new)) => {
            let shared = old.iter().filter(|entry| new.contains(entry));
            shared.fold(1, |sum, (key, _)| sum + if key == "id" { 200 } else { 10 })
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> Value {
        Value::Text(word.to_owned())
    }

    fn list(words: &str) -> Vec<Value> {
        words.chars().map(|c| text(&c.to_string())).collect()
    }

    #[test]
    fn items_that_come_and_go_leave_the_others_alone() {
        for (before, after, wanted) in [
            ("ab", "ab", vec![Step::Stays(0, 0), Step::Stays(1, 1)]),
            (
                "ab",
                "xayb",
                vec![
                    Step::Comes(0, 0, 1),
                    Step::Stays(0, 1),
                    Step::Comes(1, 2, 3),
                    Step::Stays(1, 3),
                ],
            ),
            (
                "abc",
                "b",
                vec![Step::Goes(0, 1), Step::Stays(1, 0), Step::Goes(2, 3)],
            ),
            ("a", "x", vec![Step::Stays(0, 0)]),
            ("", "x", vec![Step::Comes(0, 0, 1)]),
        ] {
            assert_eq!(
                aligned(&list(before), &list(after)),
                wanted,
                "{before} {after}"
            );
        }
    }

    #[test]
    fn what_shares_most_is_the_same_item() {
        let map = |id: &str, what: &str| {
            Value::Map(vec![
                ("id".to_owned(), text(id)),
                ("what".to_owned(), text(what)),
            ])
        };
        let before = [map("a", "x"), map("b", "y")];
        let after = [map("n", "z"), map("a", "changed"), map("b", "y2")];
        let wanted = [Step::Comes(0, 0, 1), Step::Stays(0, 1), Step::Stays(1, 2)];
        assert_eq!(aligned(&before, &after), wanted);
    }
}
