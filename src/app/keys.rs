//! Keys that work everywhere: `Ctrl+K` searches, `g h` goes home, `g p` to the projects, `g r` to the runs of all of them.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::routes::Route;
use crate::ui::typing::is_typing;

/// How long the second key may take, in milliseconds.
const PATIENCE_MS: f64 = 1_000.0;

/// Listens for the keys as long as the present owner lives; `searching` is whether the search is on screen.
pub(super) fn listen(searching: RwSignal<bool>) {
    let navigate = use_navigate();
    let began = StoredValue::new(f64::NEG_INFINITY);
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            return searching.set(true);
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() || is_typing(&event) {
            return;
        }
        let now = event.time_stamp();
        let waits = began.try_get_value().is_some_and(|began| now - began < PATIENCE_MS);
        match target(&event.key()).filter(|_| waits) {
            Some(route) => {
                event.prevent_default();
                navigate(&route.to_string(), NavigateOptions::default());
            }
            None => began.set_value(if event.key() == "g" { now } else { f64::NEG_INFINITY }),
        }
    });
    on_cleanup(move || keys.remove());
}

fn target(key: &str) -> Option<Route> {
    match key {
        "h" => Some(Route::Home),
        "p" => Some(Route::Projects),
        "r" => Some(Route::AllRuns),
        _ => None,
    }
}
