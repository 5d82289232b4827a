//! How many things a page holds.

use super::error::TrackingError;

/// How many things a page holds at most, however many more were asked for.
const MAX_PAGE: u64 = 1000;

/// How many things to give, of `asked`, which must be from 1 to `most`.
pub(super) fn page_size(asked: Option<i64>, usual: u64, most: u64) -> Result<u64, TrackingError> {
    let asked = asked.map_or(Ok(usual), |asked| {
        u64::try_from(asked).ok().filter(|asked| (1..=most).contains(asked)).ok_or_else(|| {
            TrackingError::invalid(format!(
                "Invalid value {asked} for parameter 'max_results' supplied: It must be at least 1 and at most {most}."
            ))
        })
    })?;
    Ok(asked.min(MAX_PAGE))
}
