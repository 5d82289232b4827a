//! Which version of an object a change was made for.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::auth::{Credential, SignedIn};
use crate::error::Error;

/// The version that a change was made for, from `If-Match: "v3"`. Programs may leave it out and overwrite what is
/// there; who changes an object in a browser must have seen it, and is refused without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let header = parts.headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default());
        match header.map(str::trim) {
            Some("*") => Ok(Self(None)),
            Some(tag) => {
                version(tag).map(|version| Self(Some(version))).ok_or(Error::Stale(serde_json::Value::Null))
            }
            None if in_browser(parts) => Err(Error::VersionRequired),
            None => Ok(Self(None)),
        }
    }
}

/// What a request that puts something in its place expects to find there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreseen {
    /// Whatever there is.
    Anything,
    /// Nothing yet: `If-None-Match: *`.
    Nothing,
    /// This version, `If-Match: "v3"`.
    Version(i64),
}

impl<S: Send + Sync> FromRequestParts<S> for Foreseen {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let text = |name| parts.headers.get(name).map(|value| value.to_str().unwrap_or_default().trim());
        match (text(header::IF_NONE_MATCH), text(header::IF_MATCH)) {
            (Some("*"), None) => Ok(Self::Nothing),
            (None, None | Some("*")) => Ok(Self::Anything),
            (None, Some(tag)) => Ok(Self::Version(version(tag).unwrap_or(NEVER))),
            (Some(_), _) => Err(Error::BadRequest(
                "Use either `If-Match` with a version, or `If-None-Match: *` for what must be new."
                    .to_owned(),
            )),
        }
    }
}

fn in_browser(parts: &Parts) -> bool {
    let signed_in = parts.extensions.get::<SignedIn>();
    signed_in.is_some_and(|signed_in| matches!(signed_in.credential, Credential::Browser { .. }))
}

/// The version that nothing has.
const NEVER: i64 = 0;

/// A tag that is none of ours stands for a version that never was.
fn version(tag: &str) -> Option<i64> {
    tag.strip_prefix("\"v")?.strip_suffix('"')?.parse().ok()
}
