//! The heads of the groups that the rows at the top lie in: they stay in view while one scrolls through the groups.
//!
//! They are copies for the eye alone. The rows themselves are elsewhere in the table, and there for everybody.

use std::ops::Range;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::ToggleRequest;
use super::cell::{align_name, inside};
use super::focus::Place;
use super::layout::Mounted;
use super::row::{Shown, indent, shown};
use super::state::TableState;
use super::window::Strip;

/// A head that stays in view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Head {
    /// Its row, counted from the first one that scrolls.
    row: usize,
    /// How far the end of its group has pushed it up, in CSS pixels, at most 0.
    shift: f64,
}

/// The heads to keep in view when the strip is scrolled by `scroll`, outermost first. `around` tells the groups that a
/// row lies in.
pub(super) fn heads(strip: &Strip, scroll: f64, around: impl Fn(usize) -> Vec<Range<usize>>) -> Vec<Head> {
    let first = strip.row_at(scroll);
    let mut heads: Vec<Head> = Vec::new();
    loop {
        // The row that the next head would cover.
        let level = heads.len();
        let at = first + level as f64;
        let row = at.floor() as usize;
        if row >= strip.rows {
            break;
        }
        // A head that is half hidden itself heads the row below it.
        let own = || {
            let below = around(row + 1).get(level).cloned();
            below.filter(|group| group.start == row && at > group.start as f64)
        };
        let Some(group) = around(row).get(level).cloned().or_else(own) else { break };
        let shift = (group.end as f64 - at - 1.0).min(0.0) * strip.row_height;
        heads.push(Head { row: group.start, shift });
    }
    heads
}

/// The heads that stay in view.
pub(super) fn kept_heads(state: TableState) -> impl IntoView {
    let count = Memo::new(move |_| state.heads.read().len());
    // Nothing in here may take the focus: whoever presses a copy is led to the row itself.
    let hold = |event: MouseEvent| event.prevent_default();
    view! {
        <div class="table-heads" aria-hidden="true" on:mousedown=hold on:click=move |event| press(state, &event)>
            // The outer ones are drawn over the inner ones.
            <For each=move || (0..count.get()).rev() key=|level| *level children=move |level| head(state, level)/>
        </div>
    }
}

fn head(state: TableState, level: usize) -> impl IntoView {
    let own = Memo::new(move |_| state.heads.read().get(level).copied());
    let index = Memo::new(move |_| own.get().map(|head| head.row + state.model.kept_rows.get()));
    let shown = shown(state, index.into());
    let place = move || {
        let Head { shift, .. } = own.get()?;
        let top = level as f64 * state.strip.read().row_height + shift;
        Some(format!("translateY({top}px)"))
    };
    view! {
        <div
            class="table-row"
            role="presentation"
            data-kind="group"
            data-head=move || index.get()
            style:--table-level=move || shown.read().as_ref().and_then(|shown| indent(&shown.row))
            style:transform=place
        >
            <For each=move || state.columns.get() key=|mounted| *mounted children=move |mounted| cell(state, mounted, shown)/>
        </div>
    }
}

fn cell(state: TableState, mounted: Mounted, shown: Memo<Option<Shown>>) -> impl IntoView {
    let Mounted { place, align, pinned, first, after_gap, .. } = mounted;
    view! {
        <div
            class="table-cell"
            data-align=align_name(align)
            data-pinned=pinned
            data-edge=mounted.edge
            data-first=first
            style:left=move || pinned.then(|| state.layout.read().sticks_at(place)).flatten()
            style:grid-column-start=after_gap.then(|| (place + 1).to_string())
        >
            {move || shown.read().as_ref().map(|shown| inside(shown, mounted))}
        </div>
    }
}

/// Goes to the row of the head; its chevron closes the group as well.
fn press(state: TableState, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| target.as_ref().and_then(|own| own.closest(selector).ok().flatten());
    if within("a, button").is_some() {
        return;
    }
    let row: Option<usize> =
        within("[data-head]").and_then(|head| head.get_attribute("data-head")?.parse().ok());
    let Some(row) = row else { return };
    let column = usize::from(state.model.on_select.is_some());
    state.focus_on(Place { line: row + 1, column });
    if within(".table-chevron").is_some() {
        state.model.on_toggle.run(ToggleRequest { row, all: event.alt_key() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group of nine rows behind its head at row 1, in it one of four behind its head at row 2.
    fn around(row: usize) -> Vec<Range<usize>> {
        [1..11, 2..7].into_iter().filter(|group| group.start < row && row < group.end).collect()
    }

    #[track_caller]
    fn check(row: f64, expected: &[(usize, f64)]) {
        let strip = Strip { rows: 100, row_height: 10.0, view: 50.0 };
        let found = heads(&strip, row * 10.0, around);
        assert_eq!(found.iter().map(|head| (head.row, head.shift)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn heads_in_their_own_place_are_not_copied() {
        check(0.0, &[]);
        check(1.0, &[]);
        check(12.0, &[]);
    }

    #[test]
    fn the_heads_of_the_rows_at_the_top_stay() {
        check(1.5, &[(1, 0.0), (2, 0.0)]);
        check(3.0, &[(1, 0.0), (2, 0.0)]);
        check(7.0, &[(1, 0.0)]);
    }

    #[test]
    fn the_end_of_a_group_pushes_its_head_up() {
        check(5.25, &[(1, 0.0), (2, -2.5)]);
        check(10.5, &[(1, -5.0)]);
    }
}
