//! Where everything of a chart of parallel axes stands. Pure.

use super::dimension::{Dimension, Values};
use crate::ui::chart::scale::{Scale, Spread};
use crate::ui::chart::ticks::number_ticks;

/// Room above the axes for their names, below them, and beside the outer ones, in CSS pixels.
const ABOVE: f64 = 68.0;
const BELOW: f64 = 12.0;
const BESIDE: f64 = 92.0;
const HEIGHT: f64 = 340.0;
/// The least distance of two axes; a narrower page scrolls sideways.
const APART: f64 = 104.0;
/// The least distance of two ticks.
const ROW: f64 = 34.0;
const NAME_ROW: f64 = 14.0;

/// An axis in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) x: f64,
    pub(super) scale: Scale,
    /// The names on it; none for numbers.
    pub(super) categories: Vec<String>,
    /// Where something is written beside it, and what.
    pub(super) ticks: Vec<(f64, String)>,
    /// Where each line crosses it.
    pub(super) heights: Vec<Option<f64>>,
    /// How many lines do not cross it: without a value, with one that is not finite, at or below 0 on a logarithmic axis.
    pub(super) without: usize,
    /// Whether any value is above 0 and numbers can be spread by their ratios.
    pub(super) can_be_log: bool,
}

/// A whole picture, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) axes: Vec<Axis>,
}

/// The picture of the dimensions in `width` pixels or more; those in `logs` are logarithmic. `None` where there is no
/// room or there are no two axes.
pub(super) fn layout(dimensions: &[Dimension], logs: &[String], width: f64) -> Option<Layout> {
    if width < APART || dimensions.len() < 2 {
        return None;
    }
    let gaps = (dimensions.len() - 1) as f64;
    let width = width.max(gaps * APART + 2.0 * BESIDE);
    let apart = (width - 2.0 * BESIDE) / gaps;
    let (top, bottom) = (ABOVE, HEIGHT - BELOW);
    let axis = |(place, dimension): (usize, &Dimension)| {
        axis(dimension, logs.contains(&dimension.id), BESIDE + place as f64 * apart, (bottom, top))
    };
    Some(Layout {
        width,
        height: HEIGHT,
        top,
        bottom,
        axes: dimensions.iter().enumerate().map(axis).collect(),
    })
}

fn axis(dimension: &Dimension, log: bool, x: f64, pixels: (f64, f64)) -> Axis {
    let all = dimension.places();
    let is_number = matches!(dimension.values, Values::Numbers(_));
    let can_be_log = is_number && all.iter().flatten().any(|place| *place > 0.0);
    let log = log && can_be_log;
    let places: Vec<_> = all.into_iter().map(|place| place.filter(|place| !log || *place > 0.0)).collect();
    let categories: Vec<_> = dimension.categories().into_iter().map(str::to_owned).collect();
    let scale = if is_number {
        let known = || places.iter().flatten().copied();
        let ends = known().reduce(f64::min).zip(known().reduce(f64::max)).unwrap_or((0.0, 1.0));
        Scale::around(if log { Spread::Log } else { Spread::Linear }, ends, pixels)
    } else {
        let (start, end) = pixels;
        Scale { spread: Spread::Linear, from: -0.5, to: categories.len().max(1) as f64 - 0.5, start, end }
    };
    let heights: Vec<_> = places.iter().map(|place| place.map(|place| scale.map(place))).collect();
    let without = heights.iter().filter(|height| height.is_none()).count();
    let ticks = if is_number { numbers(&scale) } else { names(&scale, &categories) };
    let (id, name) = (dimension.id.clone(), dimension.name.clone());
    Axis { id, name, x, scale, categories, ticks, heights, without, can_be_log }
}

fn numbers(scale: &Scale) -> Vec<(f64, String)> {
    let count = ((scale.start - scale.end) / ROW) as usize;
    number_ticks(scale, count).into_iter().map(|tick| (scale.map(tick.value), tick.label)).collect()
}

/// As many names as there is room for, evenly chosen.
fn names(scale: &Scale, categories: &[String]) -> Vec<(f64, String)> {
    let room = (((scale.start - scale.end) / NAME_ROW) as usize).max(1);
    let stride = categories.len().div_ceil(room).max(1);
    let chosen = categories.iter().enumerate().step_by(stride);
    chosen.map(|(place, name)| (scale.map(place as f64), name.clone())).collect()
}

