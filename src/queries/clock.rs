//! What time it is.

use models::time::UnixMillis;

/// Now, by the server's clock; what times of the server are compared with.
#[must_use]
pub fn server_time() -> UnixMillis {
    crate::api::http::server_time()
}

/// Now, by this machine's clock, in milliseconds since the Unix epoch.
pub(super) fn now_ms() -> f64 {
    js_sys::Date::now()
}
