//! What keys do, after the WAI-ARIA patterns for grids and tree grids.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::focus::{Place, Step};
use super::state::{TableState, is_cell};
use super::{RowView, ToggleRequest, column_menu, events, reorder, resize};

/// By how much Alt with an arrow widens a column, in CSS pixels.
const WIDEN: f64 = 16.0;

/// A key in the table.
pub(super) fn key_down(state: TableState, event: &KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let in_viewport =
        state.viewport.get_untracked().is_some_and(|viewport| target.is_same_node(Some(&viewport)));
    let place = state.active.get_untracked().within(state.bounds());
    let handled = if is_cell(&target) || in_viewport {
        of_heading(state, place, event) || toggle_by_key(state, place, event) || act(state, place, event)
    } else {
        event.key() == "Escape" && leave_control(state, place)
    };
    if handled {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn act(state: TableState, place: Place, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let control = event.ctrl_key() || event.meta_key();
    if event.alt_key() {
        return false;
    }
    if let Some(step) = Step::of_key(&key, control) {
        state.go_to(place.after(step, state.bounds()));
        return true;
    }
    match (key.as_str(), place.row()) {
        ("Enter", None) => events::sort(state, place.column, event.shift_key()),
        ("Enter", Some(row)) if events::edits_by_press(state, place, row) => {
            events::edit(state, place, row);
        }
        ("Enter", Some(row)) => enter(state, place, row),
        (" ", Some(row)) => space(state, place, row, event.shift_key()),
        ("x", Some(row)) if !control => events::select(state, row, false),
        ("X", Some(row)) if !control => events::select(state, row, true),
        ("a", _) if control => match state.model.on_select_all {
            Some(on_select_all) => on_select_all.run(()),
            None => return false,
        },
        (" ", None) if place.column == 0 => match state.model.on_select_all {
            Some(on_select_all) => on_select_all.run(()),
            None => return false,
        },
        ("F2", Some(row)) => {
            if !events::edit(state, place, row) {
                enter_cell(state, place);
            }
        }
        _ => return false,
    }
    true
}

/// Alt with an arrow changes the width of the column, with Shift as well its place; Alt with the arrow down, as the key
/// for menus, opens its menu.
fn of_heading(state: TableState, place: Place, event: &KeyboardEvent) -> bool {
    if place.row().is_some() {
        return false;
    }
    match (event.key().as_str(), event.alt_key(), event.shift_key()) {
        ("ArrowLeft", true, false) => resize::widen(state, place.column, -WIDEN),
        ("ArrowRight", true, false) => resize::widen(state, place.column, WIDEN),
        ("ArrowLeft", true, true) => reorder::step(state, place.column, false),
        ("ArrowRight", true, true) => reorder::step(state, place.column, true),
        ("ArrowDown", true, _) | ("ContextMenu", ..) | ("F10", _, true) => {
            return column_menu::open(state, place.column);
        }
        _ => return false,
    }
    true
}

/// Right opens and left closes a group from its first cell.
fn toggle_by_key(state: TableState, place: Place, event: &KeyboardEvent) -> bool {
    let open = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return false,
    };
    let first = usize::from(state.model.on_select.is_some());
    let Some(row) = place.row().filter(|_| place.column == first) else { return false };
    match state.row(row) {
        RowView::Group { expanded, .. } if expanded != open => {
            state.model.on_toggle.run(ToggleRequest { row, all: event.alt_key() });
            true
        }
        RowView::Group { .. } | RowView::Row { .. } | RowView::Loading => false,
    }
}

fn enter(state: TableState, place: Place, row: usize) {
    match state.row(row) {
        RowView::Loading => (),
        RowView::Group { .. } => state.model.on_toggle.run(ToggleRequest { row, all: false }),
        RowView::Row { .. } => match control_in(state, place, "a[href]") {
            Some(link) => link.click(),
            None => events::open(state, row),
        },
    }
}

fn space(state: TableState, place: Place, row: usize, extend: bool) {
    if state.model.on_select.is_some() && place.column == 0 {
        events::select(state, row, extend);
    } else {
        events::peek(state, row);
    }
}

/// Focuses the first control of the cell.
fn enter_cell(state: TableState, place: Place) {
    if let Some(control) = control_in(state, place, "a[href], button, input, select, textarea") {
        // Focusing can only fail for an element without a document.
        let _ = control.focus();
    }
}

/// Takes the focus from a control back to its cell.
fn leave_control(state: TableState, place: Place) -> bool {
    state.cell(place).is_some_and(|cell| cell.focus().is_ok())
}

fn control_in(state: TableState, place: Place, selector: &str) -> Option<HtmlElement> {
    state.cell(place)?.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
