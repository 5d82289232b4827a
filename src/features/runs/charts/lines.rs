//! From histories to what a chart draws. Pure.

use models::comparison::ComparedHistory;
use models::time::UnixMillis;

use super::along::Along;
use crate::ui::chart::{Band, Point, Points};

/// What is drawn of a history.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The moving average where one was asked for, else the least, the greatest and the last value of each bucket.
    pub(super) points: Points,
    /// What was logged, where `points` are averages of it.
    pub(super) raw: Option<Points>,
    /// The places of the points to which no line leads.
    pub(super) gaps: Vec<f64>,
}

/// An entry of a history.
#[derive(Clone, Copy)]
struct Entry<'a> {
    of: &'a ComparedHistory,
    index: usize,
    x: f64,
}

/// The whole history, with the finer `closer` one in place of what it covers. `began` is when the run began; its first
/// value stands in where that is not known.
pub(super) fn line(
    whole: &ComparedHistory,
    closer: Option<&ComparedHistory>,
    along: &Along,
    began: Option<UnixMillis>,
) -> Line {
    let began = began.or_else(|| whole.history.timestamps.first().copied());
    let entries = |of| {
        (0..of_len(of)).filter_map(move |index| Some(Entry { of, index, x: place(of, along, began, index)? }))
    };
    let covered = closer.and_then(|closer| {
        Some((closer, order(closer, along, 0)?, order(closer, along, of_len(closer).checked_sub(1)?)?))
    });
    let drawn: Vec<_> = match covered {
        None => entries(whole).collect(),
        Some((closer, first, last)) => {
            let at = |entry: &Entry<'_>| order(whole, along, entry.index);
            let before = entries(whole).filter(|entry| at(entry).is_some_and(|at| at < first));
            let after = entries(whole).filter(|entry| at(entry).is_some_and(|at| at > last));
            before.chain(entries(closer)).chain(after).collect()
        }
    };
    let raw = logged(&drawn);
    let gaps = drawn.iter().filter(|entry| entry.is_after_gap()).map(|entry| entry.x).collect();
    if drawn.iter().any(|entry| !entry.of.smoothed.is_empty()) {
        let average = |entry: &Entry<'_>| Point { x: entry.x, y: entry.value(&entry.of.smoothed) };
        return Line { points: Points::Exact(drawn.iter().map(average).collect()), raw: Some(raw), gaps };
    }
    Line { points: raw, raw: None, gaps }
}

fn of_len(compared: &ComparedHistory) -> usize {
    compared.history.last.len()
}

/// What a closer look is asked for by: the place on another metric, or else the step.
#[expect(clippy::cast_precision_loss, reason = "steps fit into 53 bits")]
fn order(compared: &ComparedHistory, along: &Along, index: usize) -> Option<f64> {
    match along {
        Along::Metric(_) => compared.places.get(index).copied(),
        Along::Step | Along::Relative | Along::Wall => Some(*compared.history.steps.get(index)? as f64),
    }
}

fn logged(entries: &[Entry<'_>]) -> Points {
    let value = |entry: &Entry<'_>, of: fn(&ComparedHistory) -> &[f64]| entry.value(of(entry.of));
    let band = |entry: &Entry<'_>| Band {
        x: entry.x,
        low: value(entry, |of| &of.history.low),
        high: value(entry, |of| &of.history.high),
        last: value(entry, |of| &of.history.last),
    };
    let bands: Vec<_> = entries.iter().map(band).collect();
    if bands.iter().all(|band| band.low.to_bits() == band.high.to_bits()) {
        return Points::Exact(bands.iter().map(|band| Point { x: band.x, y: band.last }).collect());
    }
    Points::Bands(bands.into())
}

impl Entry<'_> {
    fn value(self, values: &[f64]) -> f64 {
        values.get(self.index).copied().unwrap_or(f64::NAN)
    }

    fn is_after_gap(self) -> bool {
        u32::try_from(self.index).is_ok_and(|index| self.of.history.gaps.contains(&index))
    }
}

