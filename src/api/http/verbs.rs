//! The ways of asking the server.

use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::address::Query;
use super::exchange::{Failure, exchange};
use super::message::{Message, PATIENT_TIMEOUT_MS, encode};
use super::{idempotency, retry, together};
use crate::api::ApiError;

/// Reads `path`. What may pass by itself is tried again.
///
/// # Errors
/// As the server answers.
pub(crate) async fn get<T: DeserializeOwned>(path: &str, query: &Query) -> Result<T, ApiError> {
    read(Message::get(query.behind(path))).await
}

/// Reads `path`, with a question too long for an address.
///
/// # Errors
/// As the server answers.
pub(crate) async fn ask<T: DeserializeOwned>(path: &str, question: &impl Serialize) -> Result<T, ApiError> {
    read(Message::ask(path, encode(question)?)).await
}

/// Makes something. The same thing sent again after an unclear outcome is made only once.
///
/// # Errors
/// As the server answers.
pub(crate) async fn create<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, ApiError> {
    let body = encode(body)?;
    let creation = format!("{path} {body}");
    let key = idempotency::key(&creation);
    let mut message = Message::write(Method::POST, path, Some(body));
    message.headers.push(("Idempotency-Key", key.clone()));
    let result = decode(exchange(&message).await);
    let unsure = matches!(result, Err(ApiError::Offline | ApiError::TimedOut | ApiError::Failed { .. }));
    idempotency::note(&creation, key, unsure);
    result
}

/// Does something that is no creation and changes no record, such as signing in.
///
/// # Errors
/// As the server answers.
pub(crate) async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, ApiError> {
    decode(exchange(&Message::write(Method::POST, path, Some(encode(body)?))).await)
}

/// As [`post`], for what waits for another server, which may take its time.
///
/// # Errors
/// As the server answers.
pub(crate) async fn post_patiently<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    let message = Message::write(Method::POST, path, Some(encode(body)?));
    decode(exchange(&Message { timeout_ms: PATIENT_TIMEOUT_MS, ..message }).await)
}

/// Changes what is at `path`, if it still is the version that the person saw; `None` for what has no versions.
///
/// # Errors
/// [`ApiError::Stale`] when it is not; else as the server answers.
pub(crate) async fn change(
    path: &str,
    version: impl Into<Option<i64>>,
    body: &impl Serialize,
) -> Result<(), ApiError> {
    let mut message = Message::write(Method::PUT, path, Some(encode(body)?));
    message.headers.extend(version.into().map(|version| ("If-Match", entity_tag(version))));
    exchange(&message).await.map(drop).map_err(|failure| failure.error)
}

/// Puts something at `path`, where there must be nothing yet.
///
/// # Errors
/// [`ApiError::Stale`] when there is; else as the server answers.
pub(crate) async fn put_new(path: &str, body: &impl Serialize) -> Result<(), ApiError> {
    let mut message = Message::write(Method::PUT, path, Some(encode(body)?));
    message.headers.push(("If-None-Match", "*".to_owned()));
    exchange(&message).await.map(drop).map_err(|failure| failure.error)
}

/// Deletes what is at `path`, if it still is the version that the person saw; `None` for what has no versions.
///
/// # Errors
/// [`ApiError::Stale`] when it is not; else as the server answers.
pub(crate) async fn delete(path: &str, version: Option<i64>) -> Result<(), ApiError> {
    let mut message = Message::write(Method::DELETE, path, None);
    message.headers.extend(version.map(|version| ("If-Match", entity_tag(version))));
    exchange(&message).await.map(drop).map_err(|failure| failure.error)
}

fn entity_tag(version: i64) -> String {
    format!("\"v{version}\"")
}

async fn read<T: DeserializeOwned>(message: Message) -> Result<T, ApiError> {
    let mut tries = 0;
    loop {
        let failure = match together::read(message.clone()).await {
            Ok(body) => match serde_json::from_str(&body) {
                Ok(value) => return Ok(value),
                Err(error) => Failure::from(ApiError::Unreadable(error.to_string())),
            },
            Err(failure) => failure,
        };
        tries += 1;
        match retry::pause(&failure.error, tries, failure.retry_after, js_sys::Math::random()) {
            Some(pause_ms) => TimeoutFuture::new(pause_ms).await,
            None => return Err(failure.error),
        }
    }
}

fn decode<T: DeserializeOwned>(answer: Result<String, Failure>) -> Result<T, ApiError> {
    let body = answer.map_err(|failure| failure.error)?;
    serde_json::from_str(&body).map_err(|error| ApiError::Unreadable(error.to_string()))
}
