//! Measuring two things turn by turn.

use std::time::{Duration, Instant};

/// The medians of two things that take turns, so that whatever else the machine does hits both alike.
pub fn medians(rounds: usize, mut one: impl FnMut(), mut other: impl FnMut()) -> [Duration; 2] {
    // The first rounds fill caches and are not counted.
    for _ in 0..rounds / 10 {
        one();
        other();
    }
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        times[0].push(time(&mut one));
        times[1].push(time(&mut other));
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is the one place where it matters how long something takes"
)]
fn time(run: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}
