//! Texts that are still being typed.

use std::time::Duration;

use leptos::prelude::*;

/// The text once nobody has typed for as long as `pause`.
pub fn settled(text: RwSignal<String>, pause: Duration) -> RwSignal<String> {
    let settled = RwSignal::new(text.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    Effect::new(move || {
        let now = text.get();
        cancel();
        // The page may have been left in the meantime.
        let follow = move || drop(settled.try_set(now));
        waiting.set_value(set_timeout_with_handle(follow, pause).ok());
    });
    on_cleanup(cancel);
    settled
}