/// Where an entry stands on the axis; `None` where it has no place.
#[expect(clippy::cast_precision_loss, reason = "steps and times fit into 53 bits")]
pub(super) fn place(
    compared: &ComparedHistory,
    along: &Along,
    began: Option<UnixMillis>,
    index: usize,
) -> Option<f64> {
    let history = &compared.history;
    Some(match along {
        Along::Step => *history.steps.get(index)? as f64,
        Along::Wall => history.timestamps.get(index)?.0 as f64,
        Along::Relative => history.timestamps.get(index)?.0.saturating_sub(began?.0) as f64 / 1_000.0,
        Along::Metric(_) => *compared.places.get(index)?,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use models::metric::MetricHistory;

    use super::*;

    /// A history at these steps, a second and a place of 0.1 for each, with values from 1 to `1 + spread`.
    pub(in super::super) fn history(steps: &[i64], spread: f64) -> ComparedHistory {
        let n = steps.len();
        let history = MetricHistory {
            key: "loss".to_owned(),
            n_values: n as u64,
            n_not_finite: 0,
            steps: steps.to_vec(),
            timestamps: steps.iter().map(|step| UnixMillis(step * 1_000)).collect(),
            low: vec![1.0; n],
            high: vec![1.0 + spread; n],
            last: vec![1.0; n],
            gaps: Vec::new(),
        };
        let places = steps.iter().map(|step| *step as f64 / 10.0).collect();
        ComparedHistory { history, places, n_without_place: 0, smoothed: Vec::new() }
    }

    fn xs(points: &Points) -> Vec<f64> {
        match points {
            Points::Exact(points) => points.iter().map(|point| point.x).collect(),
            Points::Bands(bands) => bands.iter().map(|band| band.x).collect(),
        }
    }

    #[test]
    fn a_value_stands_where_the_axis_says() {
        let plain = history(&[5, 10], 0.0);
        let began = Some(UnixMillis(4_000));
        let at = |along: &Along, began| xs(&line(&plain, None, along, began).points);
        assert_eq!(at(&Along::Step, began), [5.0, 10.0]);
        assert_eq!(at(&Along::Wall, began), [5_000.0, 10_000.0]);
        assert_eq!(at(&Along::Relative, began), [1.0, 6.0]);
        assert_eq!(at(&Along::Relative, None), [0.0, 5.0]);
        assert_eq!(at(&Along::Metric("epoch".to_owned()), began), [0.5, 1.0]);
    }

    #[test]
    fn a_closer_look_stands_in_place_of_what_it_covers() {
        let whole = history(&[0, 10, 20, 30], 1.0);
        let closer = history(&[10, 12, 15, 20], 0.0);
        let along = Along::Metric("epoch".to_owned());
        for (along, unit) in [(&Along::Step, 1.0), (&along, 0.1)] {
            let drawn = line(&whole, Some(&closer), along, None).points;
            let expected = [0.0, 10.0, 12.0, 15.0, 20.0, 30.0].map(|x| x * unit);
            assert!(
                xs(&drawn).iter().zip(expected).all(|(x, expected)| (x - expected).abs() < 1e-9),
                "{drawn:?}"
            );
            assert!(matches!(drawn, Points::Bands(_)));
        }
        assert_eq!(xs(&line(&whole, Some(&history(&[], 0.0)), &Along::Step, None).points).len(), 4);
    }

    #[test]
    fn smoothed_values_come_with_what_was_logged() {
        let smoothed = ComparedHistory { smoothed: vec![1.0, 1.5], ..history(&[0, 10], 1.0) };
        let line = line(&smoothed, None, &Along::Step, None);
        let Points::Exact(points) = &line.points else { panic!("averages are no bands") };
        assert_eq!(points.iter().map(|point| point.y).collect::<Vec<_>>(), [1.0, 1.5]);
        assert!(matches!(line.raw, Some(Points::Bands(_))));
    }

    #[test]
    fn gaps_are_known_by_their_places() {
        let mut whole = history(&[0, 10, 20], 0.0);
        whole.history.gaps = vec![2];
        assert_eq!(line(&whole, None, &Along::Step, None).gaps, [20.0]);
    }
}
