//! What is sent.

use gloo_net::http::Method;
use serde::Serialize;

use crate::api::ApiError;

/// How long a read may take, in milliseconds.
const READ_TIMEOUT_MS: u32 = 15_000;
/// How long a write may take, in milliseconds.
const WRITE_TIMEOUT_MS: u32 = 60_000;
/// How long a write may take that waits for another server, in milliseconds: a little longer than ours waits for it.
pub(super) const PATIENT_TIMEOUT_MS: u32 = 75_000;

/// What is sent.
#[derive(Clone)]
pub(super) struct Message {
    pub(super) method: Method,
    /// The path, with the query behind it.
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    /// JSON.
    pub(super) body: Option<String>,
    pub(super) timeout_ms: u32,
}

impl Message {
    /// Reads what is at a path.
    pub(super) fn get(path: String) -> Self {
        Self { method: Method::GET, path, headers: Vec::new(), body: None, timeout_ms: READ_TIMEOUT_MS }
    }

    /// Reads with a question too long for an address.
    pub(super) fn ask(path: &str, question: String) -> Self {
        Self { timeout_ms: READ_TIMEOUT_MS, ..Self::write(Method::POST, path, Some(question)) }
    }

    /// Changes something.
    pub(super) fn write(method: Method, path: &str, body: Option<String>) -> Self {
        Self {
            method,
            path: path.to_owned(),
            // No form and no foreign page can send this header, so it tells the console from a forgery.
            headers: vec![("X-Requested-By", "console".to_owned())],
            body,
            timeout_ms: WRITE_TIMEOUT_MS,
        }
    }
}

/// A body.
pub(super) fn encode(body: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(body).map_err(|error| ApiError::Unreadable(error.to_string()))
}
