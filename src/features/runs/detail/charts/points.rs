//! From the histories that the server sends to what a chart draws. Pure.

use std::sync::Arc;

use models::metric::MetricHistory;

use crate::ui::chart::{Axis, Band, Point, Points};

/// What the horizontal axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Along {
    /// The steps of the training.
    #[default]
    Steps,
    /// The time of day.
    Time,
}

impl Along {
    /// The horizontal axis.
    pub(super) fn axis(self) -> Axis {
        match self {
            Self::Steps => Axis::number("step"),
            Self::Time => Axis::time("time"),
        }
    }

    fn of(self, history: &MetricHistory, place: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "steps and times fit into 53 bits")]
        let x = match self {
            Self::Steps => history.steps.get(place).copied().unwrap_or_default() as f64,
            Self::Time => history.timestamps.get(place).map_or(0, |at| at.0) as f64,
        };
        x
    }
}

/// The whole history, with the finer `detail` in place of the steps that it covers.
pub(super) fn points(
    whole: &MetricHistory,
    detail: Option<(&MetricHistory, (i64, i64))>,
    along: Along,
) -> Points {
    let mut bands = Vec::with_capacity(whole.steps.len());
    match detail {
        None => bands.extend((0..whole.steps.len()).map(|place| band(whole, place, along))),
        Some((detail, (from, to))) => {
            let before = (0..whole.steps.len()).take_while(|place| step(whole, *place) < from);
            bands.extend(before.map(|place| band(whole, place, along)));
            bands.extend((0..detail.steps.len()).map(|place| band(detail, place, along)));
            let after = (0..whole.steps.len()).skip_while(|place| step(whole, *place) <= to);
            bands.extend(after.map(|place| band(whole, place, along)));
        }
    }
    if bands.iter().all(|band| band.low == band.high) {
        Points::Exact(bands.iter().map(|band| Point { x: band.x, y: band.last }).collect::<Arc<[_]>>())
    } else {
        Points::Bands(bands.into())
    }
}

/// The steps that the part `from..=to` of the axis shows, with one on each side; `None` when nothing is in it.
pub(super) fn steps_between(
    whole: &MetricHistory,
    (from, to): (f64, f64),
    along: Along,
) -> Option<(i64, i64)> {
    if along == Along::Steps {
        #[expect(clippy::cast_possible_truncation, reason = "a float saturates")]
        return (from <= to).then_some((from.floor() as i64, to.ceil() as i64));
    }
    let places = || (0..whole.steps.len()).filter(|place| (from..=to).contains(&along.of(whole, *place)));
    let (first, last) = (places().next()?, places().next_back()?);
    Some((step(whole, first.saturating_sub(1)), step(whole, (last + 1).min(whole.steps.len() - 1))))
}

/// Whether the history says more than one value at each of its places, so that a closer look shows more.
pub(super) fn is_thinned_out(whole: &MetricHistory) -> bool {
    whole.n_values.saturating_sub(whole.n_not_finite) > whole.steps.len() as u64
}

fn step(history: &MetricHistory, place: usize) -> i64 {
    history.steps.get(place).copied().unwrap_or_default()
}

fn band(history: &MetricHistory, place: usize, along: Along) -> Band {
    let value = |values: &[f64]| values.get(place).copied().unwrap_or(f64::NAN);
    Band {
        x: along.of(history, place),
        low: value(&history.low),
        high: value(&history.high),
        last: value(&history.last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::time::UnixMillis;

    /// A history of values between `low` and `low + spread` at the steps, a second apart.
    fn history(steps: &[i64], low: f64, spread: f64) -> MetricHistory {
        MetricHistory {
            key: "loss".to_owned(),
            n_values: steps.len() as u64,
            n_not_finite: 0,
            steps: steps.to_vec(),
            timestamps: steps.iter().map(|step| UnixMillis(step * 1_000)).collect(),
            low: vec![low; steps.len()],
            high: vec![low + spread; steps.len()],
            last: vec![low; steps.len()],
        }
    }

    fn places(points: &Points) -> Vec<(f64, f64)> {
        match points {
            Points::Exact(points) => points.iter().map(|point| (point.x, point.y)).collect(),
            Points::Bands(bands) => bands.iter().map(|band| (band.x, band.high)).collect(),
        }
    }

    #[test]
    fn a_history_with_every_value_is_drawn_exactly() {
        let drawn = points(&history(&[0, 5], 1.0, 0.0), None, Along::Steps);
        assert!(matches!(drawn, Points::Exact(_)));
        assert_eq!(places(&drawn), [(0.0, 1.0), (5.0, 1.0)]);
    }

    #[test]
    fn a_closer_look_stands_in_place_of_the_steps_that_it_covers() {
        let whole = history(&[0, 10, 20, 30], 1.0, 1.0);
        let detail = history(&[10, 12, 15], 5.0, 0.0);
        let drawn = points(&whole, Some((&detail, (10, 20))), Along::Steps);
        assert_eq!(places(&drawn), [(0.0, 2.0), (10.0, 5.0), (12.0, 5.0), (15.0, 5.0), (30.0, 2.0)]);
    }

    #[test]
    fn a_part_of_the_time_is_a_part_of_the_steps() {
        let whole = history(&[0, 10, 20, 30], 1.0, 1.0);
        assert_eq!(steps_between(&whole, (9_000.0, 21_000.0), Along::Time), Some((0, 30)));
        assert_eq!(steps_between(&whole, (29_000.0, 99_000.0), Along::Time), Some((20, 30)));
        assert_eq!(steps_between(&whole, (31_000.0, 99_000.0), Along::Time), None);
        assert_eq!(steps_between(&whole, (9.5, 20.5), Along::Steps), Some((9, 21)));
    }

    #[test]
    fn a_closer_look_is_worth_it_only_where_values_were_put_together() {
        let whole = history(&[0, 10], 1.0, 1.0);
        assert!(!is_thinned_out(&whole));
        assert!(is_thinned_out(&MetricHistory { n_values: 900, ..whole }));
    }
}
