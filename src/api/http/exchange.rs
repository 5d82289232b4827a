//! One request and its answer.

use std::pin::pin;

use futures::future::{Either, select};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use web_sys::AbortController;

use super::address::on_server;
use super::clock;
use super::message::Message;
use crate::api::ApiError;

/// A failure, and how many seconds the server asks to wait before the next try.
pub(super) struct Failure {
    pub(super) error: ApiError,
    pub(super) retry_after: Option<u32>,
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self { error, retry_after: None }
    }
}

/// Ends the request when nobody waits for its answer any more.
pub(super) struct AbortOnDrop(pub(super) Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends the message and gives the body of the answer: JSON, or `null` for an answer without a body.
pub(super) async fn exchange(message: &Message) -> Result<String, Failure> {
    let guard = AbortOnDrop(AbortController::new().ok());
    let answer = pin!(answer(message, &guard));
    match select(answer, TimeoutFuture::new(message.timeout_ms)).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => Err(ApiError::TimedOut.into()),
    }
}

async fn answer(message: &Message, guard: &AbortOnDrop) -> Result<String, Failure> {
    let signal = guard.0.as_ref().map(AbortController::signal);
    let mut builder = RequestBuilder::new(&on_server(&message.path))
        .method(message.method.clone())
        .header("Accept", "application/json")
        .abort_signal(signal.as_ref());
    for (name, value) in &message.headers {
        builder = builder.header(name, value);
    }
    let request = with_body(builder, message.body.as_deref()).map_err(|error| unreadable(&error))?;
    let response = request.send().await.map_err(|_| ApiError::Offline)?;
    if let Some(date) = response.headers().get("date") {
        clock::note(&date);
    }
    let status = response.status();
    let retry_after = response.headers().get("retry-after").and_then(|text| text.trim().parse().ok());
    let is_json = is_json(&response);
    let body = response.text().await.map_err(|_| ApiError::Offline)?;
    match status {
        400.. => Err(Failure { error: ApiError::from_answer(status, retry_after, &body), retry_after }),
        _ if body.is_empty() => Ok("null".to_owned()),
        _ if is_json => Ok(body),
        _ => Err(ApiError::Unreadable("the answer is not JSON".to_owned()).into()),
    }
}

fn with_body(builder: RequestBuilder, body: Option<&str>) -> Result<Request, gloo_net::Error> {
    match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    }
}

fn is_json(response: &Response) -> bool {
    response.headers().get("content-type").is_some_and(|kind| kind.starts_with("application/json"))
}

fn unreadable(error: &gloo_net::Error) -> ApiError {
    ApiError::Unreadable(error.to_string())
}
