//! Everything that is drawn, in pixels and in order, before a canvas is touched.

use super::gathered::Gathered;
use super::reduce::{Column, Cut, reduce};
use super::scale::{Scale, Spread};
use super::series::{AxisKind, Points, Sample, Series};
use super::ticks::{Tick, number_ticks};
use super::time_ticks::time_ticks;
use super::window::Window;

/// A rectangle in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// What the person chose to see.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// The size of the canvas, in CSS pixels.
    pub(super) width: f64,
    pub(super) height: f64,
    /// The part of the horizontal axis; `None` for all of it.
    pub(super) zoom: Option<(f64, f64)>,
    pub(super) y_log: bool,
    /// For numbers only: moments have no logarithm.
    pub(super) x_log: bool,
    pub(super) kind: AxisKind,
    /// How far local clocks are ahead of UTC, in milliseconds.
    pub(super) offset: i64,
}

/// A chart, ready to be painted.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) sight: Sight,
    pub(super) area: Area,
    pub(super) whole: Window,
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) x_ticks: Vec<Tick>,
    pub(super) y_ticks: Vec<Tick>,
    /// One line for each series, in their order.
    pub(super) lines: Vec<Vec<Column>>,
    /// For each series what it was before it was smoothed; empty where it was not.
    pub(super) raw: Vec<Vec<Column>>,
}

/// The width of a digit of the labels, in CSS pixels, rounded up.
pub(super) const DIGIT: f64 = 6.6;
/// The least distance between labels, in CSS pixels.
const ROW: f64 = 36.0;
const COLUMN: f64 = 60.0;
/// The room above and at the right of the plot, and below it for the labels.
const TOP: f64 = 8.0;
const RIGHT: f64 = 12.0;
const BOTTOM: f64 = 22.0;

impl Scene {
    /// `None` when there is nothing to draw, or no room for it.
    pub(super) fn new(gathered: &Gathered, sight: Sight) -> Option<Self> {
        let whole = if sight.x_log { gathered.positive? } else { gathered.whole? };
        let Sight { width, height, .. } = sight;
        if width < 80.0 || height < 60.0 {
            return None;
        }
        let window = sight.zoom.map_or(whole, |(from, to)| Window { from, to }.within(whole));
        let line = |series: &Series, points: &Points| line(points, &series.gaps, window, sight);
        let lines: Vec<_> = gathered.series.iter().map(|series| line(series, &series.points)).collect();
        let raw = |series: &Series| series.raw.as_ref().map(|raw| line(series, raw)).unwrap_or_default();
        let raw: Vec<_> = gathered.series.iter().map(raw).collect();
        let bottom = height - BOTTOM;
        let drawn = || lines.iter().chain(&raw).flatten();
        let y = Scale::around(spread(sight.y_log), values(drawn, window, sight.y_log)?, (bottom, TOP));
        let y_ticks = number_ticks(&y, ((bottom - TOP) / ROW) as usize);
        let longest = y_ticks.iter().map(|tick| tick.label.chars().count()).max().unwrap_or(0);
        let area = Area { left: longest as f64 * DIGIT + 12.0, top: TOP, right: width - RIGHT, bottom };
        let x = horizontal(window, whole, area, sight.x_log);
        let count = ((area.right - area.left) / COLUMN) as usize;
        let x_ticks = match sight.kind {
            AxisKind::Number => number_ticks(&x, count),
            AxisKind::Time => time_ticks(&x, count, sight.offset),
        };
        Some(Self { sight, area, whole, x, y, x_ticks, y_ticks, lines, raw })
    }

    /// The part that is shown, narrower by `factor` (wider when below 1), with what is at `at` staying in its place.
    pub(super) fn zoomed(&self, at: f64, factor: f64) -> Window {
        self.even(|shown, whole| {
            let at = if self.sight.x_log { at.ln() } else { at };
            shown.zoomed(at, factor, whole)
        })
    }

    /// The part that is shown, moved by `part` of its width.
    pub(super) fn panned(&self, part: f64) -> Window {
        self.even(|shown, whole| shown.panned(part, whole))
    }

    /// What `change` makes of the part that is shown and of the whole, where equal distances look equal.
    fn even(&self, change: impl Fn(Window, Window) -> Window) -> Window {
        if !self.sight.x_log {
            return change(self.window(), self.whole);
        }
        let logarithms = |Window { from, to }: Window| Window { from: from.ln(), to: to.ln() };
        let (shown, whole) = (logarithms(self.window()), logarithms(self.whole));
        let changed = change(shown, whole);
        if changed == whole {
            // Not what rounding makes of it.
            return self.whole;
        }
        Window { from: changed.from.exp(), to: changed.to.exp() }.within(self.whole)
    }

    /// The part of the horizontal axis that is shown.
    pub(super) fn window(&self) -> Window {
        Window { from: self.x.from, to: self.x.to }
    }
}

fn spread(log: bool) -> Spread {
    if log { Spread::Log } else { Spread::Linear }
}

fn horizontal(window: Window, whole: Window, area: Area, log: bool) -> Scale {
    let Window { from, to } = window.within(whole);
    Scale { spread: spread(log), from, to, start: area.left, end: area.right }
}

fn line(points: &Points, gaps: &[f64], window: Window, sight: Sight) -> Vec<Column> {
    let Window { from, to } = window;
    let cut = Cut { from, to, columns: sight.width as usize, spread: spread(sight.x_log) };
    match points {
        Points::Exact(points) => reduce(points, cut, gaps, |point| drawable(point, sight)),
        Points::Bands(bands) => reduce(bands, cut, gaps, |band| drawable(band, sight)),
    }
}

