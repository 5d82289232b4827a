//! What clicks do: one listener for all cells.

use leptos::ev::{FocusEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::focus::Place;
use super::hit::Hit;
use super::layout::Content;
use super::resize;
use super::state::{TableState, is_cell};
use super::{Cell, EditRequest, RowView, SelectRequest, SortRequest, ToggleRequest};

/// A click: orders, ticks, opens a group or peeks.
pub(super) fn click(state: TableState, event: &MouseEvent) {
    let Some(hit) = Hit::of(event) else { return };
    if hit.is_in(".table-edge") {
        return;
    }
    state.go_to(hit.place);
    match hit.place.row() {
        Some(row)
            if hit.is_in(".table-check") || hit.place.column == 0 && state.model.on_select.is_some() =>
        {
            select(state, row, event.shift_key());
        }
        Some(row) if hit.is_in(".table-pencil") => {
            edit(state, hit.place, row);
        }
        // Where something can be edited, a click is the first half of a double one.
        Some(row) if edits_by_press(state, hit.place, row) => (),
        _ if hit.is_in_control() => (),
        Some(row) => press(state, row, event),
        None => sort(state, hit.place.column, event.shift_key()),
    }
}

/// The focus came to a cell, by whatever way: keys go on from there.
pub(super) fn focus_in(state: TableState, event: &FocusEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let (Some(hit), Some(true)) = (Hit::of(event), target.as_ref().map(is_cell))
        && state.active.get_untracked() != hit.place
    {
        state.active.set(hit.place);
    }
}

/// A double click: fits a column or opens a row.
pub(super) fn double_click(state: TableState, event: &MouseEvent) {
    let Some(hit) = Hit::of(event) else { return };
    match hit.place.row() {
        None if hit.is_in(".table-edge") => resize::fit(state, hit.place.column),
        Some(row) if !hit.is_in_control() && edits_by_press(state, hit.place, row) => {
            edit(state, hit.place, row);
        }
        Some(row) if !hit.is_in_control() && matches!(state.row(row), RowView::Row { .. }) => {
            open(state, row)
        }
        _ => (),
    }
}

/// Asks to edit a cell; whether it can be edited.
pub(super) fn edit(state: TableState, place: Place, row: usize) -> bool {
    let Some(on_edit) = state.model.on_edit.filter(|_| editable_cell(state, place, row).is_some()) else {
        return false;
    };
    if let Some(column) = state.column_id(place.column) {
        on_edit.run(EditRequest { row, column });
    }
    true
}

/// Whether Enter and a double click edit the cell, because they lead nowhere else.
pub(super) fn edits_by_press(state: TableState, place: Place, row: usize) -> bool {
    let cell = state.model.on_edit.and_then(|_| editable_cell(state, place, row));
    cell.is_some_and(|cell| !matches!(cell, Cell::Link { .. }))
}

/// What a cell shows, if it can be edited.
fn editable_cell(state: TableState, place: Place, row: usize) -> Option<Cell> {
    let layout = state.layout.read_untracked();
    let Content::Data { source, column } = &layout.columns.get(place.column)?.content else { return None };
    let source = Some(*source).filter(|_| column.editable)?;
    drop(layout);
    match state.row(row) {
        RowView::Row { cells, .. } => cells.into_iter().nth(source),
        RowView::Group { .. } | RowView::Loading => None,
    }
}

/// Asks for an order by the column at `place`.
pub(super) fn sort(state: TableState, place: usize, extend: bool) {
    let layout = state.layout.read_untracked();
    if let Some(Content::Data { column, .. }) = layout.columns.get(place).map(|placed| &placed.content)
        && column.sortable
    {
        let column = column.id.clone();
        drop(layout);
        state.model.on_sort.run(SortRequest { column, extend });
    }
}

/// Ticks a row, if rows can be ticked.
pub(super) fn select(state: TableState, row: usize, extend: bool) {
    if let Some(on_select) = state.model.on_select
        && matches!(state.row(row), RowView::Row { .. })
    {
        on_select.run(SelectRequest { row, extend });
    }
}

/// Opens the page of a row: as the owner says, else by the first link of the row.
pub(super) fn open(state: TableState, row: usize) {
    if let Some(on_open) = state.model.on_open {
        on_open.run(row);
        return;
    }
    let link = state.viewport.get_untracked().and_then(|viewport| {
        viewport.query_selector(&format!("[data-line=\"{}\"] a[href]", row + 1)).ok().flatten()
    });
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        link.click();
    }
}

/// Opens or closes a group, or shows a row beside the table.
fn press(state: TableState, row: usize, event: &MouseEvent) {
    match state.row(row) {
        RowView::Loading => (),
        RowView::Group { .. } => state.model.on_toggle.run(ToggleRequest { row, all: event.alt_key() }),
        RowView::Row { href, .. } => match href {
            Some(href) if event.ctrl_key() || event.meta_key() => {
                // A browser that blocks the new tab says so itself.
                let _ = window().open_with_url_and_target_and_features(&href, "_blank", "noopener");
            }
            _ => peek(state, row),
        },
    }
}

/// Shows a row beside the table, unless the click ended a selection of text.
pub(super) fn peek(state: TableState, row: usize) {
    let selecting =
        window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    if let Some(on_peek) = state.model.on_peek
        && !selecting
    {
        on_peek.run(row);
    }
}
