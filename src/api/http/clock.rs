//! The server's clock, as far as its answers tell it.

use std::cell::Cell;

use models::time::UnixMillis;

thread_local! {
    /// How far the server's clock is ahead of this machine's, in milliseconds.
    static AHEAD: Cell<f64> = const { Cell::new(0.0) };
}

/// A `Date` header has whole seconds and travels for a while: smaller differences mean nothing.
const TOLERANCE_MS: f64 = 3_000.0;

/// Takes note of the `Date` header of an answer that has just come.
pub(super) fn note(date: &str) {
    let server = js_sys::Date::parse(date);
    let ahead = server - js_sys::Date::now();
    if ahead.is_finite() {
        AHEAD.set(if ahead.abs() < TOLERANCE_MS { 0.0 } else { ahead });
    }
}

/// Now, by the server's clock.
#[must_use]
pub(crate) fn server_time() -> UnixMillis {
    #[expect(clippy::cast_possible_truncation, reason = "a date fits into 53 bits")]
    let now = (js_sys::Date::now() + AHEAD.get()) as i64;
    UnixMillis(now)
}
