//! The table.

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use super::column_menu::column_menu;
use super::editor::editor;
use super::header::header;
use super::heads::kept_heads;
use super::reorder::{self, Carried};
use super::resize::{self, Hold};
use super::row::{kept, slot};
use super::state::TableState;
use super::{TableModel, events, keyboard};

/// A table of any length that fills its parent and scrolls within itself. Arrows move from cell to cell;
/// Enter opens; a click on a heading asks for an order.
#[component]
pub fn VirtualTable(
    /// Names the table for those who cannot see it.
    #[prop(into)]
    caption: String,
    /// What it shows and whom it tells.
    model: TableModel,
    /// Shown below the header while there are no rows and none are being fetched.
    #[prop(optional, into)]
    empty: ViewFn,
) -> impl IntoView {
    let state = TableState::new(model);
    state.watch();
    let is_empty = move || model.row_count.get() == 0 && !model.busy.get();
    view! {
        <div class="table">
            <div class="table-progress" data-busy=move || model.busy.get()></div>
            <Viewport caption state/>
            {column_menu(state)}
            {editor(state)}
            <Show when=is_empty>
                <div class="table-empty">{empty.run()}</div>
            </Show>
        </div>
    }
}

/// The element that scrolls, with the one listener for each kind of event.
#[component]
fn Viewport(caption: String, state: TableState) -> impl IntoView {
    let model = state.model;
    let hold = StoredValue::new(None::<Hold>);
    let carried = StoredValue::new(None::<Carried>);
    // A click follows at once where a column was moved; it is no wish for another order.
    let was_moved = StoredValue::new(false);
    let grab = move |event: PointerEvent| {
        was_moved.set_value(false);
        resize::grab(state, hold, &event);
        reorder::grab(state, carried, &event);
    };
    let drag = move |event: PointerEvent| {
        resize::drag(state, hold, &event);
        reorder::drag(state, carried, &event);
    };
    let release = move |_: PointerEvent| {
        resize::release(state, hold);
        was_moved.set_value(reorder::release(state, carried));
    };
    view! {
        <div
            class="table-viewport"
            node_ref=state.viewport
            role=move || if model.grouped.get() { "treegrid" } else { "grid" }
            tabindex="-1"
            aria-label=caption
            aria-busy=move || model.busy.get().to_string()
            aria-rowcount=move || model.row_count.get() + 1
            aria-colcount=move || state.layout.read().columns.len()
            aria-multiselectable=model.on_select.map(|_| "true")
            style:--table-columns=move || state.layout.read().template()
            style:--table-kept-rows=move || model.kept_rows.get().to_string()
            style:--table-width=move || format!("{}px", state.layout.read().width())
            data-upright=move || state.passing.is_upright()
            on:scroll=move |_| state.follow_scroll()
            data-moving=move || state.drop_at.get().is_some()
            on:click=move |event| if !was_moved.get_value() { events::click(state, &event) }
            on:dblclick=move |event| events::double_click(state, &event)
            on:focusin=move |event| events::focus_in(state, &event)
            on:keydown=move |event| keyboard::key_down(state, &event)
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=release
        >
            {header(state)}
            <Kept state/>
            {kept_heads(state)}
            <Body state/>
        </div>
    }
}

/// The rows that stay in view.
#[component]
fn Kept(state: TableState) -> impl IntoView {
    let count = Memo::new(move |_| state.model.kept_rows.get());
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="table-kept" role="rowgroup">
                    <For each=move || 0..count.get() key=|number| *number children=move |number| kept(state, number)/>
                </div>
            }
        })
    }
}

/// The rows.
#[component]
fn Body(state: TableState) -> impl IntoView {
    view! {
        <div
            class="table-body"
            role="rowgroup"
            style:height=move || format!("{}px", state.strip.get().body_height())
        >
            <For each=move || state.slots.get().into_iter().enumerate() key=|(n, _)| *n children=move |(_, index)| slot(state, index)/>
        </div>
    }
}
