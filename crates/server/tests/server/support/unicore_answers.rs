//! What a site of UNICORE answers with, and how it misbehaves.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// In what a site does not behave as it should.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Malice {
    #[default]
    None,
    /// It lists all jobs, whatever tags are asked for, and takes no files.
    Lists,
    /// It says of each new job that it is the first that it has.
    Names,
    /// It takes files of jobs for the queue `batch` without an end.
    Swallows,
    /// It always has more that was printed.
    Prints,
}

pub(crate) fn part(bytes: &[u8], headers: &HeaderMap) -> Response {
    let range = headers["range"].to_str().unwrap().strip_prefix("bytes=").unwrap();
    let (first, last) = range.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let end = bytes.len().min(last + 1);
    (StatusCode::PARTIAL_CONTENT, bytes[first.min(end)..end].to_vec()).into_response()
}

pub(crate) fn json_of(value: &Value) -> Response {
    ([("content-type", "application/json")], value.to_string()).into_response()
}

pub(crate) fn error(status: u16, message: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), json!({"errorMessage": message}).to_string()).into_response()
}
