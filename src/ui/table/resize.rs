//! Changes the width of a column: by its edge, by key, or to fit.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::hit::Hit;
use super::layout::{MAX_WIDTH, MIN_WIDTH};
use super::state::TableState;

/// Room beside the longest content, in CSS pixels.
const SLACK: f64 = 2.0;

/// A column whose edge is held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    place: usize,
    from: f64,
    width: f64,
}

/// Takes hold of an edge.
pub(super) fn grab(state: TableState, hold: StoredValue<Option<Hold>>, event: &PointerEvent) {
    let Some(hit) = Hit::of(event).filter(|hit| hit.is_in(".table-edge")) else { return };
    if let Some(edge) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without the capture the edge is lost when the pointer leaves the table, nothing worse.
        let _ = edge.set_pointer_capture(event.pointer_id());
    }
    event.prevent_default();
    let place = hit.place.column;
    hold.set_value(Some(Hold { place, from: f64::from(event.client_x()), width: width(state, place) }));
}

/// Moves the edge that is held.
pub(super) fn drag(state: TableState, hold: StoredValue<Option<Hold>>, event: &PointerEvent) {
    if let Some(Hold { place, from, width }) = hold.get_value() {
        set(state, place, width + f64::from(event.client_x()) - from);
    }
}

/// Lets the edge go and tells the owner.
pub(super) fn release(state: TableState, hold: StoredValue<Option<Hold>>) {
    if let Some(Hold { place, .. }) = hold.try_update_value(Option::take).flatten() {
        tell(state, place);
    }
}

/// Makes the column at `place` wider by `by` CSS pixels.
pub(super) fn widen(state: TableState, place: usize, by: f64) {
    set(state, place, width(state, place) + by);
    tell(state, place);
}

/// Makes the column at `place` as wide as the longest content that is mounted.
pub(super) fn fit(state: TableState, place: usize) {
    let Some(viewport) = state.viewport.get_untracked() else { return };
    let before = width(state, place);
    // Content reports its own width only in a column that is too narrow for it.
    set_template(state, &viewport, place, MIN_WIDTH);
    let mut longest = MIN_WIDTH;
    if let Ok(cells) = viewport.query_selector_all(&format!("[data-column=\"{place}\"]")) {
        for index in 0..cells.length() {
            if let Some(cell) = cells.get(index).and_then(|cell| cell.dyn_into::<Element>().ok()) {
                longest = longest.max(f64::from(cell.scroll_width()) + SLACK);
            }
        }
    }
    set_template(state, &viewport, place, before);
    set(state, place, longest);
    tell(state, place);
}

fn width(state: TableState, place: usize) -> f64 {
    state.layout.read_untracked().columns.get(place).map_or(MIN_WIDTH, |placed| placed.width)
}

fn set(state: TableState, place: usize, width: f64) {
    if let Some(id) = state.column_id(place) {
        state.widths.update(|widths| {
            widths.insert(id, width.round().clamp(MIN_WIDTH, MAX_WIDTH));
        });
    }
}

fn tell(state: TableState, place: usize) {
    if let (Some(on_resize), Some(id)) = (state.model.on_resize, state.column_id(place)) {
        on_resize.run((id, width(state, place)));
    }
}

fn set_template(state: TableState, viewport: &web_sys::HtmlElement, place: usize, width: f64) {
    let mut layout = state.layout.get_untracked();
    if let Some(placed) = layout.columns.get_mut(place) {
        placed.width = width;
    }
    // Assigning a declared custom property cannot fail.
    let _ = viewport.style().set_property("--table-columns", &layout.template());
}
