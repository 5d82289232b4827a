//! What the lines say at one place of the horizontal axis.

use super::gathered::Gathered;
use super::scene::Scene;
use super::series::{AxisKind, Band, Points};
use super::ticks::labels;
use super::time_ticks::moment;
use crate::ui::chart::dash::Dash;
use crate::ui::chart::palette::Colour;
use crate::ui::format;

/// A sample counts as read from this far away, in CSS pixels.
const REACH: f64 = 24.0;

/// What one line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    /// The number of the series.
    pub(super) series: usize,
    pub(super) name: String,
    pub(super) colour: Colour,
    pub(super) dash: Dash,
    /// As shown, with the range when it stands for several values.
    pub(super) text: String,
    /// Where the sample is, when that is not the place that was asked for.
    pub(super) elsewhere: Option<String>,
    /// In CSS pixels on the canvas; `None` when it cannot be drawn.
    pub(super) dot: Option<(f64, f64)>,
}

/// What all lines say, nearest to the pointer first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The place, on the sample nearest to what was asked for.
    pub(super) x: f64,
    /// As shown.
    pub(super) place: String,
    pub(super) values: Vec<Value>,
    /// Whether the first value lies near enough to be the one that is meant.
    pub(super) pointed: bool,
}

impl Reading {
    /// Reads at `x`; `height` is where the pointer is, in CSS pixels from the top.
    pub(super) fn at(gathered: &Gathered, scene: &Scene, x: f64, height: Option<f64>) -> Option<Self> {
        let window = scene.window();
        let indices: Vec<_> = gathered.series.iter().map(|series| nearest(&series.points, x)).collect();
        let places = indices.iter().zip(&gathered.series);
        let x = places
            .filter_map(|(index, series)| Some(series.points.get((*index)?)?.x))
            .filter(|place| (window.from..=window.to).contains(place))
            .min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs()))?;
        let mut values: Vec<_> = gathered
            .series
            .iter()
            .enumerate()
            .filter_map(|(series, _)| value(gathered, scene, series, x))
            .filter(|value| value.dot.is_none_or(|(left, _)| (left - scene.x.map(x)).abs() <= REACH))
            .collect();
        let distance = |value: &Value| match (value.dot, height) {
            (Some((_, dot)), Some(height)) => (dot - height).abs(),
            (Some((_, dot)), None) => dot,
            (None, _) => f64::INFINITY,
        };
        values.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        let pointed = height.is_some() && values.first().is_some_and(|value| distance(value) <= REACH);
        Some(Self { x, place: place(scene, x), values, pointed })
    }
}

/// A place on the horizontal axis as text.
pub(super) fn place(scene: &Scene, x: f64) -> String {
    match scene.sight.kind {
        AxisKind::Time => moment(x, scene.sight.offset),
        AxisKind::Number if x.fract() == 0.0 && (0.0..1e15).contains(&x) => format::integer(x as u64),
        AxisKind::Number => format::number(x),
    }
}

/// The sample nearest to `x`.
pub(super) fn nearest(points: &Points, x: f64) -> Option<usize> {
    let after = points.partition_point(|place| place < x);
    let before = after.checked_sub(1);
    match (before.and_then(|index| points.get(index)), points.get(after)) {
        (Some(left), Some(right)) if x - left.x < right.x - x => before,
        (Some(_), None) => before,
        (None, None) => None,
        (_, Some(_)) => Some(after),
    }
}

fn value(gathered: &Gathered, scene: &Scene, number: usize, x: f64) -> Option<Value> {
    let series = gathered.series.get(number)?;
    let sample = series.points.get(nearest(&series.points, x)?)?;
    let raw = series.raw.as_ref().and_then(|raw| raw.get(nearest(raw, x)?)).filter(|raw| raw.x == sample.x);
    let text = match raw {
        Some(raw) => format!("{} (raw {})", format::number(sample.last), told(raw)),
        None => told(sample),
    };
    let dot = (scene.x.map(sample.x), scene.y.map(sample.last));
    let has_place = (!scene.sight.y_log || sample.last > 0.0) && (!scene.sight.x_log || sample.x > 0.0);
    let drawn = sample.last.is_finite() && has_place;
    Some(Value {
        series: number,
        name: series.name.clone(),
        colour: series.colour,
        dash: series.dash,
        text,
        elsewhere: (sample.x != x).then(|| place(scene, sample.x)),
        dot: drawn.then_some(dot),
    })
}

