//! From compared histories to what a chart draws. Pure.

use models::comparison::ComparedHistory;
use models::time::UnixMillis;

use super::along::Along;
use crate::ui::chart::{Band, Point, Points};

/// The history as the points of a line: the moving average where one was asked for, else the least, the greatest and the
/// last value of each bucket. `began` is when the run began; its first value stands in where that is not known.
pub(super) fn points(compared: &ComparedHistory, along: &Along, began: Option<UnixMillis>) -> Points {
    let history = &compared.history;
    let places =
        || (0..history.last.len()).filter_map(|index| Some((index, x(compared, along, began, index)?)));
    let value = |values: &[f64], index: usize| values.get(index).copied().unwrap_or(f64::NAN);
    if !compared.smoothed.is_empty() {
        let points = places().map(|(index, x)| Point { x, y: value(&compared.smoothed, index) });
        return Points::Exact(points.collect());
    }
    if history.low == history.high {
        let points = places().map(|(index, x)| Point { x, y: value(&history.last, index) });
        return Points::Exact(points.collect());
    }
    let band = |(index, x)| Band {
        x,
        low: value(&history.low, index),
        high: value(&history.high, index),
        last: value(&history.last, index),
    };
    Points::Bands(places().map(band).collect())
}

/// Where a bucket stands on the axis; `None` where it has no place.
#[expect(clippy::cast_precision_loss, reason = "steps and times fit into 53 bits")]
fn x(compared: &ComparedHistory, along: &Along, began: Option<UnixMillis>, index: usize) -> Option<f64> {
    let history = &compared.history;
    Some(match along {
        Along::Step => *history.steps.get(index)? as f64,
        Along::Wall => history.timestamps.get(index)?.0 as f64,
        Along::Relative => {
            let began = began.or_else(|| history.timestamps.first().copied())?;
            history.timestamps.get(index)?.0.saturating_sub(began.0) as f64 / 1_000.0
        }
        Along::Metric(_) => *compared.places.get(index)?,
    })
}

#[cfg(test)]
mod tests {
    use models::metric::MetricHistory;

    use super::*;

    fn history(places: &[f64], smoothed: &[f64], spread: f64) -> ComparedHistory {
        let history = MetricHistory {
            key: "loss".to_owned(),
            n_values: 2,
            n_not_finite: 0,
            steps: vec![0, 10],
            timestamps: vec![UnixMillis(5_000), UnixMillis(7_500)],
            low: vec![1.0, 2.0],
            high: vec![1.0 + spread, 2.0 + spread],
            last: vec![1.0, 2.0],
        };
        ComparedHistory { history, places: places.to_vec(), n_without_place: 0, smoothed: smoothed.to_vec() }
    }

    fn exact(points: &Points) -> Vec<(f64, f64)> {
        match points {
            Points::Exact(points) => points.iter().map(|point| (point.x, point.y)).collect(),
            Points::Bands(_) => Vec::new(),
        }
    }

    #[test]
    fn a_value_stands_where_the_axis_says() {
        let plain = history(&[], &[], 0.0);
        let began = Some(UnixMillis(4_000));
        assert_eq!(exact(&points(&plain, &Along::Step, began)), [(0.0, 1.0), (10.0, 2.0)]);
        assert_eq!(exact(&points(&plain, &Along::Wall, began)), [(5_000.0, 1.0), (7_500.0, 2.0)]);
        assert_eq!(exact(&points(&plain, &Along::Relative, began)), [(1.0, 1.0), (3.5, 2.0)]);
        assert_eq!(exact(&points(&plain, &Along::Relative, None)), [(0.0, 1.0), (2.5, 2.0)]);
        let along = Along::Metric("epoch".to_owned());
        assert_eq!(exact(&points(&history(&[0.5, 1.5], &[], 0.0), &along, began)), [(0.5, 1.0), (1.5, 2.0)]);
        assert!(points(&plain, &along, began).is_empty());
    }

    #[test]
    fn values_put_together_keep_their_extremes_until_they_are_smoothed() {
        assert!(matches!(points(&history(&[], &[], 1.0), &Along::Step, None), Points::Bands(_)));
        let smoothed = points(&history(&[], &[1.0, 1.5], 1.0), &Along::Step, None);
        assert_eq!(exact(&smoothed), [(0.0, 1.0), (10.0, 1.5)]);
    }
}
