//! What keys do on a chart: the same as the pointer.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::gathered::Gathered;
use super::scene::Scene;
use super::state::ChartState;

/// By how much a key zooms.
const FACTOR: f64 = 1.5;
/// By which part of the window a key moves it.
const PART: f64 = 0.25;

/// A key on the canvas.
pub(super) fn pressed(state: ChartState, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(scene) = state.scene.get_untracked() else { return };
    match (event.key().as_str(), event.shift_key()) {
        ("ArrowLeft", true) => pan(state, &scene, -PART),
        ("ArrowRight", true) => pan(state, &scene, PART),
        ("ArrowLeft", false) => read(state, &scene, before),
        ("ArrowRight", false) => read(state, &scene, after),
        ("Home", _) => state.crosshair.0.set(Some(scene.x.from)),
        ("End", _) => state.crosshair.0.set(Some(scene.x.to)),
        ("+" | "=", _) => zoom(state, &scene, FACTOR),
        ("-", _) => zoom(state, &scene, 1.0 / FACTOR),
        ("0", _) => state.zoom.0.set(None),
        ("Escape", _) if state.crosshair.0.get_untracked().is_some() => state.crosshair.0.set(None),
        ("Escape", _) if state.zoom.0.get_untracked().is_some() => state.zoom.0.set(None),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Makes the shown part narrower by `factor` around the crosshair, or around its middle.
pub(super) fn zoom(state: ChartState, scene: &Scene, factor: f64) {
    let window = scene.window();
    let middle = scene.x.invert((scene.area.left + scene.area.right) / 2.0);
    let at = state.crosshair.0.get_untracked().unwrap_or(middle).clamp(window.from, window.to);
    state.zoom.0.set(scene.zoomed(at, factor).unless_whole(scene.whole));
}

fn pan(state: ChartState, scene: &Scene, part: f64) {
    state.zoom.0.set(scene.panned(part).unless_whole(scene.whole));
}

/// Moves the crosshair to the sample that `next` finds; to the first one shown when there is none yet.
fn read(state: ChartState, scene: &Scene, next: impl Fn(&Gathered, f64) -> Option<f64>) {
    let window = scene.window();
    let present = state.crosshair.0.get_untracked().filter(|x| (window.from..=window.to).contains(x));
    let gathered = state.gathered.get_untracked();
    let place = match present {
        Some(x) => next(&gathered, x).filter(|x| (window.from..=window.to).contains(x)),
        None => Some(window.from),
    };
    state.pointer.set(None);
    if let Some(x) = place {
        state.crosshair.0.set(Some(x));
    }
}

fn before(gathered: &Gathered, x: f64) -> Option<f64> {
    let points = gathered.series.iter().map(|series| &series.points);
    points
        .filter_map(|points| Some(points.get(points.partition_point(|place| place < x).checked_sub(1)?)?.x))
        .max_by(f64::total_cmp)
}

fn after(gathered: &Gathered, x: f64) -> Option<f64> {
    let points = gathered.series.iter().map(|series| &series.points);
    points
        .filter_map(|points| Some(points.get(points.partition_point(|place| place <= x))?.x))
        .min_by(f64::total_cmp)
}
