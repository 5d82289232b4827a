//! Labels in the query of a URL.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use models::label::LabelReference;

use super::Query;
use crate::error::Error;

/// The labels that a query names: `labels` or, as the 2022 interface writes it, `labels[]`, once for each.
#[derive(Debug, Clone)]
pub struct LabelQuery(pub Vec<LabelReference>);

impl LabelQuery {
    const MOST: usize = 20;
}

impl<S: Send + Sync> FromRequestParts<S> for LabelQuery {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await?;
        let named = pairs.iter().filter(|(name, _)| name == "labels" || name == "labels[]");
        let labels = named
            .map(|(_, text)| LabelReference::in_query(text))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|message| Error::invalid_query("labels", message))?;
        if labels.len() > Self::MOST {
            return Err(Error::invalid_query("labels", format!("use at most {} labels", Self::MOST)));
        }
        Ok(Self(labels))
    }
}
