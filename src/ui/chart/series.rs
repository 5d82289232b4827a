//! What a chart draws.

use std::sync::Arc;

use super::dash::Dash;
use super::palette::Colour;

/// A measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Where on the horizontal axis.
    pub x: f64,
    /// The value; need not be finite.
    pub y: f64,
}

/// Many measurements as one, as a server sends them for a long series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Where the last of them is on the horizontal axis.
    pub x: f64,
    /// The smallest value.
    pub low: f64,
    /// The largest value.
    pub high: f64,
    /// The last value.
    pub last: f64,
}

/// The measurements of a series, `x` ascending; others are sorted first.
#[derive(Debug, Clone)]
pub enum Points {
    /// Every measurement.
    Exact(Arc<[Point]>),
    /// Measurements put together.
    Bands(Arc<[Band]>),
}

/// A line of a chart.
#[derive(Debug, Clone)]
pub struct Series {
    /// Names the series among those of the chart.
    pub id: String,
    /// As shown.
    pub name: String,
    /// The colour of the line.
    pub colour: Colour,
    /// How the line is broken, where several have its colour.
    pub dash: Dash,
    /// What is measured.
    pub points: Points,
    /// The same before it was smoothed, drawn faintly behind the line.
    pub raw: Option<Points>,
    /// Places of samples to which no line leads, ascending: what stands before them is known not to be a number.
    pub gaps: Arc<[f64]>,
}

impl Series {
    /// An unbroken line of what was measured, without gaps but for samples that are not finite.
    pub fn new(id: impl Into<String>, name: impl Into<String>, colour: Colour, points: Points) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            colour,
            dash: Dash::Solid,
            points,
            raw: None,
            gaps: Arc::default(),
        }
    }

    /// The places of its samples, ascending.
    pub fn places(&self) -> Vec<f64> {
        (0..self.points.len()).filter_map(|index| Some(self.points.get(index)?.x)).collect()
    }

    /// What the line says at `x`, on the straight way from sample to sample; `None` before the first, behind the last, and
    /// in gaps.
    pub fn at(&self, x: f64) -> Option<Band> {
        let after = self.points.partition_point(|place| place < x);
        let right = self.points.get(after)?;
        if right.x == x {
            return right.last.is_finite().then_some(right);
        }
        let left = self.points.get(after.checked_sub(1)?)?;
        let is_gap = self.gaps.iter().any(|gap| left.x < *gap && *gap <= right.x);
        let part = (x - left.x) / (right.x - left.x);
        let between = |from: f64, to: f64| from * (1.0 - part) + to * part;
        let band = Band {
            x,
            low: between(left.low, right.low),
            high: between(left.high, right.high),
            last: between(left.last, right.last),
        };
        (!is_gap && band.is_finite()).then_some(band)
    }
}

/// What the horizontal axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AxisKind {
    /// A number, such as a step or seconds.
    #[default]
    Number,
    /// A moment, in milliseconds since the Unix epoch, shown in the zone of the browser.
    Time,
}

/// The horizontal axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What is written below it.
    pub label: String,
    /// What it counts.
    pub kind: AxisKind,
}

impl Axis {
    /// An axis of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), kind: AxisKind::Number }
    }

    /// An axis of moments.
    pub fn time(label: impl Into<String>) -> Self {
        Self { label: label.into(), kind: AxisKind::Time }
    }
}

/// What points and bands have in common.
pub(super) trait Sample: Copy {
    fn x(&self) -> f64;
    fn low(&self) -> f64;
    fn high(&self) -> f64;
    fn last(&self) -> f64;

    /// Whether all of it is finite.
    fn is_finite(&self) -> bool {
        self.x().is_finite() && self.low().is_finite() && self.high().is_finite() && self.last().is_finite()
    }
}

impl Sample for Point {
    fn x(&self) -> f64 {
        self.x
    }
    fn low(&self) -> f64 {
        self.y
    }
    fn high(&self) -> f64 {
        self.y
    }
    fn last(&self) -> f64 {
        self.y
    }
}

impl Sample for Band {
    fn x(&self) -> f64 {
        self.x
    }
    fn low(&self) -> f64 {
        self.low
    }
    fn high(&self) -> f64 {
        self.high
    }
    fn last(&self) -> f64 {
        self.last
    }
}

impl Points {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Exact(points) => points.len(),
            Self::Bands(bands) => bands.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same with `x` ascending and without samples whose `x` is not finite.
    pub(super) fn sorted(&self) -> Self {
        match self {
            Self::Exact(points) => Self::Exact(sorted(points)),
            Self::Bands(bands) => Self::Bands(sorted(bands)),
        }
    }

    /// The sample at `index` as a band.
    pub(super) fn get(&self, index: usize) -> Option<Band> {
        match self {
            Self::Exact(points) => {
                points.get(index).map(|point| Band { x: point.x, low: point.y, high: point.y, last: point.y })
            }
            Self::Bands(bands) => bands.get(index).copied(),
        }
    }

    /// The number of samples before the first for which `before` does not hold.
    pub(super) fn partition_point(&self, before: impl Fn(f64) -> bool) -> usize {
        match self {
            Self::Exact(points) => points.partition_point(|point| before(point.x)),
            Self::Bands(bands) => bands.partition_point(|band| before(band.x)),
        }
    }
}

fn sorted<S: Sample>(samples: &Arc<[S]>) -> Arc<[S]> {
    if samples.iter().all(|sample| sample.x().is_finite()) && samples.is_sorted_by(|a, b| a.x() <= b.x()) {
        return Arc::clone(samples);
    }
    let mut kept: Vec<S> = samples.iter().filter(|sample| sample.x().is_finite()).copied().collect();
    kept.sort_by(|a, b| a.x().total_cmp(&b.x()));
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_samples_a_line_is_straight_and_gaps_say_nothing() {
        let values = [(0.0, 1.0), (2.0, 3.0), (4.0, f64::NAN), (6.0, 1.0), (8.0, 5.0)];
        let points: Arc<[Point]> = values.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
        let line =
            Series { gaps: [8.0].into(), ..Series::new("a", "a", Colour::nth(0), Points::Exact(points)) };
        let at = |x: f64| line.at(x).map(|band| band.last);
        assert_eq!([at(0.0), at(0.5), at(2.0)], [Some(1.0), Some(1.5), Some(3.0)]);
        assert_eq!([at(-1.0), at(3.0), at(4.0), at(5.0), at(7.0), at(9.0)], [None; 6]);
        assert_eq!([at(6.0), at(8.0)], [Some(1.0), Some(5.0)]);
        assert_eq!(line.places(), [0.0, 2.0, 4.0, 6.0, 8.0]);
    }
}