impl Axis {
    /// A place on the axis in words.
    pub(super) fn told(&self, place: f64, number: fn(f64) -> String) -> String {
        if self.categories.is_empty() {
            return number(place);
        }
        let nearest = place.round().clamp(0.0, self.categories.len() as f64 - 1.0);
        self.categories.get(nearest as usize).cloned().unwrap_or_default()
    }

    /// The place `by` steps further up: a step is a name, or a fortieth of the axis.
    pub(super) fn step(&self, place: f64, by: f64) -> f64 {
        let Scale { from, to, start, end, .. } = self.scale;
        let next = if self.categories.is_empty() {
            self.scale.invert(self.scale.map(place) + by * (end - start) / 40.0)
        } else {
            place + by
        };
        next.clamp(from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers_of(id: &str, values: &[Option<f64>]) -> Dimension {
        Dimension { id: id.to_owned(), name: id.to_owned(), values: Values::Numbers(values.to_vec()) }
    }

    fn names_of(id: &str, names: &[&str]) -> Dimension {
        let names = names.iter().map(|name| Some((*name).to_owned())).collect();
        Dimension { id: id.to_owned(), name: id.to_owned(), values: Values::Names(names) }
    }

    #[test]
    fn axes_stand_evenly_and_larger_values_higher() {
        let dimensions = [
            numbers_of("a", &[Some(1.0), Some(2.0)]),
            names_of("b", &["x", "y"]),
            numbers_of("c", &[None, None]),
        ];
        let plot = layout(&dimensions, &[], 800.0).unwrap();
        let xs: Vec<_> = plot.axes.iter().map(|axis| axis.x).collect();
        assert!((xs[1] - xs[0] - (xs[2] - xs[1])).abs() < 1e-9 && xs[2] < 800.0);
        for axis in &plot.axes[..2] {
            assert!(axis.heights[0].unwrap() > axis.heights[1].unwrap());
            assert!(axis.heights.iter().flatten().all(|y| (plot.top..=plot.bottom).contains(y)));
        }
        assert_eq!((plot.axes[2].without, plot.axes[2].can_be_log), (2, false));
    }

    #[test]
    fn a_narrow_page_scrolls_and_one_axis_is_no_picture() {
        let many: Vec<_> = (0..12).map(|n| numbers_of(&n.to_string(), &[Some(1.0)])).collect();
        assert!(layout(&many, &[], 390.0).unwrap().width > 1_000.0);
        assert_eq!(layout(&many[..1], &[], 390.0), None);
        assert_eq!(layout(&many, &[], 0.0), None);
    }

    #[test]
    fn a_logarithmic_axis_leaves_out_what_it_has_no_place_for() {
        let dimensions =
            [numbers_of("a", &[Some(0.0), Some(0.01), Some(1.0), Some(100.0)]), names_of("b", &["x"; 4])];
        let plot = layout(&dimensions, &["a".to_owned(), "b".to_owned()], 800.0).unwrap();
        let axis = &plot.axes[0];
        assert_eq!(axis.without, 1);
        let heights: Vec<_> = axis.heights.iter().flatten().collect();
        assert!(((heights[0] - heights[1]) - (heights[1] - heights[2])).abs() < 1e-6);
        assert_eq!(plot.axes[1].without, 0, "names have no logarithm");
    }

    #[test]
    fn keys_move_by_a_name_or_a_fortieth() {
        let dimensions = [numbers_of("a", &[Some(0.0), Some(10.0)]), names_of("b", &["x", "y", "z"])];
        let plot = layout(&dimensions, &[], 800.0).unwrap();
        let [a, b] = &plot.axes[..] else { panic!("two axes") };
        assert!((a.step(5.0, 4.0) - 6.1).abs() < 1e-6, "{}", a.step(5.0, 4.0));
        assert_eq!((b.step(-0.5, 1.0), b.step(2.5, 1.0)), (0.5, 2.5));
        assert_eq!(b.told(1.2, |number| number.to_string()), "y");
    }

    #[test]
    fn many_names_are_written_with_room() {
        let names: Vec<_> = (0..500).map(|n| n.to_string()).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let plot = layout(&[names_of("a", &names), names_of("b", &names)], &[], 800.0).unwrap();
        assert!(plot.axes[0].ticks.len() < 25);
    }
}
