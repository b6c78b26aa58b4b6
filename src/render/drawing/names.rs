use super::canvas::width_of;
use super::svg::LABEL;

/// The name of a phase below its bar, with the line that leads to it.
#[derive(Debug)]
pub struct Name {
    /// The line below the bar, from 0.
    pub lane: usize,
    /// Where it begins, with the room around it.
    pub from: f64,
    until: f64,
    /// Where the line from the bar comes down.
    pub leader: f64,
    pub text: &'static str,
}

impl Name {
    /// Whether this one meets another's name, or its leader crosses it.
    fn hurts(&self, other: &Self) -> bool {
        let meets = self.lane == other.lane && self.from < other.until && other.from < self.until;
        let crosses = other.lane < self.lane && (other.from..other.until).contains(&self.leader);
        meets || crosses
    }
}

/// Finds places for as many names as there is room for between two edges; what has none is left to the table.
///
/// Near the left edge a staircase down to the left has room, near the right edge one to the right, and sometimes
/// only the name in the middle may be the first: every order is tried until one has room for all.
pub fn place_most(names: &[(f64, &'static str)], edges: (f64, f64)) -> Vec<Name> {
    let mut best = Vec::new();
    let mut order: Vec<usize> = (0..names.len()).collect();
    loop {
        let placed = place(
            order.iter().filter_map(|index| names.get(*index).copied()),
            edges,
        );
        if placed.len() > best.len() {
            best = placed;
        }
        if best.len() == names.len() || !to_next_order(&mut order) {
            return best;
        }
    }
}

/// The next order of numbers, as of words in a dictionary; false behind the last.
fn to_next_order(order: &mut [usize]) -> bool {
    let Some(turn) = order.windows(2).rposition(|pair| pair[0] < pair[1]) else {
        return false;
    };
    if let Some(other) = order.iter().rposition(|number| *number > order[turn]) {
        order.swap(turn, other);
    }
    order[turn + 1..].reverse();
    true
}

/// Finds a place for each name, in this order.
fn place(names: impl Iterator<Item = (f64, &'static str)>, (left, right): (f64, f64)) -> Vec<Name> {
    const MOST_LANES: usize = 6;
    let mut placed: Vec<Name> = Vec::new();
    for (leader, text) in names {
        let width = width_of(text, LABEL);
        let starts = [leader - width / 2.0, leader - width - 3.0, leader + 3.0];
        let choices = (0..MOST_LANES).flat_map(|lane| {
            starts.map(|start| Name {
                lane,
                from: start - 4.0,
                until: start + width + 4.0,
                leader,
                text,
            })
        });
        let is_free = |name: &Name| {
            name.from >= left
                && name.until <= right
                && placed
                    .iter()
                    .all(|other| !name.hurts(other) && !other.hurts(name))
        };
        let chosen = choices.into_iter().find(is_free);
        placed.extend(chosen);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_the_middle_may_be_the_first() {
        // In no order from one side do all three have room.
        let leaders = [
            (69.0, "Undetected"),
            (114.0, "Investigating"),
            (172.0, "Mitigating"),
        ];
        let edges = (-4.0, 300.0);
        assert_eq!(place(leaders.into_iter(), edges).len(), 2);
        assert_eq!(place(leaders.into_iter().rev(), edges).len(), 2);
        assert_eq!(place_most(&leaders, edges).len(), 3);
    }

    #[test]
    fn every_order_comes_once() {
        let mut order = [0, 1, 2, 3];
        let mut seen = std::collections::BTreeSet::from([order]);
        while to_next_order(&mut order) {
            assert!(seen.insert(order));
        }
        assert_eq!(seen.len(), 24);
    }

    #[test]
    fn names_of_short_phases_neither_meet_nor_are_crossed() {
        let leaders = [
            (100.0, "Undetected"),
            (112.0, "Investigating"),
            (124.0, "Mitigating"),
        ];
        let names = place_most(&leaders, (90.0, 900.0));
        assert_eq!(names.len(), 3);
        for one in &names {
            for other in names.iter().filter(|other| other.text != one.text) {
                assert!(!one.hurts(other), "{one:?} {other:?}");
            }
        }
    }
}
