//! The colours to paint with, read from the style sheets.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

/// The colours of the present theme, as CSS.
pub(super) struct Inks {
    /// Labels.
    pub(super) text: String,
    /// Lines behind the data.
    pub(super) grid: String,
    /// The crosshair and what is dragged over.
    pub(super) mark: String,
    /// What lies below all.
    pub(super) ground: String,
    /// The font of labels.
    pub(super) font: String,
    /// Whether the ground is dark.
    pub(super) dark: bool,
}

impl Inks {
    /// Reads them from properties that take part in no painting of a canvas by the browser, because custom
    /// properties would come unresolved.
    pub(super) fn of(canvas: &Element) -> Self {
        let style = window().get_computed_style(canvas).ok().flatten();
        let read = |property: &str| {
            style.as_ref().and_then(|style| style.get_property_value(property).ok()).unwrap_or_default()
        };
        Self {
            text: read("color"),
            grid: read("border-top-color"),
            mark: read("caret-color"),
            ground: read("column-rule-color"),
            font: format!("{} {}", read("font-size"), read("font-family")),
            dark: is_dark(),
        }
    }
}

/// Whether the present theme has a dark ground.
pub(crate) fn is_dark() -> bool {
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

/// Clears a canvas for a picture of `width` by `height` CSS pixels and makes these its unit.
pub(super) fn clear(canvas: &HtmlCanvasElement, width: f64, height: f64) -> Option<CanvasRenderingContext2d> {
    let ratio = window().device_pixel_ratio();
    let (wide, high) = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    if canvas.width() != wide || canvas.height() != high {
        canvas.set_width(wide);
        canvas.set_height(high);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, width, height);
    Some(context)
}
