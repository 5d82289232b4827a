//! Keys that work wherever the focus is on the page of runs, and the list of all keys of the table.

use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;

use super::Ticks;
use super::later::{self, Later};
use super::selection_bar::compared;
use super::whose::whose;
use crate::features::runs::address::Address;
use crate::ui::typing::is_typing;
use crate::ui::{Dialog, Fact, FetchedWhen, KeyValue, Toasts};

/// What each key does, as it is told.
const KEYS: [(&str, &str); 14] = [
    ("Arrows, j, k", "Go from cell to cell, and to the headings"),
    ("Home, End", "Go to the first or the last cell; with Ctrl of the whole table"),
    ("Enter", "Open the run or the group; on a heading, order by it"),
    ("Space", "Show the run beside the table; arrows then show the next one, Escape none"),
    ("← →", "Close or open a group; with Alt all of its level"),
    ("x", "Select the run; with Shift all from the last one"),
    ("Ctrl A", "Select all runs that are read, or none"),
    ("c", "Compare the selected runs"),
    ("Alt ↓", "On a heading, open its menu"),
    ("Alt ← →", "On a heading, make the column narrower or wider; with Shift, move it"),
    ("F2", "Go to what can be pressed in a cell; Escape leads back"),
    ("/", "Go to the filter"),
    ("Ctrl Z", "Take back the last change of the table"),
    ("?", "Show these keys"),
];

/// Listens for keys, and shows which there are.
#[component]
pub(super) fn Keys(
    address: Address,
    ticks: Ticks,
    /// Whether the list of keys is on screen.
    shown: RwSignal<bool>,
) -> impl IntoView {
    let toasts = Toasts::current();
    let whose = whose(address, ticks);
    let compare = move || match compared(&ticks.selection.read_untracked(), whose.get_untracked()) {
        Ok(href) => address.leave_for(&href),
        Err(why_not) => toasts.failure(why_not, None),
    };
    let keys = window_event_listener(keydown, move |event| {
        if event.default_prevented() || is_typing(&event) {
            return;
        }
        match asked(&event) {
            Some(Asked::Undo) => address.undo(),
            Some(Asked::Compare) => compare(),
            Some(Asked::List) => shown.set(true),
            None => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let close = move |()| shown.set(false);
    view! { <FetchedWhen fetch=later::FETCH about=Later::Keys(shown) wanted=shown on_failure=close/> }
}

/// Which keys there are, and what each does.
#[component]
pub(super) fn KeyList(open: RwSignal<bool>) -> impl IntoView {
    let facts = || {
        let fact = |(keys, does): (&'static str, &'static str)| {
            view! { <Fact name=does><kbd>{keys}</kbd></Fact> }
        };
        KEYS.into_iter().map(fact).collect_view()
    };
    view! {
        <Dialog open title="Keys of the table">
            <div class="runs-keys"><KeyValue>{facts()}</KeyValue></div>
        </Dialog>
    }
}

/// What a key of the page asks for.
enum Asked {
    Undo,
    Compare,
    List,
}

fn asked(event: &KeyboardEvent) -> Option<Asked> {
    let control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "z" if control && !event.shift_key() => Some(Asked::Undo),
        "c" if !control && !event.alt_key() => Some(Asked::Compare),
        "?" if !control && !event.alt_key() => Some(Asked::List),
        _ => None,
    }
}
