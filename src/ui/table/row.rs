//! One mounted row, which shows another row of data when the table is scrolled.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::RowView;
use super::cell::cell;
use super::state::TableState;

/// The row of data that a mounted row shows now.
pub(super) struct Shown {
    /// Its index.
    pub(super) index: usize,
    /// What it says.
    pub(super) row: RowView,
}

/// A row that stays in view.
pub(super) fn kept(state: TableState, number: usize) -> impl IntoView {
    let index = RwSignal::new(Some(number));
    row(state, index, shown(state, index.into()))
}

/// What the row at `index` says, followed as it changes.
pub(super) fn shown(state: TableState, index: Signal<Option<usize>>) -> Memo<Option<Shown>> {
    Memo::new_with_compare(
        move |_| index.get().map(|index| Shown { index, row: state.model.row.run(index) }),
        |_, _| true,
    )
}

/// A place for a row, which shows one row of data after the other as the table is scrolled.
pub(super) fn slot(state: TableState, index: ArcRwSignal<Option<usize>>) -> impl IntoView {
    let index = RwSignal::from(index);
    let shown = shown(state, index.into());
    let place = move || {
        let strip = state.strip.get();
        let scroll = if strip.is_scaled() { state.top.get() } else { 0.0 };
        let row = index.get()?.checked_sub(state.model.kept_rows.get())?;
        Some(format!("translateY({}px)", strip.offset(row, scroll)))
    };
    view! {
        <div class="table-slot" role="presentation" hidden=move || index.get().is_none() style:transform=place>
            {row(state, index, shown)}
        </div>
    }
}

fn row(state: TableState, index: RwSignal<Option<usize>>, shown: Memo<Option<Shown>>) -> impl IntoView {
    let read = move |say: fn(&RowView) -> Option<String>| {
        move || shown.read().as_ref().and_then(|shown| say(&shown.row))
    };
    let level = move || read(level)().filter(|_| state.model.grouped.get());
    let selected = move || read(selected)().filter(|_| state.model.on_select.is_some());
    view! {
        <div
            class="table-row"
            role="row"
            data-line=move || index.get().map(|index| index + 1)
            data-kind=read(kind)
            aria-rowindex=move || index.get().map(|index| index + 2)
            aria-expanded=read(expanded)
            aria-selected=selected
            aria-current=read(current)
            style:--table-level=read(indent)
            {..custom_attribute("aria-level", level)}
        >
            <For each=move || state.columns.get() key=|mounted| *mounted children=move |mounted| cell(state, mounted, shown)/>
        </div>
    }
}

fn kind(row: &RowView) -> Option<String> {
    let kind = match row {
        RowView::Loading => "loading",
        RowView::Row { .. } => "data",
        RowView::Group { .. } => "group",
    };
    Some(kind.to_owned())
}

/// How many groups the row lies in.
pub(super) fn indent(row: &RowView) -> Option<String> {
    match row {
        RowView::Loading => None,
        RowView::Row { level, .. } | RowView::Group { level, .. } => Some(level.to_string()),
    }
}

fn level(row: &RowView) -> Option<String> {
    match row {
        RowView::Loading => None,
        RowView::Row { level, .. } | RowView::Group { level, .. } => Some((level + 1).to_string()),
    }
}

fn expanded(row: &RowView) -> Option<String> {
    match row {
        RowView::Loading | RowView::Row { .. } => None,
        RowView::Group { expanded, .. } => Some(expanded.to_string()),
    }
}

fn current(row: &RowView) -> Option<String> {
    match row {
        RowView::Row { current: true, .. } => Some("true".to_owned()),
        RowView::Loading | RowView::Group { .. } | RowView::Row { .. } => None,
    }
}

fn selected(row: &RowView) -> Option<String> {
    match row {
        RowView::Loading | RowView::Group { .. } => None,
        RowView::Row { selected, .. } => Some(selected.to_string()),
    }
}
