//! Whence somebody signs in.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::RequestId;
use crate::store::SignInOrigin;

/// The header `User-Agent`, shortened; empty when there is none. Nothing depends on it: people tell by it which of their
/// sessions is which. Beside it the request.
#[derive(Debug, Clone)]
pub struct SignInFrom(pub SignInOrigin);

const MAX_LENGTH: usize = 250;

impl<S: Send + Sync> FromRequestParts<S> for SignInFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let device = header.unwrap_or_default().chars().take(MAX_LENGTH).collect();
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        Ok(Self(SignInOrigin { device, request_id }))
    }
}
