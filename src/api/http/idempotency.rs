//! Keys that keep a creation from being done twice.

use std::cell::RefCell;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

thread_local! {
    /// The hash of the last creation whose outcome is unknown, and its key. What was sent may hold secrets.
    static UNSURE: RefCell<Option<(u64, String)>> = const { RefCell::new(None) };
}

/// The key for a creation: that of the last one when it was the same and nobody knows whether it was done.
pub(super) fn key(creation: &str) -> String {
    let known = UNSURE.with_borrow(|unsure| match unsure {
        Some((same, key)) if *same == hash(creation) => Some(key.clone()),
        Some(_) | None => None,
    });
    known.unwrap_or_else(random)
}

/// Takes note of how a creation went.
pub(super) fn note(creation: &str, key: String, unsure: bool) {
    UNSURE.set(unsure.then(|| (hash(creation), key)));
}

fn hash(creation: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(creation)
}

fn random() -> String {
    let secure = web_sys::window().and_then(|window| window.crypto().ok()).map(|crypto| crypto.random_uuid());
    secure.unwrap_or_else(|| format!("{}-{}", js_sys::Date::now(), js_sys::Math::random()))
}
