//! Writes the body of refusals, once it is known in which shape the caller expects it.

use std::any::Any;

use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use models::problem::Problem;
use serde::Serialize;
use serde_json::Value;

use super::{Json, RequestId};
use crate::error::{Error, Refusal};
use crate::tracking;

/// Gives each refusal the body of the REST API, or that of MLflow's where its clients call.
pub async fn render_problems(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let is_head = request.method() == Method::HEAD;
    let is_tracking = tracking::is_tracking(request.uri().path());
    let mut response = next.run(request).await;
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else { return response };
    let problem = Problem { request_id: id.map(|id| id.0), ..refusal.problem };
    let (mut parts, _) = response.into_parts();
    let written = if is_tracking {
        tracking::refusal(&problem).into_response()
    } else {
        Json(Body { problem, current: refusal.current }).into_response()
    };
    let (written, body) = written.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(written.headers);
    let body = if is_head { axum::body::Body::empty() } else { body };
    Response::from_parts(parts, body)
}

/// The problem, and beside it the properties of the object as it is now, where a change came too late.
#[derive(Serialize)]
struct Body {
    #[serde(flatten)]
    problem: Problem,
    #[serde(flatten, skip_serializing_if = "Value::is_null")]
    current: Value,
}

/// Answers for methods that a path does not know; the header `Allow` is added by the router.
pub async fn no_such_method() -> Error {
    Error::MethodNotAllowed
}

/// Answers for a handler that panicked.
#[must_use]
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text =
        cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Error::internal(text.unwrap_or("a panic without text")).into_response()
}
