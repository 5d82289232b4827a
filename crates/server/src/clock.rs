//! The time of day.

use models::time::UnixMillis;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now. A clock before 1970 counts as 1970.
#[must_use]
pub fn now() -> UnixMillis {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}
