//! Paints the lines and what is written beside the axes.

use std::collections::BTreeMap;

use leptos::prelude::*;
use web_sys::CanvasRenderingContext2d;

use super::chart::Parallel;
use super::layout::Layout;
use crate::ui::chart::inks::{Inks, clear};

/// How wide lines are, in CSS pixels, and how much is seen of those that do not pass.
const LINE: f64 = 1.25;
const STRONG: f64 = 3.0;
const FAINT: f64 = 0.55;

/// Paints the canvas.
pub(super) fn paint(parallel: Parallel) {
    let Some(canvas) = parallel.canvas.try_get_untracked().flatten() else { return };
    let plot = parallel.plot.get_untracked();
    let Some(plot) = plot.as_ref() else { return };
    let Some(context) = clear(&canvas, plot.width, plot.height) else { return };
    let inks = Inks::of(&canvas);
    let (strands, passing) = (parallel.strands.read_untracked(), parallel.passing.read_untracked());
    context.set_line_join("round");
    let passes = |line: usize| passing.get(line).copied().unwrap_or_default();
    context.set_line_width(LINE);
    // One path for each colour: thousands of lines are a dozen strokes.
    let mut behind = Vec::new();
    let mut before: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (line, strand) in strands.iter().enumerate() {
        match passes(line) {
            true => before.entry(strand.colour.on(inks.dark)).or_default().push(line),
            false => behind.push(line),
        }
    }
    context.set_global_alpha(FAINT);
    stroke(&context, plot, &inks.grid, &behind);
    context.set_global_alpha(alpha(strands.len() - behind.len()));
    for (colour, lines) in &before {
        stroke(&context, plot, colour, lines);
    }
    context.set_global_alpha(1.0);
    let current = parallel.current.get_untracked();
    if let Some((line, strand)) = current.and_then(|line| Some((line, strands.get(line)?))) {
        context.set_line_width(STRONG);
        stroke(&context, plot, strand.colour.on(inks.dark), &[line]);
    }
    axes(&context, plot, &inks);
}

/// Many lines are thinned, so that it is seen where they are dense.
fn alpha(lines: usize) -> f64 {
    match lines {
        0..=60 => 1.0,
        61..=300 => 0.7,
        301..=1_000 => 0.45,
        _ => 0.3,
    }
}

fn stroke(context: &CanvasRenderingContext2d, plot: &Layout, colour: &str, lines: &[usize]) {
    context.set_stroke_style_str(colour);
    context.begin_path();
    for line in lines {
        let mut leads_on = false;
        for axis in &plot.axes {
            match axis.heights.get(*line).copied().flatten() {
                // A line does not cross an axis on which it has no value.
                None => leads_on = false,
                Some(y) if leads_on => context.line_to(axis.x, y),
                Some(y) => {
                    context.move_to(axis.x - 2.0, y);
                    context.line_to(axis.x, y);
                    leads_on = true;
                }
            }
        }
    }
    context.stroke();
}

fn axes(context: &CanvasRenderingContext2d, plot: &Layout, inks: &Inks) {
    context.set_font(&inks.font);
    context.set_text_baseline("middle");
    context.set_text_align("right");
    context.set_line_width(1.0);
    for axis in &plot.axes {
        context.set_stroke_style_str(&inks.text);
        context.begin_path();
        context.move_to(axis.x.round() + 0.5, plot.top);
        context.line_to(axis.x.round() + 0.5, plot.bottom);
        context.stroke();
        // The ground around the letters keeps them readable over lines.
        context.set_stroke_style_str(&inks.ground);
        context.set_fill_style_str(&inks.text);
        context.set_line_width(3.0);
        for (y, label) in &axis.ticks {
            let text = shortened(label);
            // Text that cannot be painted leaves the rest as it is.
            let _ = context.stroke_text(&text, axis.x - 9.0, *y);
            let _ = context.fill_text(&text, axis.x - 9.0, *y);
        }
        context.set_line_width(1.0);
    }
}

/// As much of a name as there is room for beside an axis.
pub(super) fn shortened(label: &str) -> String {
    const MOST: usize = 10;
    match label.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_owned(),
    }
}
