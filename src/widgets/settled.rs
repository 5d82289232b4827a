//! What is still being changed.

use std::time::Duration;

use leptos::prelude::*;

/// The value once nobody has changed it for as long as `pause`.
pub fn settled<T>(value: Signal<T>, pause: Duration) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    followed(value, pause, false)
}

/// The same, but a change that comes after as long a pause is followed at once: it may be the only one.
pub fn settled_or_first<T>(value: Signal<T>, pause: Duration) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    followed(value, pause, true)
}

fn followed<T>(value: Signal<T>, pause: Duration, is_first_at_once: bool) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let settled = RwSignal::new(value.get_untracked());
    // Runs out when nothing has changed for as long as the pause.
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let take = move || waiting.try_update_value(Option::take).flatten();
    let cancel = move || {
        if let Some(timeout) = take() {
            timeout.clear();
        }
    };
    Effect::new(move |is_begun: Option<()>| {
        let now = value.get();
        let is_settled = settled.with_untracked(|settled| *settled == now);
        if is_begun.is_none() && is_settled {
            return;
        }
        let is_first = is_first_at_once && waiting.with_value(Option::is_none);
        cancel();
        if is_first {
            settled.set(now.clone());
        } else if is_settled && !is_first_at_once {
            return;
        }
        let follow = move || {
            take();
            // The page may have been left in the meantime.
            if settled.try_with_untracked(|settled| *settled != now) == Some(true) {
                settled.set(now);
            }
        };
        waiting.set_value(set_timeout_with_handle(follow, pause).ok());
    });
    on_cleanup(cancel);
    settled
}
