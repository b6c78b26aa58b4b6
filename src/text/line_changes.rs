use std::ops::Range;

/// Lines of one text that are other lines in another: ranges of their numbers, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The lines that go.
    pub old: Range<usize>,
    /// The lines that come.
    pub new: Range<usize>,
}

/// The most steps that are taken to find few changes; beyond it, all between the first and the last
/// difference is one change.
const MOST_STEPS: usize = 2_000;

/// What changes between two texts, line by line, as few lines as may be (after Myers).
pub fn line_changes<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Change> {
    let same = |(a, b): &(&T, &T)| a == b;
    let start = old.iter().zip(new).take_while(same).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(same).count();
    let (a, b) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    if a.is_empty() && b.is_empty() {
        return Vec::new();
    }
    let mut changes: Vec<Change> = Vec::new();
    let Some(kept) = common(a, b) else {
        return vec![Change {
            old: start..old.len() - end,
            new: start..new.len() - end,
        }];
    };
    let (mut x, mut y) = (0, 0);
    for (next_x, next_y) in kept.into_iter().chain([(a.len(), b.len())]) {
        if next_x > x || next_y > y {
            changes.push(Change {
                old: start + x..start + next_x,
                new: start + y..start + next_y,
            });
        }
        (x, y) = (next_x + 1, next_y + 1);
    }
    changes
}

/// The lines that both have in the same order, by their numbers in each; nothing where that takes long.
fn common<T: PartialEq>(a: &[T], b: &[T]) -> Option<Vec<(usize, usize)>> {
    let most = (a.len() + b.len()).min(MOST_STEPS);
    // How far each diagonal was reached, at each number of steps; diagonals count from `-most`.
    let mut reached = vec![0_usize; 2 * most + 3];
    let mut trace = Vec::new();
    let at = |diagonal: isize| usize::try_from(diagonal + most as isize + 1).unwrap_or(0);
    for steps in 0..=most as isize {
        trace.push(reached.clone());
        let mut diagonal = -steps;
        while diagonal <= steps {
            let from_above = diagonal == -steps
                || diagonal != steps && reached[at(diagonal - 1)] < reached[at(diagonal + 1)];
            let mut x = match from_above {
                true => reached[at(diagonal + 1)],
                false => reached[at(diagonal - 1)] + 1,
            };
            let mut y = usize::try_from(x as isize - diagonal).unwrap_or(0);
            while x < a.len() && y < b.len() && a[x] == b[y] {
                x += 1;
                y += 1;
            }
            reached[at(diagonal)] = x;
            if x >= a.len() && y >= b.len() {
                return Some(walked_back(&trace, a.len(), b.len(), at));
            }
            diagonal += 2;
        }
    }
    None
}

fn walked_back(
    trace: &[Vec<usize>],
    a: usize,
    b: usize,
    at: impl Fn(isize) -> usize,
) -> Vec<(usize, usize)> {
    let mut kept = Vec::new();
    let (mut x, mut y) = (a as isize, b as isize);
    for (steps, reached) in trace.iter().enumerate().rev() {
        let steps = steps as isize;
        let diagonal = x - y;
        let from_above = diagonal == -steps
            || diagonal != steps && reached[at(diagonal - 1)] < reached[at(diagonal + 1)];
        let before = if from_above {
            diagonal + 1
        } else {
            diagonal - 1
        };
        let before_x = if steps == 0 {
            0
        } else {
            reached[at(before)] as isize
        };
        let before_y = if steps == 0 { 0 } else { before_x - before };
        while x > before_x && y > before_y {
            x -= 1;
            y -= 1;
            kept.push((x as usize, y as usize));
        }
        (x, y) = (before_x, before_y);
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
        let old: Vec<char> = old.chars().collect();
        let new: Vec<char> = new.chars().collect();
        let changes = line_changes(&old, &new);
        changes.into_iter().map(|one| (one.old, one.new)).collect()
    }

    #[test]
    fn few_lines_change() {
        assert_eq!(changes("abc", "abc"), []);
        assert_eq!(changes("abc", "axc"), [(1..2, 1..2)]);
        assert_eq!(changes("abc", "ac"), [(1..2, 1..1)]);
        assert_eq!(changes("", "ab"), [(0..0, 0..2)]);
        assert_eq!(
            changes("abcdef", "bcxefy"),
            [(0..1, 0..0), (3..4, 2..3), (6..6, 5..6)]
        );
        assert_eq!(changes("ab", "ba").len(), 2);
    }

    #[test]
    fn carried_out_they_give_the_new_text() {
        let mut seed = 1_u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..500 {
            let old: Vec<u64> = (0..next(12)).map(|_| next(4)).collect();
            let new: Vec<u64> = (0..next(12)).map(|_| next(4)).collect();
            let mut made: Vec<u64> = Vec::new();
            let mut done = 0;
            for Change {
                old: gone,
                new: come,
            } in line_changes(&old, &new)
            {
                made.extend(&old[done..gone.start]);
                made.extend(&new[come]);
                done = gone.end;
            }
            made.extend(&old[done..]);
            assert_eq!(made, new, "{old:?}");
        }
    }
}
