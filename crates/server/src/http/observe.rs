//! Names each request, times it, and writes one line about it.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::state::AppState;

/// Names a request in the log and in the answer. It is ours: what a client sends as such is not believed.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Names the request, times it, and writes one line about it: never a body, a query or a secret.
pub async fn observe(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().simple().to_string();
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_else(|| "-".to_owned());
    let method = request.method().clone();
    let span = tracing::info_span!("request", id, %method, path);
    request.extensions_mut().insert(RequestId(id.clone()));
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = start.elapsed();
    let status = response.status().as_u16();
    let millis = elapsed.as_secs_f64() * 1e3;
    span.in_scope(|| tracing::info!(status, millis, "answered"));
    state.measures().count_request(method.as_str(), &path, status, elapsed);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}
