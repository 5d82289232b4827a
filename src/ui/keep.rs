//! Small choices that this browser keeps between visits. Never a secret: what is kept can be read by any script.

use leptos::prelude::*;
use web_sys::Storage;

/// What was kept under a name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text under a name, or nothing. Storage may be full or forbidden; the choice then lasts as long as the
/// page.
pub fn keep(name: &str, text: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match text {
            Some(text) => storage.set_item(name, text),
            None => storage.remove_item(name),
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
