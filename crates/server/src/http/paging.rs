//! Which page of a list is asked for.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use models::page::PageQuery;

use super::Query;
use crate::error::Error;

/// Which page of a list is asked for, within its limits.
#[derive(Debug, Clone, Copy)]
pub struct Paging(pub PageQuery);

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let Query(page) = Query::<PageQuery>::from_request_parts(parts, state).await?;
        page.why_not().map_or(Ok(Self(page)), |(name, reason)| Err(Error::invalid_query(name, reason)))
    }
}
