//! Paints what follows the pointer: the crosshair, the values on it, and what is dragged over.

use std::f64::consts::TAU;

use leptos::prelude::*;
use web_sys::CanvasRenderingContext2d;

use super::inks::{Inks, clear};
use super::reading::Reading;
use super::scene::Scene;
use super::state::ChartState;

/// The radius of a value on the crosshair, in CSS pixels.
const DOT: f64 = 3.5;

/// Paints the upper canvas.
pub(super) fn paint(state: ChartState) {
    let canvases = (state.overlay.try_get_untracked().flatten(), state.lines.try_get_untracked().flatten());
    let ((Some(canvas), Some(lines)), Some(scene)) = (canvases, state.scene.get_untracked()) else { return };
    let Some(context) = clear(&canvas, scene.sight.width, scene.sight.height) else { return };
    let inks = Inks::of(&lines);
    if let Some((from, to)) = state.brush.get_untracked() {
        brush(&context, &scene, &inks, (from.min(to), from.max(to)));
    }
    if let Some(reading) = state.reading.read_untracked().as_ref() {
        crosshair(&context, &scene, &inks, reading);
    }
}

fn brush(context: &CanvasRenderingContext2d, scene: &Scene, inks: &Inks, (from, to): (f64, f64)) {
    let (from, to) = (from.max(scene.area.left), to.min(scene.area.right));
    context.set_fill_style_str(&inks.mark);
    context.set_global_alpha(0.14);
    context.fill_rect(from, scene.area.top, to - from, scene.area.bottom - scene.area.top);
    context.set_global_alpha(1.0);
}

fn crosshair(context: &CanvasRenderingContext2d, scene: &Scene, inks: &Inks, reading: &Reading) {
    let x = scene.x.map(reading.x).round() + 0.5;
    context.set_line_width(1.0);
    context.set_stroke_style_str(&inks.text);
    context.begin_path();
    context.move_to(x, scene.area.top);
    context.line_to(x, scene.area.bottom);
    context.stroke();
    for value in &reading.values {
        let Some((x, y)) = value.dot else { continue };
        context.set_fill_style_str(value.colour.on(inks.dark));
        context.set_stroke_style_str(&inks.ground);
        context.begin_path();
        // A radius above 0 cannot fail.
        let _ = context.arc(x, y, DOT, 0.0, TAU);
        context.fill();
        context.stroke();
    }
}
