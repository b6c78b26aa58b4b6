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

/// Finds a place for each name, in this order, between two edges; what has no room is left to the table.
pub fn place(
    names: impl Iterator<Item = (f64, &'static str)>,
    (left, right): (f64, f64),
) -> Vec<Name> {
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
    fn names_of_short_phases_neither_meet_nor_are_crossed() {
        let leaders = [
            (100.0, "Undetected"),
            (112.0, "Investigating"),
            (124.0, "Mitigating"),
        ];
        let names = place(leaders.into_iter().rev(), (90.0, 900.0));
        assert_eq!(names.len(), 3);
        for one in &names {
            for other in names.iter().filter(|other| other.text != one.text) {
                assert!(!one.hurts(other), "{one:?} {other:?}");
            }
        }
    }
}
