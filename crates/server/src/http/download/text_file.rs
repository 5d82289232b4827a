//! The answer that holds a text which comes in pieces, as a file to be saved.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::Stream;

use super::name;
use crate::store::StoreError;

/// A file, sent piece by piece as its receiver takes them. Its length is not told: it may grow meanwhile.
pub fn text_file(
    file_name: &str,
    pieces: impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name::disposition(file_name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
