use std::collections::HashMap;

use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Cause;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "circular-causes",
    Class::Wrong,
    include_str!("circular-causes.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let causes = &subject.postmortem.causes;
    if causes.iter().all(|cause| cause.because.is_empty()) {
        return;
    }
    for circle in circles(causes) {
        let ids: Vec<&str> = circle
            .iter()
            .chain(circle.first())
            .filter_map(|at| causes.get(*at))
            .map(|cause| cause.id.as_str())
            .collect();
        let Some(first) = circle.first() else {
            continue;
        };
        let message = if circle.len() == 1 {
            format!("`{}` is its own reason", ids[0])
        } else {
            format!("causes are each other's reason: {}", ids.join(" because "))
        };
        let finding = findings
            .on(&path!["causes", *first, "because"], message)
            .help("take one step out: which of them was there first?");
        findings.add(finding);
    }
}

/// The circles of `because`, each once, as indices; circles that share a cause count as one.
fn circles(causes: &[Cause]) -> Vec<Vec<usize>> {
    let by_id: HashMap<&str, usize> = causes
        .iter()
        .enumerate()
        .map(|(index, cause)| (cause.id.as_str(), index))
        .collect();
    let behind: Vec<Vec<usize>> = causes
        .iter()
        .map(|cause| {
            let because = cause.because.iter();
            because
                .filter_map(|id| by_id.get(id.as_str()).copied())
                .collect()
        })
        .collect();
    // 0 not seen, 1 on the way at hand, 2 done. A stack of our own: a long chain must not end ours.
    let mut state = vec![0_u8; causes.len()];
    let mut reported = vec![false; causes.len()];
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..causes.len() {
        let mut way: Vec<(usize, usize)> = Vec::new();
        if state[start] == 0 {
            state[start] = 1;
            way.push((start, 0));
        }
        while let Some((index, step)) = way.last_mut() {
            let here = *index;
            let next = behind[here].get(*step).copied();
            *step += 1;
            match next {
                None => {
                    state[here] = 2;
                    way.pop();
                }
                Some(next) if state[next] == 0 => {
                    state[next] = 1;
                    way.push((next, 0));
                }
                Some(next) if state[next] == 1 && !reported[next] => {
                    let from = way.iter().position(|(at, _)| *at == next).unwrap_or(0);
                    let circle: Vec<usize> = way[from..].iter().map(|(at, _)| *at).collect();
                    if !circle.iter().any(|at| reported[*at]) {
                        circle.iter().for_each(|at| reported[*at] = true);
                        found.push(circle);
                    }
                }
                Some(_) => {}
            }
        }
    }
    found
}