/// A value, with the range when it stands for several.
pub(super) fn told(sample: Band) -> String {
    if sample.low < sample.high {
        let ends = labels(&[sample.low, sample.high]);
        format!("{} ({} to {})", format::number(sample.last), ends[0], ends[1])
    } else {
        format::number(sample.last)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Reading, nearest};
    use crate::ui::chart::gathered::Gathered;
    use crate::ui::chart::palette::Colour;
    use crate::ui::chart::scene::{Scene, Sight};
    use crate::ui::chart::series::{AxisKind, Point, Points, Series};

    fn series(name: &str, values: &[(f64, f64)]) -> Series {
        let points: Arc<[Point]> = values.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
        Series::new(name, name, Colour::nth(0), Points::Exact(points))
    }

    fn read(series: &[Series], x: f64, height: Option<f64>) -> Reading {
        let gathered = Gathered::new(series);
        let sight = Sight {
            width: 400.0,
            height: 200.0,
            zoom: None,
            y_log: false,
            x_log: false,
            kind: AxisKind::Number,
            offset: 0,
        };
        let scene = Scene::new(&gathered, sight).unwrap();
        Reading::at(&gathered, &scene, x, height).unwrap()
    }

    fn names(reading: &Reading) -> Vec<&str> {
        reading.values.iter().map(|value| value.name.as_str()).collect()
    }

    #[test]
    fn the_line_nearest_to_the_pointer_comes_first() {
        let lines = [series("low", &[(0.0, 0.0), (9.0, 0.0)]), series("high", &[(0.0, 9.0), (9.0, 9.0)])];
        assert_eq!(names(&read(&lines, 0.2, Some(10.0))), ["high", "low"]);
        assert_eq!(names(&read(&lines, 0.2, Some(190.0))), ["low", "high"]);
        assert_eq!(read(&lines, 0.2, Some(10.0)).place, "0");
    }

    #[test]
    fn the_place_is_that_of_a_sample() {
        let lines = [series("a", &[(0.0, 1.0), (10.0, 2.0), (20.0, 4.0)])];
        assert_eq!((read(&lines, 13.0, None).x, read(&lines, 16.0, None).x), (10.0, 20.0));
    }

    #[test]
    fn a_line_without_a_sample_near_is_left_out() {
        let lines =
            [series("a", &[(0.0, 1.0), (50.0, 2.0), (100.0, 4.0)]), series("b", &[(0.0, 3.0), (100.0, 3.0)])];
        assert_eq!(names(&read(&lines, 50.0, None)), ["a"]);
    }

    #[test]
    fn a_smoothed_value_is_read_with_the_one_that_was_logged() {
        let raw: Arc<[Point]> = [Point { x: 0.0, y: 5.0 }, Point { x: 1.0, y: 1.0 }].into();
        let line = Series { raw: Some(Points::Exact(raw)), ..series("a", &[(0.0, 5.0), (1.0, 3.0)]) };
        assert_eq!(read(&[line], 1.0, None).values[0].text, "3 (raw 1)");
    }

    #[test]
    fn a_value_that_is_not_finite_is_named() {
        let lines = [series("a", &[(0.0, 1.0), (1.0, f64::NAN), (2.0, 4.0)])];
        let reading = read(&lines, 1.0, None);
        assert_eq!((reading.values[0].text.as_str(), reading.values[0].dot), ("NaN", None));
    }

    #[test]
    fn the_nearest_sample_is_found_at_the_ends_too() {
        let points = series("a", &[(1.0, 0.0), (2.0, 0.0), (4.0, 0.0)]).points;
        assert_eq!([-5.0, 1.4, 1.6, 3.5, 99.0].map(|x| nearest(&points, x).unwrap()), [0, 0, 1, 2, 2]);
        assert_eq!(nearest(&series("a", &[]).points, 1.0), None);
    }
}
