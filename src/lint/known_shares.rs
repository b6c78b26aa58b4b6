use crate::model::{FigureValue, Postmortem};
use crate::path;
use crate::yaml::Path;

/// Every percentage that a document's data holds or yields, to be asked whether prose may mean one.
#[derive(Debug)]
pub struct KnownShares {
    /// In percent, with its place where it stands as one.
    shares: Vec<(f64, Option<Path>)>,
    ranges: Vec<(f64, f64)>,
}

impl KnownShares {
    /// Takes the shares of a document; nothing where a figure is unknown or withheld, or where there is no
    /// share that a text could contradict.
    pub fn of(postmortem: &Postmortem) -> Option<Self> {
        let impact = postmortem.impact.as_ref()?;
        let mut known = Self {
            shares: Vec::new(),
            ranges: Vec::new(),
        };
        let mut counts = Vec::new();
        for (index, window) in impact.services.iter().enumerate() {
            if let Some(share) = &window.share {
                let place = path!["impact", "services", index, "share"];
                known.shares.push((share.fraction() * 100.0, Some(place)));
            }
        }
        for (index, figure) in impact.figures.iter().enumerate() {
            let is_share = figure
                .unit
                .as_deref()
                .is_some_and(|unit| unit.contains('%'));
            match &figure.value {
                FigureValue::Number(number) if is_share => {
                    let place = path!["impact", "figures", index, "value"];
                    known.shares.push((number.value(), Some(place)));
                }
                FigureValue::Range(low, high) if is_share => {
                    known.ranges.push((low.value(), high.value()));
                }
                FigureValue::Number(number) => counts.push(number.value()),
                FigureValue::Range(low, high) => counts.extend([low.value(), high.value()]),
                FigureValue::Unknown | FigureValue::Withheld => return None,
            }
        }
        if known.shares.is_empty() {
            return None;
        }
        for objective in impact.slo.iter().flatten() {
            known
                .shares
                .push((objective.target.fraction() * 100.0, None));
            let pair = objective.bad.as_ref().zip(objective.total.as_ref());
            counts.extend(
                pair.iter()
                    .flat_map(|(bad, total)| [bad.value(), total.value()]),
            );
        }
        for part in &counts {
            let wholes = counts.iter().filter(|whole| **whole > *part);
            let ratios: Vec<f64> = wholes.map(|whole| 100.0 * part / whole).collect();
            known
                .shares
                .extend(ratios.into_iter().map(|ratio| (ratio, None)));
        }
        Some(known)
    }

    /// The place of the share that is nearest to a percentage that the data surely does not hold; nothing
    /// where it may.
    pub fn contradict(&self, percent: f64, slack: f64) -> Option<&Path> {
        let apart = |share: f64| (share - percent).abs().min((100.0 - share - percent).abs());
        let in_range = |(low, high): &(f64, f64)| (low - slack..=high + slack).contains(&percent);
        let is_known = self.shares.iter().any(|(share, _)| apart(*share) <= slack)
            || self.ranges.iter().any(in_range);
        if is_known {
            return None;
        }
        let standing = self
            .shares
            .iter()
            .filter_map(|(share, place)| Some((*share, place.as_ref()?)));
        let nearest = standing.min_by(|(a, _), (b, _)| apart(*a).total_cmp(&apart(*b)));
        nearest.map(|(_, place)| place)
    }
}
