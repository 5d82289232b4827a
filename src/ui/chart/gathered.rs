//! What is known of all series of a chart before anything is drawn.

use super::series::{Points, Sample, Series};
use super::window::Window;

/// The series of a chart, sorted, with what holds whatever part of them is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    /// With `x` ascending.
    pub(super) series: Vec<Series>,
    /// Everything that can be shown; `None` when there is nothing.
    pub(super) whole: Option<Window>,
    /// How many values are not finite.
    pub(super) not_finite: usize,
    /// How many finite values a logarithmic vertical axis has no place for.
    pub(super) not_positive: usize,
    /// How many finite values stand where a logarithmic horizontal axis has no place.
    pub(super) not_positive_x: usize,
    /// The part of the whole above 0; `None` when there is nothing.
    pub(super) positive: Option<Window>,
    /// How many samples there are.
    pub(super) count: usize,
}

impl Gathered {
    /// Looks at every sample once, and sorts those that are out of order.
    pub(super) fn new(series: &[Series]) -> Self {
        let mut gathered = Self::default();
        let (mut ends, mut above) = (None, None);
        for one in series {
            let found = match &one.points {
                Points::Exact(points) => Found::in_all(points),
                Points::Bands(bands) => Found::in_all(bands),
            };
            gathered.not_finite += found.not_finite;
            gathered.not_positive += found.not_positive;
            gathered.count += one.points.len();
            gathered.not_positive_x += found.not_positive_x;
            ends = both(ends, found.ends);
            above = both(above, found.positive);
            let raw = one.raw.as_ref().map(Points::sorted);
            gathered.series.push(Series { points: one.points.sorted(), raw, ..one.clone() });
        }
        gathered.whole = ends.map(|(from, to)| Window::over(from, to));
        gathered.positive = above.map(|(from, to)| Window::over(from, to));
        gathered
    }
}

/// From the least to the greatest.
type Ends = Option<(f64, f64)>;

fn both(one: Ends, other: Ends) -> Ends {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}

#[derive(Default)]
struct Found {
    ends: Ends,
    positive: Ends,
    not_finite: usize,
    not_positive: usize,
    not_positive_x: usize,
}

impl Found {
    fn in_all<S: Sample>(samples: &[S]) -> Self {
        samples.iter().fold(Self::default(), |mut found, sample| {
            let x = sample.x();
            if !sample.is_finite() {
                found.not_finite += 1;
            } else {
                found.not_positive += usize::from(sample.low() <= 0.0);
                found.not_positive_x += usize::from(x <= 0.0);
                found.ends = both(found.ends, Some((x, x)));
                found.positive = both(found.positive, Some((x, x)).filter(|_| x > 0.0));
            }
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Gathered;
    use crate::ui::chart::palette::Colour;
    use crate::ui::chart::series::{Point, Points, Series};
    use crate::ui::chart::window::Window;

    fn series(values: &[(f64, f64)]) -> Series {
        let points: Arc<[Point]> = values.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
        Series::new("a", "a", Colour::nth(0), Points::Exact(points))
    }

    #[test]
    fn values_without_a_place_are_counted() {
        let gathered = Gathered::new(&[series(&[
            (0.0, f64::NAN),
            (1.0, 0.0),
            (2.0, f64::INFINITY),
            (3.0, 4.0),
            (f64::NAN, 1.0),
        ])]);
        assert_eq!((gathered.not_finite, gathered.not_positive, gathered.count), (3, 1, 5));
        assert_eq!(gathered.whole, Some(Window { from: 1.0, to: 3.0 }));
    }

    #[test]
    fn places_that_a_logarithmic_axis_does_not_have_are_counted() {
        let gathered = Gathered::new(&[series(&[(-1.0, 1.0), (0.0, 1.0), (2.0, 1.0), (8.0, 1.0)])]);
        assert_eq!(gathered.not_positive_x, 2);
        assert_eq!(gathered.positive, Some(Window { from: 2.0, to: 8.0 }));
        assert_eq!(Gathered::new(&[series(&[(0.0, 1.0)])]).positive, None);
    }

    #[test]
    fn points_out_of_order_are_sorted() {
        let gathered = Gathered::new(&[series(&[(2.0, 20.0), (f64::NAN, 0.0), (1.0, 10.0)])]);
        let Points::Exact(points) = &gathered.series[0].points else { panic!("points stay points") };
        assert_eq!(points.iter().map(|point| point.x).collect::<Vec<_>>(), [1.0, 2.0]);
    }

    #[test]
    fn nothing_to_show_is_known() {
        assert_eq!(Gathered::new(&[series(&[(1.0, f64::NAN)])]).whole, None);
        assert_eq!(Gathered::new(&[]).whole, None);
    }
}
