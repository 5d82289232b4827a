//! Points in time.

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch, UTC: 0 to 253402300799999, the end of the year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The last millisecond of the year 9999.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// Whether the value lies between the epoch and [`UnixMillis::MAX`].
    #[must_use]
    pub fn is_in_range(self) -> bool {
        (0..=Self::MAX.0).contains(&self.0)
    }

    /// How many milliseconds have passed since `earlier`; never negative, clocks differ.
    #[must_use]
    pub fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }
}
