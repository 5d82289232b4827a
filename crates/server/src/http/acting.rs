//! Who does something that is written down.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::RequestId;
use crate::auth::{Credential, SignedIn};
use crate::error::Error;
use crate::store::Actor;

/// Who does something that is written down, by what, and in which request.
#[derive(Debug, Clone)]
pub struct Acting(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for Acting {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let signed_in = parts.extensions.get::<SignedIn>().ok_or(Error::SIGN_IN)?;
        let credential = match &signed_in.credential {
            Credential::Browser { .. } => "browser".to_owned(),
            Credential::Client { .. } => "client".to_owned(),
            Credential::Token { token_id, .. } => format!("token {token_id}"),
        };
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        Ok(Self(Actor { user_id: signed_in.user.user_id, credential, request_id }))
    }
}
