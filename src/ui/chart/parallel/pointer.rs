//! What the pointer does on a chart of parallel axes.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::chart::Parallel;
use super::layout::{Axis, Layout};

/// A line is read from this far away, and a shorter drag is a click, in CSS pixels.
const REACH: f64 = 10.0;
const SHORTEST_DRAG: f64 = 4.0;

/// What is being dragged.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Drag {
    /// A brush over the axis with this id: from where to where, from its top.
    Brush(String, f64, f64),
    /// The axis with this id.
    Axis(String),
}

impl Drag {
    /// Whether the axis itself is dragged.
    pub(super) fn moves(&self, id: &str) -> bool {
        matches!(self, Self::Axis(own) if own == id)
    }
}

/// Looks at a part of an axis, or at all of it.
pub(super) fn brush(parallel: Parallel, axis: &Axis, (low, high): (f64, f64)) {
    let whole = low <= axis.scale.from && high >= axis.scale.to;
    parallel.brushes.update(|brushes| {
        if whole {
            brushes.remove(&axis.id);
        } else {
            brushes.insert(axis.id.clone(), (low, high));
        }
    });
}

pub(super) fn brush_begins(axis: Memo<Option<Axis>>, drag: RwSignal<Option<Drag>>, event: &PointerEvent) {
    let Some(id) = axis.read_untracked().as_ref().map(|axis| axis.id.clone()) else { return };
    if let Some((_, y)) = place(event).filter(|_| event.button() == 0) {
        capture(event);
        drag.set(Some(Drag::Brush(id, y, y)));
    }
}

pub(super) fn brush_moves(
    parallel: Parallel,
    axis: Memo<Option<Axis>>,
    drag: RwSignal<Option<Drag>>,
    event: &PointerEvent,
) {
    let axis = axis.read_untracked();
    let (Some(axis), Some((_, y)), Some(Drag::Brush(id, from, _))) =
        (axis.as_ref(), place(event), drag.get_untracked())
    else {
        return;
    };
    if (y - from).abs() >= SHORTEST_DRAG {
        let at = |y: f64| axis.scale.invert((axis.scale.end + y).clamp(axis.scale.end, axis.scale.start));
        brush(parallel, axis, (at(from.max(y)), at(from.min(y))));
    }
    drag.set(Some(Drag::Brush(id, from, y)));
}

/// Ends a drag; a click looks at the whole axis again.
pub(super) fn brush_ends(parallel: Parallel, axis: Memo<Option<Axis>>, drag: RwSignal<Option<Drag>>) {
    let axis = axis.read_untracked();
    if let (Some(axis), Some(Drag::Brush(_, from, to))) = (axis.as_ref(), drag.get_untracked())
        && (to - from).abs() < SHORTEST_DRAG
    {
        brush(parallel, axis, (axis.scale.from, axis.scale.to));
    }
    drag.set(None);
}

pub(super) fn move_begins(id: &str, drag: RwSignal<Option<Drag>>, event: &PointerEvent) {
    if event.button() == 0 {
        capture(event);
        drag.set(Some(Drag::Axis(id.to_owned())));
    }
}

/// Puts the dragged axis where the pointer is.
pub(super) fn axis_moves(parallel: Parallel, drag: RwSignal<Option<Drag>>, event: &PointerEvent) {
    let plot = parallel.plot.get_untracked();
    let canvas = parallel.canvas.get_untracked();
    let (Some(plot), Some(canvas), Some(Drag::Axis(id))) = (plot.as_ref(), canvas, drag.get_untracked())
    else {
        return;
    };
    let x = f64::from(event.client_x()) - canvas.get_bounding_client_rect().left();
    let nearest =
        plot.axes.iter().enumerate().min_by(|(_, a), (_, b)| (a.x - x).abs().total_cmp(&(b.x - x).abs()));
    let own = plot.axes.iter().position(|axis| axis.id == id);
    if let (Some((to, _)), Some(from)) = (nearest, own) {
        order(parallel, plot, from, to);
    }
}

/// Puts an axis by so many places further to the right.
pub(super) fn put(parallel: Parallel, id: &str, by: isize) {
    let plot = parallel.plot.get_untracked();
    let Some(plot) = plot.as_ref() else { return };
    let from = plot.axes.iter().position(|axis| axis.id == id);
    let to = from.and_then(|from| from.checked_add_signed(by)).filter(|to| *to < plot.axes.len());
    if let (Some(from), Some(to)) = (from, to) {
        order(parallel, plot, from, to);
    }
}

fn order(parallel: Parallel, plot: &Layout, from: usize, to: usize) {
    if from == to {
        return;
    }
    let mut ids: Vec<_> = plot.axes.iter().map(|axis| axis.id.clone()).collect();
    let moved = ids.remove(from);
    ids.insert(to, moved);
    parallel.on_order.run(ids);
}

/// Reads the line that is nearest to the pointer, of those that pass.
pub(super) fn pointed(parallel: Parallel, event: &PointerEvent) {
    let plot = parallel.plot.read_untracked();
    let (Some(plot), Some((x, y))) = (plot.as_ref(), place(event)) else { return };
    let passing = parallel.passing.read_untracked();
    let passes = |line: &usize| passing.get(*line).copied().unwrap_or_default();
    let nearest = nearest(plot, (x, y), passing.len(), passes);
    drop(passing);
    parallel.by_key.set(false);
    if parallel.current.get_untracked() != nearest {
        parallel.current.set(nearest);
    }
}

/// The line that comes nearest to a place, within reach.
fn nearest(
    plot: &Layout,
    (x, y): (f64, f64),
    lines: usize,
    counts: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let right = plot.axes.iter().position(|axis| axis.x >= x)?;
    let (left, right) = (plot.axes.get(right.checked_sub(1)?)?, plot.axes.get(right)?);
    let part = (x - left.x) / (right.x - left.x);
    let height = |line: usize| {
        let (from, to) = (left.heights.get(line).copied()??, right.heights.get(line).copied()??);
        Some((from + (to - from) * part - y).abs())
    };
    let near = (0..lines).filter(counts).filter_map(|line| Some((line, height(line)?)));
    near.filter(|(_, distance)| *distance <= REACH).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(line, _)| line)
}

fn capture(event: &PointerEvent) {
    if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without the capture the drag ends at the edge of the element, nothing worse.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Where on the element, in CSS pixels.
fn place(event: &MouseEvent) -> Option<(f64, f64)> {
    let area = event.target()?.dyn_into::<Element>().ok()?.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top()))
}

#[cfg(test)]
mod tests {
    use super::super::dimension::{Dimension, Values};
    use super::super::layout::layout;
    use super::*;

    #[test]
    fn the_line_under_the_pointer_is_found_between_its_axes() {
        let numbers = |id: &str, values: [Option<f64>; 3]| Dimension {
            id: id.to_owned(),
            name: id.to_owned(),
            values: Values::Numbers(values.to_vec()),
        };
        let dimensions =
            [numbers("a", [Some(0.0), Some(10.0), None]), numbers("b", [Some(0.0), Some(10.0), Some(5.0)])];
        let plot = layout(&dimensions, &[], 600.0).unwrap();
        let at = |value: f64| (300.0, plot.axes[0].scale.map(value));
        assert_eq!(nearest(&plot, at(0.1), 3, |_| true), Some(0));
        assert_eq!(nearest(&plot, at(9.9), 3, |_| true), Some(1));
        assert_eq!(nearest(&plot, at(9.9), 3, |line| *line != 1), None);
        assert_eq!(nearest(&plot, at(5.0), 3, |_| true), None, "a line without a value leads nowhere");
    }
}
