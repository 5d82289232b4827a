//! How much a body that is kept as a file will hold.

use axum::http::{HeaderMap, header};

use crate::blobs::{BlobError, Expected};

/// What the headers of a request say of the size of its body, of at most `limit` bytes.
///
/// # Errors
/// [`BlobError::TooLarge`] when they say more.
pub fn expected(headers: &HeaderMap, limit: u64) -> Result<Expected, BlobError> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    match length {
        Some(length) if length > limit => Err(BlobError::TooLarge { limit }),
        Some(length) => Ok(Expected::Exactly(length)),
        None => Ok(Expected::AtMost(limit)),
    }
}
