//! What this browser keeps: small choices between visits, and unfinished work until its tab is closed. Never a secret: what
//! is kept can be read by any script.

use leptos::prelude::*;
use web_sys::Storage;

/// What was kept under a name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text under a name, or nothing. Storage may be full or forbidden; the choice then lasts as long as the
/// page.
pub fn keep(name: &str, text: Option<&str>) {
    put(storage(), name, text);
}

/// What was kept under a name for this tab alone.
pub fn kept_in_tab(name: &str) -> Option<String> {
    storage_of_tab()?.get_item(name).ok().flatten()
}

/// As [`keep`], but for this tab alone, until it is closed.
pub fn keep_in_tab(name: &str, text: Option<&str>) {
    put(storage_of_tab(), name, text);
}

fn put(storage: Option<Storage>, name: &str, text: Option<&str>) {
    if let Some(storage) = storage {
        let _ = match text {
            Some(text) => storage.set_item(name, text),
            None => storage.remove_item(name),
        };
    }
}

fn storage_of_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
