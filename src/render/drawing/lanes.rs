/// Lines below one another, on which things stand without touching.
#[derive(Debug, Default)]
pub struct Lanes {
    taken: Vec<Vec<(f64, f64)>>,
}

impl Lanes {
    /// Takes the first line with room; none where as many lines as are allowed are full here.
    pub fn place(&mut self, from: f64, until: f64, most: usize) -> Option<usize> {
        let is_free = |lane: &Vec<(f64, f64)>| {
            lane.iter()
                .all(|(other_from, other_until)| until <= *other_from || from >= *other_until)
        };
        let lane = match self.taken.iter().position(is_free) {
            Some(lane) => lane,
            None if self.taken.len() < most => {
                self.taken.push(Vec::new());
                self.taken.len() - 1
            }
            None => return None,
        };
        self.taken[lane].push((from, until));
        Some(lane)
    }

    /// How many lines are in use.
    pub fn count(&self) -> usize {
        self.taken.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_touch_goes_to_the_next_line() {
        let mut lanes = Lanes::default();
        assert_eq!(lanes.place(0.0, 10.0, 2), Some(0));
        assert_eq!(lanes.place(10.0, 20.0, 2), Some(0));
        assert_eq!(lanes.place(5.0, 12.0, 2), Some(1));
        assert_eq!(lanes.place(6.0, 7.0, 2), None);
        assert_eq!(lanes.count(), 2);
    }
}