fn drawable(sample: &impl Sample, sight: Sight) -> bool {
    (!sight.y_log || sample.high() > 0.0) && (!sight.x_log || sample.x() > 0.0)
}

/// The smallest and the largest value in `window`; of all columns when none is in it.
fn values<'a, I: Iterator<Item = &'a Column>>(
    columns: impl Fn() -> I,
    window: Window,
    y_log: bool,
) -> Option<(f64, f64)> {
    let ends = |inside: bool| {
        columns()
            .filter(|column| !inside || (window.from..=window.to).contains(&column.x))
            .flat_map(|column| [column.low, column.high])
            .filter(|value| !y_log || *value > 0.0)
            .fold(None, |ends: Option<(f64, f64)>, value| {
                let (low, high) = ends.unwrap_or((value, value));
                Some((low.min(value), high.max(value)))
            })
    };
    ends(true).or_else(|| ends(false))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Scene, Sight};
    use crate::ui::chart::gathered::Gathered;
    use crate::ui::chart::palette::Colour;
    use crate::ui::chart::series::{AxisKind, Band, Point, Points, Series};

    const SIGHT: Sight = Sight {
        width: 400.0,
        height: 200.0,
        zoom: None,
        y_log: false,
        x_log: false,
        kind: AxisKind::Number,
        offset: 0,
    };

    fn gathered(points: Points) -> Gathered {
        Gathered::new(&[Series::new("a", "a", Colour::nth(0), points)])
    }

    fn ramp(count: usize) -> Gathered {
        let points: Arc<[Point]> = (0..count).map(|x| Point { x: x as f64, y: x as f64 - 10.0 }).collect();
        gathered(Points::Exact(points))
    }

    #[test]
    fn every_line_and_label_lies_in_the_canvas() {
        let scene = Scene::new(&ramp(100_000), SIGHT).unwrap();
        assert!(scene.lines[0].len() <= 402);
        for column in &scene.lines[0] {
            let (x, y) = (scene.x.map(column.x), scene.y.map(column.high));
            assert!((scene.area.left..=scene.area.right).contains(&x), "{x}");
            assert!((scene.area.top..=scene.area.bottom).contains(&y), "{y}");
        }
        assert!(scene.x_ticks.len() >= 3 && scene.y_ticks.len() >= 3);
    }

    #[test]
    fn the_vertical_axis_fits_what_is_shown() {
        let scene = Scene::new(&ramp(1_000), Sight { zoom: Some((100.0, 200.0)), ..SIGHT }).unwrap();
        assert_eq!((scene.x.from, scene.x.to), (100.0, 200.0));
        assert!(scene.y.from > 80.0 && scene.y.to < 200.0, "{:?}", scene.y);
    }

    #[test]
    fn a_logarithmic_axis_leaves_out_what_it_has_no_place_for() {
        let scene = Scene::new(&ramp(100), Sight { y_log: true, ..SIGHT }).unwrap();
        assert!(scene.lines[0].iter().all(|column| column.low > 0.0));
        assert!(Scene::new(&ramp(5), Sight { y_log: true, ..SIGHT }).is_none());
    }

    #[test]
    fn a_logarithmic_horizontal_axis_begins_above_zero_and_is_zoomed_evenly() {
        let scene = Scene::new(&ramp(1_001), Sight { x_log: true, ..SIGHT }).unwrap();
        assert_eq!((scene.x.from, scene.x.to), (1.0, 1_000.0));
        let middle = (scene.area.left + scene.area.right) / 2.0;
        let at = scene.x.invert(middle);
        assert!((at - 1_000f64.sqrt()).abs() < 1e-9, "{at}");
        let zoomed = scene.zoomed(at, 3.0);
        assert!((zoomed.from - 10.0).abs() < 1e-9 && (zoomed.to - 100.0).abs() < 1e-9, "{zoomed:?}");
        assert_eq!(scene.zoomed(at, 0.5), scene.whole);
        assert!(Scene::new(&ramp(1), Sight { x_log: true, ..SIGHT }).is_none());
    }

    #[test]
    fn what_was_before_smoothing_has_room_too() {
        let mut gathered = ramp(10);
        let raw: Arc<[Point]> = [Point { x: 0.0, y: 500.0 }].into();
        gathered.series[0].raw = Some(Points::Exact(raw));
        let scene = Scene::new(&gathered, SIGHT).unwrap();
        assert!(scene.y.to > 500.0);
        assert_eq!(scene.raw[0].len(), 1);
    }

    #[test]
    fn a_band_below_zero_reaches_the_bottom_of_a_logarithmic_axis() {
        let bands: Arc<[Band]> = [Band { x: 0.0, low: -1.0, high: 100.0, last: 10.0 }].into();
        let scene = Scene::new(&gathered(Points::Bands(bands)), Sight { y_log: true, ..SIGHT }).unwrap();
        assert!(scene.y.map(scene.lines[0][0].low) > scene.area.bottom);
    }

    #[test]
    fn a_single_point_stands_in_the_middle() {
        let scene = Scene::new(&ramp(1), SIGHT).unwrap();
        let middle = (scene.area.left + scene.area.right) / 2.0;
        assert!((scene.x.map(0.0) - middle).abs() < 1.0);
    }
}
