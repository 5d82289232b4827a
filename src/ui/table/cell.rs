//! One cell.

use leptos::prelude::*;

use super::layout::Mounted;
use super::row::Shown;
use super::state::TableState;
use super::{Align, Cell, RowView};
use crate::ui::format::{NOTHING, integer};
use crate::ui::icon::{Icon, IconName};
use crate::ui::sparkline::{VIEW_BOX, line};

/// A cell, whose element stays while it shows one row after the other, and with it the focus.
pub(super) fn cell(state: TableState, mounted: Mounted, shown: Memo<Option<Shown>>) -> impl IntoView {
    let Mounted { place, align, pinned, edge, first, after_gap, .. } = mounted;
    view! {
        <div
            class="table-cell"
            role=if first { "rowheader" } else { "gridcell" }
            tabindex="-1"
            data-column=place
            data-align=align_name(align)
            data-pinned=pinned
            data-edge=edge
            data-roomy=move || state.layout.read().is_roomy(place)
            data-first=first
            data-editable=mounted.editable
            aria-colindex=place + 1
            title=move || shown.read().as_ref().and_then(|shown| tip(&shown.row, mounted))
            style:left=move || pinned.then(|| state.layout.read().sticks_at(place)).flatten()
            style:grid-column-start=after_gap.then(|| (place + 1).to_string())
        >
            {move || shown.read().as_ref().map(|shown| inside(shown, mounted))}
        </div>
    }
}

/// The value of `data-align`.
pub(super) fn align_name(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::End => "end",
    }
}

/// What is shown of a value that may be cut or rounded.
fn tip(row: &RowView, mounted: Mounted) -> Option<String> {
    match row {
        RowView::Group { name, value, .. } if mounted.first => Some(format!("{name}: {value}")),
        RowView::Row { cells, .. } | RowView::Group { cells, .. } => in_full(cells.get(mounted.source?)?),
        RowView::Loading => None,
    }
}

fn in_full(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) | Cell::Link { text, .. } => Some(text.clone()),
        Cell::Number { exact, .. } | Cell::Measure { exact, .. } => Some(exact.clone()),
        Cell::Sparkline { number, .. } => in_full(number),
        Cell::Missing | Cell::Custom(_) => None,
    }
}

/// What stands in the cell.
pub(super) fn inside(shown: &Shown, mounted: Mounted) -> AnyView {
    match (&shown.row, mounted.source) {
        (RowView::Loading, Some(_)) => {
            // What heads a row must have a name, even while it is not known.
            let words = mounted.first.then(|| view! { <span class="visually-hidden">"Loading"</span> });
            view! { <span class="table-skeleton"></span> {words} }.into_any()
        }
        (RowView::Row { selected, .. }, None) => check(shown.index, *selected),
        (RowView::Loading | RowView::Group { .. }, None) => ().into_any(),
        (RowView::Group { name, value, count, .. }, Some(_)) if mounted.first => title(name, value, *count),
        (RowView::Row { cells, .. }, Some(source)) if mounted.editable => {
            let content = content(cells.get(source).unwrap_or(&Cell::Missing));
            // Keys have F2 for it.
            let pencil = view! {
                <span class="table-pencil" aria-hidden="true" data-tip="Edit (F2)"><Icon name=IconName::Edit/></span>
            };
            view! { {content} {pencil} }.into_any()
        }
        (RowView::Row { cells, .. } | RowView::Group { cells, .. }, Some(source)) => {
            content(cells.get(source).unwrap_or(&Cell::Missing))
        }
    }
}

fn content(cell: &Cell) -> AnyView {
    match cell {
        Cell::Text(text) | Cell::Number { text, .. } => text.clone().into_any(),
        Cell::Measure { text, standing, best, change, .. } => {
            measure(text.clone(), *standing, *best, change.clone())
        }
        // Who does not see it has the number, and the page of the run.
        Cell::Sparkline { number, values } => view! {
            <span class="table-sparkline">
                <svg class="sparkline" viewBox=VIEW_BOX preserveAspectRatio="none" aria-hidden="true"><path d=line(values)></path></svg>
                {content(number)}
            </span>
        }
        .into_any(),
        Cell::Missing => view! { <span class="table-missing">{NOTHING}</span> }.into_any(),
        Cell::Link { text, href, mark } => {
            let mark =
                mark.clone().map(|colour| view! { <span class="swatch" style:--series=colour></span> });
            view! { {mark} <a class="table-link" href=href.clone() tabindex="-1">{text.clone()}</a> }
                .into_any()
        }
        Cell::Custom(draw) => draw.run(),
    }
}

fn measure(text: String, standing: Option<f64>, best: bool, change: Option<String>) -> AnyView {
    let best = best.then(|| view! { <span class="table-best" role="img" aria-label="the best"></span> });
    let change = change.map(|change| view! { <span class="table-change">{change}</span> });
    let depth = standing.map(|standing| standing.to_string());
    view! { <span class="table-measure" style:--standing=depth>{best} {change} <span>{text}</span></span> }
        .into_any()
}

fn check(index: usize, ticked: bool) -> AnyView {
    let label = format!("Select row {}", index + 1);
    view! { <input class="table-check" type="checkbox" tabindex="-1" aria-label=label prop:checked=ticked/> }
        .into_any()
}

fn title(name: &str, value: &str, count: u64) -> AnyView {
    view! {
        <span class="table-chevron" aria-hidden="true"><Icon name=IconName::ChevronRight/></span>
        <span class="table-group-name">{name.to_owned()}</span>
        <span class="table-group-value">{value.to_owned()}</span>
        <span class="table-group-count">{integer(count)}</span>
    }
    .into_any()
}
