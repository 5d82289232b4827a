//! Paints axes and lines.

use std::f64::consts::TAU;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::dash::Dash;
use super::gathered::Gathered;
use super::inks::{Inks, clear};
use super::reduce::Column;
use super::scene::{DIGIT, Scene};
use super::series::Points;
use super::state::ChartState;

/// The width of a line, of one that is pointed at, and the radius of a lone point, in CSS pixels.
const LINE: f64 = 1.5;
const STRONG: f64 = 2.5;
const DOT: f64 = 2.5;
/// How much of the other lines is seen while one is pointed at.
const FAINT: f64 = 0.3;
/// How much is seen of what was before smoothing.
const RAW: f64 = 0.25;
/// How much of the ground the range of a band covers.
const RANGE: f64 = 0.22;
/// Bands that are further apart than this are drawn as an area, in CSS pixels.
pub(super) const APART: f64 = 1.5;

/// Paints the canvas of the lines; `emphasis` is the number of the series that is pointed at.
pub(super) fn paint(state: ChartState, emphasis: Option<usize>) {
    let Some(canvas) = state.lines.try_get_untracked().flatten() else { return };
    let scene = state.scene.get_untracked();
    let (width, height) = scene.as_ref().map_or((0.0, 0.0), |scene| (scene.sight.width, scene.sight.height));
    if let (Some(context), Some(scene)) = (clear(&canvas, width, height), scene) {
        picture(&context, &scene, &state.gathered.get_untracked(), &Inks::of(&canvas), emphasis);
    }
}

/// Paints everything on a canvas whose unit is the CSS pixel.
pub(super) fn picture(
    context: &CanvasRenderingContext2d,
    scene: &Scene,
    gathered: &Gathered,
    inks: &Inks,
    emphasis: Option<usize>,
) {
    axes(context, scene, inks);
    let area = scene.area;
    context.save();
    context.begin_path();
    context.rect(
        area.left - DOT,
        area.top - DOT,
        area.right - area.left + 2.0 * DOT,
        area.bottom - area.top + DOT,
    );
    context.clip();
    context.set_line_join("round");
    // The line that is pointed at lies on top.
    let order = (0..scene.lines.len()).filter(|n| Some(*n) != emphasis).chain(emphasis);
    for number in order {
        let (Some(columns), Some(series)) = (scene.lines.get(number), gathered.series.get(number)) else {
            continue;
        };
        let faint = emphasis.is_some_and(|chosen| chosen != number);
        let alpha = if faint { FAINT } else { 1.0 };
        let colour = series.colour.on(inks.dark);
        context.set_stroke_style_str(colour);
        context.set_fill_style_str(colour);
        broken(context, Dash::Solid);
        if let Some(raw) = scene.raw.get(number) {
            context.set_global_alpha(alpha * RAW);
            context.set_line_width(LINE);
            line(context, scene, raw, true);
        }
        context.set_global_alpha(alpha);
        context.set_line_width(if emphasis == Some(number) { STRONG } else { LINE });
        let apart = columns.len() as f64 * APART < area.right - area.left;
        let ranges = apart && matches!(series.points, Points::Bands(_));
        if ranges {
            range(context, scene, columns);
        }
        broken(context, series.dash);
        line(context, scene, columns, !ranges);
    }
    context.restore();
}

/// Breaks the lines that follow.
pub(super) fn broken(context: &CanvasRenderingContext2d, dash: Dash) {
    let pieces: js_sys::Array = dash.pattern().iter().map(|length| JsValue::from_f64(*length)).collect();
    // A pattern that the browser does not take leaves the line whole.
    let _ = context.set_line_dash(&pieces);
}

/// Fills what lies between the smallest and the largest values.
fn range(context: &CanvasRenderingContext2d, scene: &Scene, columns: &[Column]) {
    let alpha = context.global_alpha();
    context.set_global_alpha(alpha * RANGE);
    for piece in columns.chunk_by(|_, next| !next.after_gap) {
        context.begin_path();
        for column in piece {
            context.line_to(scene.x.map(column.x), scene.y.map(column.high));
        }
        for column in piece.iter().rev() {
            context.line_to(scene.x.map(column.x), scene.y.map(column.low));
        }
        context.fill();
    }
    context.set_global_alpha(alpha);
}

/// Draws from value to value; with `whole` over all values of a column, so that no spike is lost.
fn line(context: &CanvasRenderingContext2d, scene: &Scene, columns: &[Column], whole: bool) {
    let y = |value: f64| scene.y.map(value);
    context.begin_path();
    for column in columns {
        let x = scene.x.map(column.x);
        if column.after_gap {
            context.move_to(x, y(column.first));
        } else {
            // The first of a path moves by itself.
            context.line_to(x, y(column.first));
        }
        if whole && column.low < column.high {
            context.line_to(x, y(column.low));
            context.line_to(x, y(column.high));
            context.line_to(x, y(column.last));
        }
    }
    context.stroke();
    for (n, column) in columns.iter().enumerate() {
        let alone = (n == 0 || column.after_gap) && columns.get(n + 1).is_none_or(|next| next.after_gap);
        if alone {
            context.begin_path();
            // A radius above 0 cannot fail.
            let _ = context.arc(scene.x.map(column.x), y(column.last), DOT, 0.0, TAU);
            context.fill();
        }
    }
}

fn axes(context: &CanvasRenderingContext2d, scene: &Scene, inks: &Inks) {
    let area = scene.area;
    context.set_font(&inks.font);
    context.set_line_width(1.0);
    context.set_stroke_style_str(&inks.grid);
    context.set_fill_style_str(&inks.text);
    context.begin_path();
    for tick in &scene.y_ticks {
        // Half a pixel, so that hairlines fall on pixels.
        let y = scene.y.map(tick.value).round() + 0.5;
        context.move_to(area.left, y);
        context.line_to(area.right, y);
    }
    context.stroke();
    context.set_text_baseline("middle");
    context.set_text_align("right");
    for tick in &scene.y_ticks {
        write(context, &tick.label, area.left - 6.0, scene.y.map(tick.value));
    }
    context.set_text_baseline("top");
    context.set_text_align("center");
    let mut taken = 0.0;
    for tick in &scene.x_ticks {
        let half = tick.label.chars().count() as f64 * DIGIT / 2.0;
        let x = scene.x.map(tick.value).min(scene.sight.width - half).max(half);
        // A label that would run into the one before it is left out; its tick would not be read anyway.
        if x - half >= taken {
            write(context, &tick.label, x, area.bottom + 6.0);
            taken = x + half;
        }
    }
}

fn write(context: &CanvasRenderingContext2d, text: &str, x: f64, y: f64) {
    // Text that cannot be painted leaves the rest of the chart as it is.
    let _ = context.fill_text(text, x, y);
}
