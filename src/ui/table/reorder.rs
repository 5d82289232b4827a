//! Moves a column: by its heading, or by key.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::MoveRequest;
use super::hit::Hit;
use super::state::TableState;

/// How far a pointer must go before it moves a column, in CSS pixels: less is a click.
const THRESHOLD: f64 = 6.0;

/// A heading that is held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carried {
    place: usize,
    from: f64,
    /// Whether it went far enough to be moved.
    moving: bool,
}

/// Takes hold of a heading.
pub(super) fn grab(state: TableState, carried: StoredValue<Option<Carried>>, event: &PointerEvent) {
    let Some(hit) = Hit::of(event).filter(|hit| hit.place.row().is_none() && !hit.is_in_control()) else {
        return;
    };
    let may_move = state.model.on_move.is_some() && event.button() == 0 && event.pointer_type() != "touch";
    if may_move && !hit.is_in(".table-edge") && state.column_id(hit.place.column).is_some() {
        let from = f64::from(event.client_x());
        carried.set_value(Some(Carried { place: hit.place.column, from, moving: false }));
    }
}

/// Follows the pointer, and shows where the column would come to stand.
pub(super) fn drag(state: TableState, carried: StoredValue<Option<Carried>>, event: &PointerEvent) {
    let Some(mut held) = carried.get_value() else { return };
    let x = f64::from(event.client_x());
    if !held.moving && (x - held.from).abs() > THRESHOLD {
        held.moving = true;
        carried.set_value(Some(held));
        if let Some(viewport) = state.viewport.get_untracked() {
            // Without the capture the heading is let go when the pointer leaves the table, nothing worse.
            let _ = viewport.set_pointer_capture(event.pointer_id());
        }
    }
    if held.moving {
        state.drop_at.set(place_at(state, x));
    }
}

/// Lets the heading go; whether it was moved, so that this was no click.
pub(super) fn release(state: TableState, carried: StoredValue<Option<Carried>>) -> bool {
    let held = carried.try_update_value(Option::take).flatten();
    let target = state.drop_at.try_update(Option::take).flatten();
    let moved = held.is_some_and(|held| held.moving);
    if let (Some(Carried { place, moving: true, .. }), Some(target)) = (held, target)
        && target != place
        && target != place + 1
    {
        ask(state, place, target);
    }
    moved
}

/// Moves the column at `place` by one to the left or to the right.
pub(super) fn step(state: TableState, place: usize, right: bool) {
    let target = if right { place + 2 } else { place.saturating_sub(1) };
    if state.column_id(place).is_some() && target <= state.layout.read_untracked().columns.len() {
        ask(state, place, target);
    }
}

fn ask(state: TableState, place: usize, target: usize) {
    if let (Some(on_move), Some(column)) = (state.model.on_move, state.column_id(place)) {
        on_move.run(MoveRequest { column, before: state.column_id(target) });
    }
}

/// Before which column the pointer at `x` is: the one whose nearer half it is over, or the one after it.
fn place_at(state: TableState, x: f64) -> Option<usize> {
    let headings = state.viewport.get_untracked()?.query_selector_all(".table-heading[data-column]").ok()?;
    let all = (0..headings.length()).filter_map(|n| headings.get(n)?.dyn_into::<Element>().ok());
    let mut over = all.filter_map(|heading| {
        let (edges, place) = (heading.get_bounding_client_rect(), heading.get_attribute("data-column")?);
        let place: usize = place.parse().ok()?;
        let middle = (edges.left() + edges.right()) / 2.0;
        (edges.left()..edges.right()).contains(&x).then_some(if x < middle { place } else { place + 1 })
    });
    over.next().map(|place| place.max(usize::from(state.model.on_select.is_some())))
}
