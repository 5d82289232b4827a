//! Puts the samples of each pixel column together, so that a million draw as fast as a thousand.

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

/// Reduces `samples`, ascending in `x`, to at most `columns` of those within `from..=to`, and one more on
/// each side so that lines run to the edge. Samples that are not finite or not `drawable` leave a gap.
pub(super) fn reduce<S: Sample>(
    samples: &[S],
    (from, to): (f64, f64),
    columns: usize,
    drawable: impl Fn(&S) -> bool,
) -> Vec<Column> {
    let start = samples.partition_point(|sample| sample.x() < from).saturating_sub(1);
    let end = (samples.partition_point(|sample| sample.x() <= to) + 1).min(samples.len());
    let per_unit = columns as f64 / (to - from);
    let mut reduced: Vec<Column> = Vec::with_capacity((end - start).min(columns + 2));
    let mut present = f64::NEG_INFINITY;
    let mut gap = false;
    for sample in &samples[start..end] {
        if !sample.is_finite() || !drawable(sample) {
            gap = true;
            continue;
        }
        let place = ((sample.x() - from) * per_unit).floor().clamp(-1.0, columns as f64);
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
    use super::reduce;
    use crate::ui::chart::series::Point;
    use proptest::prelude::*;

    fn points(values: &[f64]) -> Vec<Point> {
        values.iter().enumerate().map(|(x, y)| Point { x: x as f64, y: *y }).collect()
    }

    #[test]
    fn few_points_are_kept_as_they_are() {
        let reduced = reduce(&points(&[1.0, 3.0, 2.0]), (0.0, 2.0), 100, |_| true);
        assert_eq!(
            reduced.iter().map(|column| (column.x, column.last)).collect::<Vec<_>>(),
            [(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)]
        );
    }

    #[test]
    fn a_value_that_is_not_finite_leaves_a_gap() {
        let reduced =
            reduce(&points(&[1.0, f64::NAN, 2.0, 3.0, f64::INFINITY, 4.0]), (0.0, 5.0), 100, |_| true);
        assert_eq!(
            reduced.iter().map(|column| column.after_gap).collect::<Vec<_>>(),
            [false, true, false, true]
        );
    }

    #[test]
    fn lines_run_on_to_the_neighbours_outside() {
        let reduced = reduce(&points(&[0.0; 100]), (40.5, 50.5), 10, |_| true);
        assert_eq!((reduced[0].x, reduced[reduced.len() - 1].x), (40.0, 51.0));
    }

    proptest! {
        #[test]
        fn no_spike_is_lost(values in prop::collection::vec(-1e9f64..1e9, 1..2_000), columns in 1usize..200) {
            let reduced = reduce(&points(&values), (0.0, values.len() as f64), columns, |_| true);
            prop_assert!(reduced.len() <= columns + 2);
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            prop_assert_eq!(reduced.iter().map(|column| column.low).fold(f64::INFINITY, f64::min), low);
            prop_assert_eq!(reduced.iter().map(|column| column.high).fold(f64::NEG_INFINITY, f64::max), high);
            prop_assert!(reduced.is_sorted_by(|a, b| a.x < b.x));
        }
    }
}
