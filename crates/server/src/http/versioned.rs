//! Answers with the version of what they hold.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Json;

/// An object as JSON, with its version as `ETag`.
#[derive(Debug, Clone)]
pub struct Versioned<T> {
    /// Counts the object's changes.
    pub version: i64,
    /// The object.
    pub body: T,
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, format!("\"v{}\"", self.version))], Json(self.body)).into_response()
    }
}
