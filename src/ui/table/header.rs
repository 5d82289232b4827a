//! The head of a table.

use leptos::prelude::*;

use super::cell::align_name;
use super::column_menu;
use super::layout::{Content, Mounted};
use super::state::TableState;
use super::{Column, Ticked};
use crate::ui::icon::{Icon, IconName};

/// The row of headings.
pub(super) fn header(state: TableState) -> impl IntoView {
    view! {
        <div class="table-header" role="row" data-line="0" aria-rowindex="1">
            <For each=move || state.columns.get() key=|mounted| *mounted children=move |mounted| heading(state, mounted)/>
        </div>
    }
}

/// A heading, whose element stays while the order and the widths change, and with it the focus.
fn heading(state: TableState, mounted: Mounted) -> impl IntoView {
    let Mounted { place, source, align, pinned, after_gap, .. } = mounted;
    let read = move |say: fn(&Column) -> Option<String>| {
        move || match &state.layout.read().columns.get(place)?.content {
            Content::Check => None,
            Content::Data { column, .. } => say(column),
        }
    };
    let sortable = move || read(|column| column.sortable.then(String::new))().is_some();
    let key = Memo::new(move |_| key(state, place));
    let direction =
        move || key.get().map(|(_, descending)| if descending { "descending" } else { "ascending" });
    view! {
        <div
            class="table-heading"
            role="columnheader"
            tabindex="-1"
            data-column=place
            data-align=align_name(align)
            data-pinned=pinned
            data-edge=mounted.edge
            data-sortable=sortable
            aria-colindex=place + 1
            aria-sort=direction
            aria-label=move || source.map_or_else(|| "Selected".to_owned(), |_| column_menu::title(state, place))
            data-drop=move || drop_side(state, place)
            style:anchor-name=move || (state.menu_of.get() == Some(place)).then_some("--table-menu")
            title=read(|column| column.description.clone().or_else(|| Some(column.title.clone())))
            style:left=move || pinned.then(|| state.layout.read().sticks_at(place)).flatten()
            style:grid-column-start=after_gap.then(|| (place + 1).to_string())
        >
            {source.is_none().then(|| check(state))}
            <span class="table-title">{read(|column| Some(column.title.clone()))}</span>
            {move || key.get().map(|(weight, descending)| mark(state, weight, descending))}
            {source.and(state.model.column_menu).map(|_| menu_button(state, place))}
            {source.map(|_| view! { <span class="table-edge" aria-hidden="true"></span> })}
        </div>
    }
}

/// The weight of the column at `place` in the order, from 1, and whether the largest comes first.
fn key(state: TableState, place: usize) -> Option<(usize, bool)> {
    let layout = state.layout.read();
    let Content::Data { column, .. } = &layout.columns.get(place)?.content else { return None };
    let sort = state.model.sort.read();
    let weight = sort.iter().position(|key| key.column == column.id)?;
    Some((weight + 1, sort.get(weight)?.descending))
}

fn mark(state: TableState, weight: usize, descending: bool) -> impl IntoView {
    let icon = if descending { IconName::ArrowDown } else { IconName::ArrowUp };
    let several = move || (state.model.sort.read().len() > 1).then_some(weight);
    view! { <span class="table-sort" aria-hidden="true"><Icon name=icon/>{several}</span> }
}

/// The checkbox that ticks all rows.
fn check(state: TableState) -> impl IntoView {
    let ticked = state.model.ticked;
    view! {
        {state.model.on_select_all.map(|on_select_all| view! {
            <input
                class="table-check"
                type="checkbox"
                tabindex="-1"
                aria-label="Select all rows"
                prop:checked=move || ticked.get() == Ticked::All
                prop:indeterminate=move || ticked.get() == Ticked::Some
                on:change=move |_| on_select_all.run(())
            />
        })}
    }
}

fn menu_button(state: TableState, place: usize) -> impl IntoView {
    let title = move || column_menu::title(state, place);
    view! {
        <button
            class="table-menu"
            type="button"
            tabindex="-1"
            popovertarget=state.menu_id()
            aria-haspopup="menu"
            aria-label=move || format!("Menu of the column {}", title())
            on:click=move |_| state.menu_of.set(Some(place))
        >
            <Icon name=IconName::ChevronDown/>
        </button>
    }
}

/// Where the column that is moved would come to stand, seen from the one at `place`.
fn drop_side(state: TableState, place: usize) -> Option<&'static str> {
    let at = state.drop_at.get()?;
    match at {
        at if at == place => Some("before"),
        at if at == place + 1 && at == state.layout.read().columns.len() => Some("after"),
        _ => None,
    }
}
