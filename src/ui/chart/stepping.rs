//! Goes from one thing of a picture to the next by keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Moves to the thing before or behind the present one of those up to `last`, and tells that a key did.
pub(super) fn step(
    event: &KeyboardEvent,
    (current, by_key): (RwSignal<Option<usize>>, RwSignal<bool>),
    last: usize,
) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(next) = next(&event.key(), current.get_untracked(), last) else { return };
    event.prevent_default();
    event.stop_propagation();
    by_key.set(true);
    current.set(next);
}

/// Where a key leads; `None` for keys that mean nothing.
fn next(key: &str, present: Option<usize>, last: usize) -> Option<Option<usize>> {
    match key {
        "ArrowRight" | "ArrowUp" => Some(Some(present.map_or(0, |place| (place + 1).min(last)))),
        "ArrowLeft" | "ArrowDown" => Some(Some(present.map_or(last, |place| place.saturating_sub(1)))),
        "Home" => Some(Some(0)),
        "End" => Some(Some(last)),
        "Escape" if present.is_some() => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn keys_go_from_one_to_the_next_and_stop_at_the_ends() {
        assert_eq!(next("ArrowRight", None, 2), Some(Some(0)));
        assert_eq!(next("ArrowLeft", None, 2), Some(Some(2)));
        assert_eq!(next("ArrowUp", Some(2), 2), Some(Some(2)));
        assert_eq!(next("ArrowDown", Some(0), 2), Some(Some(0)));
        assert_eq!((next("Home", Some(1), 2), next("End", Some(1), 2)), (Some(Some(0)), Some(Some(2))));
        assert_eq!(
            (next("Escape", Some(1), 2), next("Escape", None, 2), next("x", None, 2)),
            (Some(None), None, None)
        );
    }
}
