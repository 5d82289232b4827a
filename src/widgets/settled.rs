//! What is still being changed.

use std::time::Duration;

use leptos::prelude::*;

/// The value once nobody has changed it for as long as `pause`.
pub fn settled<T>(value: Signal<T>, pause: Duration) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let settled = RwSignal::new(value.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    Effect::new(move || {
        let now = value.get();
        cancel();
        if settled.with_untracked(|settled| *settled == now) {
            return;
        }
        // The page may have been left in the meantime.
        let follow = move || drop(settled.try_set(now));
        waiting.set_value(set_timeout_with_handle(follow, pause).ok());
    });
    on_cleanup(cancel);
    settled
}
