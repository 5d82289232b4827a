//! Puts the samples of each pixel column together, so that a million draw as fast as a thousand.

use super::scale::Spread;
use super::series::Sample;

/// The samples of one pixel column. Every spike is in `low..=high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    /// Where the first of them is on the horizontal axis.
    pub(super) x: f64,
    /// The first value.
    pub(super) first: f64,
    /// The smallest value.
    pub(super) low: f64,
    /// The largest value.
    pub(super) high: f64,
    /// The last value.
    pub(super) last: f64,
    /// Whether a value before it cannot be drawn, so that no line may lead here.
    pub(super) after_gap: bool,
}

/// The part of the horizontal axis that is shown, cut into columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) columns: usize,
    pub(super) spread: Spread,
}

impl Cut {
    /// The column of a place, from -1 for what is before the first to one more than there are.
    fn column(self, x: f64) -> f64 {
        let part = match self.spread {
            Spread::Linear => (x - self.from) / (self.to - self.from),
            Spread::Log => (x / self.from).ln() / (self.to / self.from).ln(),
        };
        (part * self.columns as f64).floor().clamp(-1.0, self.columns as f64)
    }
}

/// Reduces `samples`, ascending in `x`, to at most as many columns as are shown, and one more on each side so that lines
/// run to the edge. Samples that are not finite or not `drawable` leave a gap, and so do places in `gaps`.
pub(super) fn reduce<S: Sample>(
    samples: &[S],
    cut: Cut,
    gaps: &[f64],
    drawable: impl Fn(&S) -> bool,
) -> Vec<Column> {
    let Cut { from, to, columns, .. } = cut;
    let start = samples.partition_point(|sample| sample.x() < from).saturating_sub(1);
    let end = (samples.partition_point(|sample| sample.x() <= to) + 1).min(samples.len());
    let mut reduced: Vec<Column> = Vec::with_capacity((end - start).min(columns + 2));
    let mut present = f64::NEG_INFINITY;
    let mut gap = false;
    let mut gaps = gaps[gaps.partition_point(|place| *place < from)..].iter().copied().peekable();
    for sample in &samples[start..end] {
        if !sample.is_finite() || !drawable(sample) {
            gap = true;
            continue;
        }
        while gaps.next_if(|place| *place <= sample.x()).is_some() {
            gap = true;
        }
        let place = cut.column(sample.x());
        match reduced.last_mut() {
            Some(column) if place == present => {
                column.low = column.low.min(sample.low());
                column.high = column.high.max(sample.high());
                column.last = sample.last();
            }
            _ => {
                present = place;
                reduced.push(Column {
                    x: sample.x(),
                    first: sample.last(),
                    low: sample.low(),
                    high: sample.high(),
                    last: sample.last(),
                    after_gap: gap,
                });
            }
        }
        gap = false;
    }
    reduced
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Column, Cut, reduce};
    use crate::ui::chart::scale::Spread;
    use crate::ui::chart::series::Point;
    use proptest::prelude::*;

    fn points(values: &[f64]) -> Vec<Point> {
        values.iter().enumerate().map(|(x, y)| Point { x: x as f64, y: *y }).collect()
    }

    fn cut(values: &[f64], (from, to): (f64, f64), columns: usize) -> Vec<Column> {
        reduce(&points(values), Cut { from, to, columns, spread: Spread::Linear }, &[], |_| true)
    }

    #[test]
    fn few_points_are_kept_as_they_are() {
        let reduced = cut(&[1.0, 3.0, 2.0], (0.0, 2.0), 100);
        assert_eq!(
            reduced.iter().map(|column| (column.x, column.last)).collect::<Vec<_>>(),
            [(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)]
        );
    }

    #[test]
    fn a_value_that_is_not_finite_leaves_a_gap() {
        let reduced = cut(&[1.0, f64::NAN, 2.0, 3.0, f64::INFINITY, 4.0], (0.0, 5.0), 100);
        assert_eq!(
            reduced.iter().map(|column| column.after_gap).collect::<Vec<_>>(),
            [false, true, false, true]
        );
    }

    #[test]
    fn lines_run_on_to_the_neighbours_outside() {
        let reduced = cut(&[0.0; 100], (40.5, 50.5), 10);
        assert_eq!((reduced[0].x, reduced[reduced.len() - 1].x), (40.0, 51.0));
    }

    #[test]
    fn a_known_gap_is_kept_where_samples_are_put_together() {
        let whole = Cut { from: 0.0, to: 100.0, columns: 10, spread: Spread::Linear };
        let gaps = |places: &[f64]| {
            let reduced = reduce(&points(&[1.0; 100]), whole, places, |_| true);
            reduced.iter().filter(|column| column.after_gap).map(|column| column.x).collect::<Vec<_>>()
        };
        assert_eq!(gaps(&[20.0, 50.0]), [20.0, 50.0]);
        assert_eq!(gaps(&[]), [0.0; 0]);
    }

    #[test]
    fn columns_of_a_logarithmic_axis_grow() {
        let log = Cut { from: 1.0, to: 1_000.0, columns: 3, spread: Spread::Log };
        let reduced = reduce(&points(&[1.0; 1_001]), log, &[], |point| point.x > 0.0);
        assert_eq!(reduced.iter().map(|column| column.x).collect::<Vec<_>>(), [1.0, 10.0, 100.0, 1_000.0]);
    }

    proptest! {
        #[test]
        fn no_spike_is_lost(values in prop::collection::vec(-1e9f64..1e9, 1..2_000), columns in 1usize..200) {
            let reduced = cut(&values, (0.0, values.len() as f64), columns);
            prop_assert!(reduced.len() <= columns + 2);
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            prop_assert_eq!(reduced.iter().map(|column| column.low).fold(f64::INFINITY, f64::min), low);
            prop_assert_eq!(reduced.iter().map(|column| column.high).fold(f64::NEG_INFINITY, f64::max), high);
            prop_assert!(reduced.is_sorted_by(|a, b| a.x < b.x));
        }
    }
}
