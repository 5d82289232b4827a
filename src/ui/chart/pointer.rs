//! What the pointer does on a chart.

use leptos::ev::{PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::state::ChartState;

/// A shorter drag is a click, in CSS pixels.
const SHORTEST_DRAG: f64 = 4.0;

/// Moves the crosshair, and the far side of what is dragged over.
pub(super) fn moved(state: ChartState, event: &PointerEvent) {
    let Some((x, y)) = place(event) else { return };
    state.pointer.set(Some((x, y)));
    if let Some((from, _)) = state.brush.get_untracked() {
        state.brush.set(Some((from, x)));
    }
    if let Some(scene) = state.scene.get_untracked() {
        let window = scene.window();
        state.crosshair.0.set(Some(scene.x.invert(x).clamp(window.from, window.to)));
    }
}

/// Takes the crosshair away.
pub(super) fn left(state: ChartState) {
    state.pointer.set(None);
    if state.brush.get_untracked().is_none() {
        state.crosshair.0.set(None);
    }
}

/// Begins a drag.
pub(super) fn pressed(state: ChartState, event: &PointerEvent) {
    if event.button() != 0 {
        return;
    }
    let Some((x, _)) = place(event) else { return };
    if let Some(canvas) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without the capture the drag ends at the edge of the chart, nothing worse.
        let _ = canvas.set_pointer_capture(event.pointer_id());
    }
    state.brush.set(Some((x, x)));
}

/// Ends a drag and zooms to what was dragged over.
pub(super) fn released(state: ChartState) {
    let brush = state.brush.get_untracked();
    state.brush.set(None);
    if let (Some((from, to)), Some(scene)) = (brush, state.scene.get_untracked())
        && (to - from).abs() >= SHORTEST_DRAG
    {
        let window = super::window::Window { from: scene.x.invert(from), to: scene.x.invert(to) };
        state.zoom.0.set(window.within(scene.window()).unless_whole(scene.whole));
    }
}

/// Forgets a drag.
pub(super) fn cancelled(state: ChartState) {
    state.brush.set(None);
}

/// Zooms while Control or Command is held; without them the page scrolls.
pub(super) fn wheeled(state: ChartState, event: &WheelEvent) {
    if !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    event.prevent_default();
    if let (Some((x, _)), Some(scene)) = (place(event), state.scene.get_untracked()) {
        let factor = (-event.delta_y() / 300.0).clamp(-1.0, 1.0).exp();
        let zoomed = scene.zoomed(scene.x.invert(x), factor);
        state.zoom.0.set(zoomed.unless_whole(scene.whole));
    }
}

/// Where on the canvas, in CSS pixels.
fn place(event: &MouseEvent) -> Option<(f64, f64)> {
    let area = event.target()?.dyn_into::<Element>().ok()?.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top()))
}
