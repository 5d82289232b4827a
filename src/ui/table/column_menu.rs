//! The menu of a column, one for all headings.

use leptos::context::Provider;
use leptos::prelude::*;

use super::focus::Place as Cell;
use super::layout::Content;
use super::state::TableState;
use crate::ui::menu_keys::{Place, focus_item, move_focus};
use crate::ui::popover::{PopoverHandle, is_opening};

/// The popover in which the items of the column that was asked for last are shown.
pub(super) fn column_menu(state: TableState) -> Option<impl IntoView> {
    let items = state.model.column_menu?;
    let open = RwSignal::new(false);
    let popover = state.menu;
    let shown = move || {
        let column = state.column_id(state.menu_of.get()?)?;
        open.get().then(|| items.run(column))
    };
    let settle = move |event: leptos::ev::Event| {
        if !is_opening(&event) {
            open.set(false);
        } else if let Some(popover) = popover.get_untracked() {
            focus_item(&popover, Place::First);
        }
    };
    Some(view! {
        <div
            class="menu"
            id=state.menu_id()
            popover="auto"
            role="menu"
            aria-label=move || state.menu_of.get().map(|place| title(state, place))
            style:position-anchor="--table-menu"
            node_ref=popover
            on:beforetoggle=move |event| if is_opening(&event) { open.set(true) }
            on:toggle=settle
            on:keydown=move |event| move_focus(&event, popover)
        >
            <Provider value=PopoverHandle::of(popover)>{shown}</Provider>
        </div>
    })
}

/// Opens the menu of the column at `place`; whether there is one.
pub(super) fn open(state: TableState, place: usize) -> bool {
    let Some(popover) = state.menu.get_untracked().filter(|_| state.column_id(place).is_some()) else {
        return false;
    };
    // The focus follows keys a frame later; the browser is to give it back to the heading.
    if let Some(heading) = state.cell(Cell { line: 0, column: place }) {
        // A heading on screen takes the focus.
        let _ = heading.focus();
    }
    state.menu_of.set(Some(place));
    // Refused only when it is open already.
    let _ = popover.show_popover();
    true
}

/// The heading of the column at `place`.
pub(super) fn title(state: TableState, place: usize) -> String {
    match state.layout.read().columns.get(place).map(|placed| &placed.content) {
        Some(Content::Data { column, .. }) => column.title.clone(),
        Some(Content::Check) | None => String::new(),
    }
}
