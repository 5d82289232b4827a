//! What a browser or a program calls itself.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

/// The header `User-Agent`, shortened; empty when there is none. Nothing depends on it: people tell by it which of their
/// sessions is which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent(pub String);

const MAX_LENGTH: usize = 250;

impl<S: Send + Sync> FromRequestParts<S> for Agent {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(header.unwrap_or_default().chars().take(MAX_LENGTH).collect()))
    }
}
