//! Requests that say that they may be a repetition.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::store::Once;
use models::id::UserId;

/// The header `Idempotency-Key`: the same request sent again with the same key has its effect only once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency(Option<String>);

impl Idempotency {
    const HEADER: &'static str = "idempotency-key";
    const MAX_LENGTH: usize = 100;

    /// What the store needs to do `operation` (such as `create_project`) once for this user and body.
    pub fn once(self, user_id: UserId, operation: &'static str, body: &impl Serialize) -> Option<Once> {
        let body = serde_json::to_vec(body).unwrap_or_default();
        self.0.map(|key| Once { user_id, key, operation, body_hash: Sha256::digest(body).to_vec() })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Idempotency {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let Some(header) = parts.headers.get(Self::HEADER) else { return Ok(Self(None)) };
        match header.to_str() {
            Ok(key) if (1..=Self::MAX_LENGTH).contains(&key.len()) => Ok(Self(Some(key.to_owned()))),
            Ok(_) | Err(_) => {
                Err(Error::BadRequest(format!("Use a key of 1 to {} plain characters.", Self::MAX_LENGTH)))
            }
        }
    }
}
