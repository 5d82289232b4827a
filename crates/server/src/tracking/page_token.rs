//! Where the next page begins. A token says only how many things to pass over, or after which point to go on: what the
//! caller may see is checked anew for each page.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::TrackingError;

/// The token for a place.
pub(super) fn write(place: &impl Serialize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// The place that a token stands for; none without a token.
pub(super) fn read<T: DeserializeOwned>(token: Option<&str>) -> Result<Option<T>, TrackingError> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok();
    let place = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    place.map(Some).ok_or_else(invalid)
}

/// How many things the pages before have held.
pub(super) fn offset(token: Option<&str>) -> Result<u64, TrackingError> {
    /// Beyond this no list reaches, and no database counts.
    const FAR: u64 = 1_000_000_000_000;
    let offset = read::<u64>(token)?.unwrap_or(0);
    if offset > FAR { Err(invalid()) } else { Ok(offset) }
}

fn invalid() -> TrackingError {
    TrackingError::invalid("Invalid page token, could not base64-decode")
}

/// One page of things that were read one more than fit, and the token for the next page.
pub(super) fn cut<T>(mut items: Vec<T>, offset: u64, limit: u64) -> (Vec<T>, Option<String>) {
    let limit_here = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit_here;
    items.truncate(limit_here);
    (items, more.then(|| write(&(offset + limit))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_place() {
        assert_eq!(read(Some(&write(&50_u64))), Ok(Some(50_u64)));
        assert_eq!(read::<u64>(None), Ok(None));
        assert!(read::<u64>(Some("nonsense")).is_err());
        assert!(offset(Some(&write(&-1))).is_err() && offset(Some(&write(&u64::MAX))).is_err());
        assert_eq!((offset(Some(&write(&7))), offset(Some(""))), (Ok(7), Ok(0)));
    }

    #[test]
    fn the_last_page_has_no_token() {
        assert_eq!(cut(vec![1, 2, 3], 0, 2), (vec![1, 2], Some(write(&2))));
        assert_eq!(cut(vec![1, 2], 0, 2), (vec![1, 2], None));
    }
}
