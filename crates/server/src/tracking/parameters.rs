//! The parameters of a call: in the body, or for reads in the query.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{Method, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::error::{Code, TrackingError};
use crate::http::{Json, Whole};

/// The parameters of a call.
#[derive(Debug)]
pub(super) struct Parameters<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequest<S> for Parameters<T> {
    type Rejection = TrackingError;

    async fn from_request(request: Request, state: &S) -> Result<Self, TrackingError> {
        if request.method() == Method::GET || has_no_body(&request) {
            let query = request.uri().query().unwrap_or_default();
            return from_value(Value::Object(query_values(query))).map(Self);
        }
        let Json(value) = Json::<Value>::from_request(request, state).await?;
        from_value(value).map(Self)
    }
}

/// As [`Parameters`], for batches, which have a limit of their own.
#[derive(Debug)]
pub(super) struct BatchParameters<T>(pub(super) T);

/// How many bytes a batch may have.
const MAX_BATCH: usize = 1_000_000;

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequest<S> for BatchParameters<T> {
    type Rejection = TrackingError;

    async fn from_request(request: Request, state: &S) -> Result<Self, TrackingError> {
        let (parts, body) = request.into_parts();
        let Whole(body) = Whole::from_request(Request::from_parts(parts.clone(), body), state).await?;
        if body.len() > MAX_BATCH {
            return Err(TrackingError::invalid(format!(
                "Batched logging API requests must be at most {MAX_BATCH} bytes, got a request of size {}.",
                body.len()
            )));
        }
        let request = Request::from_parts(parts, Bytes::into(body));
        Parameters::from_request(request, state).await.map(|Parameters(parameters)| Self(parameters))
    }
}

fn has_no_body(request: &Request) -> bool {
    let headers = request.headers();
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    match length {
        Some(length) => length == "0",
        None => {
            !headers.contains_key(header::TRANSFER_ENCODING) && !headers.contains_key(header::CONTENT_TYPE)
        }
    }
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, TrackingError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner();
        TrackingError::new(
            Code::InvalidParameterValue,
            format!("Invalid value for parameter '{path}' supplied: {reason}"),
        )
    })
}

/// The values of a query; a name that occurs several times has a list.
fn query_values(query: &str) -> Map<String, Value> {
    let mut values = Map::new();
    for (name, value) in form_pairs(query) {
        match values.get_mut(&name) {
            None => {
                values.insert(name, Value::String(value));
            }
            Some(Value::Array(list)) => list.push(Value::String(value)),
            Some(first) => *first = Value::Array(vec![first.take(), Value::String(value)]),
        }
    }
    values
}

fn form_pairs(query: &str) -> Vec<(String, String)> {
    let uri = format!("/?{query}");
    let uri = uri.parse().unwrap_or_default();
    axum::extract::Query::try_from_uri(&uri).map(|axum::extract::Query(pairs)| pairs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_query_becomes_an_object() {
        let expected = json!({"run_id": "a b", "order_by": ["x", "y"]});
        assert_eq!(Value::Object(query_values("run_id=a%20b&order_by=x&order_by=y")), expected);
    }
}
