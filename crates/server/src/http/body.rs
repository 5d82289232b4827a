//! Bodies that are read as a whole.

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use bytes::BytesMut;
use http_body_util::BodyExt as _;

use crate::error::Error;

/// How many bytes a body may have that nothing else is said of.
const USUAL: usize = 1024 * 1024;
/// How many bytes beyond its limit a body may have that its sender is told so.
const DROPPED: usize = 32 * 1024 * 1024;

#[derive(Debug, Clone, Copy)]
pub struct Limit(usize);

/// The layer for routes whose bodies may have `n_bytes`.
pub fn body_limit(n_bytes: usize) -> Extension<Limit> {
    Extension(Limit(n_bytes))
}

/// A whole body, of any kind, as long as the route allows.
#[derive(Debug, Clone)]
pub struct Whole(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Whole {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let limit = request.extensions().get::<Limit>().map_or(USUAL, |limit| limit.0);
        read(request.into_body(), limit).await.map(Self)
    }
}

/// Reads a body of at most `limit` bytes. More is dropped as it comes: a connection that breaks while a browser still
/// sends hides the refusal from it.
async fn read(mut body: Body, limit: usize) -> Result<Bytes, Error> {
    let (mut whole, mut n_bytes) = (BytesMut::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::BadRequest("The body broke off.".to_owned()))?;
        let Ok(data) = frame.into_data() else { continue };
        n_bytes += data.len();
        if n_bytes <= limit {
            whole.extend_from_slice(&data);
        } else if n_bytes > limit + DROPPED {
            break;
        }
    }
    if n_bytes > limit { Err(Error::TooLarge { limit }) } else { Ok(whole.freeze()) }
}
