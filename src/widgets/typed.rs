//! What people type into fields.

use std::str::FromStr;

/// What was typed into a field that may stay empty.
///
/// # Errors
/// As `T` says.
pub fn optional<T: FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some),
    }
}
