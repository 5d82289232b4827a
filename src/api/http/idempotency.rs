//! Keys that keep a creation from being done twice.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

thread_local! {
    /// The hashes of the last creations whose outcome is unknown, each with its key. What was sent may hold secrets.
    static UNSURE: RefCell<VecDeque<(u64, String)>> = const { RefCell::new(VecDeque::new()) };
}

/// How many creations are remembered.
const REMEMBERED: usize = 8;

/// The key for a creation: that of an earlier one when it was the same and nobody knows whether it was done.
pub(super) fn key(creation: &str) -> String {
    let hash = hash(creation);
    let known = UNSURE
        .with_borrow(|unsure| unsure.iter().find(|(same, _)| *same == hash).map(|(_, key)| key.clone()));
    known.unwrap_or_else(random)
}

/// Takes note of how a creation went.
pub(super) fn note(creation: &str, key: String, unsure: bool) {
    let hash = hash(creation);
    UNSURE.with_borrow_mut(|all| {
        all.retain(|(same, _)| *same != hash);
        if unsure {
            all.truncate(REMEMBERED - 1);
            all.push_front((hash, key));
        }
    });
}

fn hash(creation: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(creation)
}

fn random() -> String {
    let secure = web_sys::window().and_then(|window| window.crypto().ok()).map(|crypto| crypto.random_uuid());
    secure.unwrap_or_else(|| format!("{}-{}", js_sys::Date::now(), js_sys::Math::random()))
}
