//! The editor of a cell: it stands over the cell and goes where its row goes, whatever comes and goes around it.

use leptos::context::Provider;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::focus::Place;
use super::state::TableState;
use super::{Editing, RowView};
use crate::ui::observe::OnFrame;
use crate::ui::popover::{PopoverHandle, focus_first};

/// How near the editor comes to the edges of the window, in CSS pixels.
const MARGIN: f64 = 8.0;

/// Where the editor stands, in CSS pixels from the top left of the window.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Spot {
    left: f64,
    top: f64,
    /// The width of the cell.
    width: f64,
}

/// The popover in which the owner's editor is shown. It is closed by the owner alone.
pub(super) fn editor(state: TableState) -> Option<impl IntoView> {
    state.model.on_edit?;
    let popover = NodeRef::<html::Div>::new();
    let editing = state.model.editing;
    let spot = RwSignal::new(Spot::default());
    let show = OnFrame::new(move || show(state, popover, spot));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = editing.read().is_some();
        if is_open {
            show.ask();
        } else if was_open == Some(true) {
            hide(state, popover);
        }
        is_open
    });
    let follow = OnFrame::new(move || follow(state, popover, spot));
    Effect::new(move || {
        if editing.read().is_some() {
            track_rows(state);
            follow.ask();
        }
    });
    let label = move || editing.read().as_ref().map(|editing| editing.label.clone());
    Some(view! {
        <div
            class="table-editor"
            popover="manual"
            role="dialog"
            aria-label=label
            node_ref=popover
            style:left=move || format!("{}px", spot.get().left)
            style:top=move || format!("{}px", spot.get().top)
            style:--cell-width=move || format!("{}px", spot.get().width)
        >
            <Provider value=PopoverHandle::of(popover)>
                {move || editing.get().map(|editing| editing.view.run())}
            </Provider>
        </div>
    })
}

/// Shows the editor over its cell, and gives it the focus.
fn show(state: TableState, popover: NodeRef<html::Div>, spot: RwSignal<Spot>) {
    let Some(popover) = popover.try_get_untracked().flatten() else { return };
    // Refused only when it is open already.
    let _ = popover.show_popover();
    place(state, &popover, spot);
    focus_first(&popover);
}

/// Takes the editor away; the focus goes back to the cell, unless something else has taken it.
fn hide(state: TableState, popover: NodeRef<html::Div>) {
    let Some(popover) = popover.try_get_untracked().flatten() else { return };
    let focused = document().active_element();
    let is_free = focused.is_none_or(|focused| {
        popover.contains(Some(&focused))
            || focused.is_same_node(document().body().as_deref().map(AsRef::as_ref))
    });
    // Refused only when it is closed already.
    let _ = popover.hide_popover();
    if is_free && let Some(cell) = state.cell(state.active.get_untracked()) {
        // A cell on screen takes the focus.
        let _ = cell.focus();
    }
}

/// Wakes whenever the cell may have moved.
fn track_rows(state: TableState) {
    state.top.track();
    state.left.track();
    state.measures.track();
    state.columns.track();
    for row in lines(state) {
        state.model.row.run(row);
    }
}

/// The rows that are mounted, those that stay in view first.
fn lines(state: TableState) -> impl Iterator<Item = usize> {
    (0..state.model.kept_rows.get()).chain(state.rows.get())
}

fn follow(state: TableState, popover: NodeRef<html::Div>, spot: RwSignal<Spot>) {
    if let Some(popover) = popover.try_get_untracked().flatten() {
        place(state, &popover, spot);
    }
}

/// Puts the editor over its cell, or as near as the window allows; where the cell is not mounted it stays where it is.
fn place(state: TableState, popover: &HtmlElement, spot: RwSignal<Spot>) {
    let cell = state.model.editing.with_untracked(|editing| cell_of(state, editing.as_ref()?));
    let Some(cell) = cell else { return };
    let rect = cell.get_bounding_client_rect();
    let within = |at: f64, size: i32, edge: Option<f64>| {
        let most = edge.map_or(at, |edge| edge - f64::from(size) - MARGIN);
        at.min(most).max(MARGIN)
    };
    let edge = |size: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| size.ok()?.as_f64();
    let now = Spot {
        left: within(rect.left(), popover.offset_width(), edge(window().inner_width())),
        top: within(rect.top(), popover.offset_height(), edge(window().inner_height())),
        width: rect.width(),
    };
    if spot.get_untracked() != now {
        spot.set(now);
    }
}

/// The cell that is edited, wherever its row is now.
fn cell_of(state: TableState, editing: &Editing) -> Option<HtmlElement> {
    let column = state.layout.read_untracked().place_of(&editing.column)?;
    let is_it = |row: &usize| {
        let href = match state.row(*row) {
            RowView::Row { href, .. } => href,
            RowView::Group { .. } | RowView::Loading => None,
        };
        href.as_deref() == Some(editing.href.as_str())
    };
    // The row where it was asked for may be told twice: among those that stay in view too.
    let asked = state.active.get_untracked().row().filter(|row| *row < state.bounds().rows);
    let row = asked.into_iter().chain(untrack(|| lines(state)).collect::<Vec<_>>()).find(is_it)?;
    let place = Place { line: row + 1, column };
    if state.active.get_untracked() != place {
        // Keys go on from there.
        state.active.set(place);
    }
    state.cell(place)
}
