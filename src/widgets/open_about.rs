//! Dialogs about one thing of a list.

use leptos::prelude::*;

/// Whether the dialog about `thing` is on screen: from when there is one until it is closed, which forgets the thing.
#[must_use]
pub fn open_about<T: Send + Sync + 'static>(thing: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if thing.read().is_some() {
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && thing.read_untracked().is_some() {
            thing.set(None);
        }
    });
    open
}
