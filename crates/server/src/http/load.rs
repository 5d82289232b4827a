//! Keeps the server answering when more is asked of it than it can do.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use crate::error::Error;

/// How long a request may take until its answer begins.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take where another server is asked that may think for a minute.
const LONG_PATIENCE: Duration = Duration::from_secs(70);

/// The places for requests in work.
#[derive(Debug, Clone)]
pub struct Capacity(Arc<Semaphore>);

impl Capacity {
    /// Places for `n` at once.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self(Arc::new(Semaphore::new(n)))
    }
}

/// Refuses what finds no place at once: waiting in line would make all slow.
pub async fn shed_load(State(capacity): State<Capacity>, request: Request, next: Next) -> Response {
    let Ok(_place) = capacity.0.try_acquire() else { return Error::Unavailable.into_response() };
    next.run(request).await
}

/// Gives up on a request whose answer has not begun in time. Answers that have begun may last.
pub async fn in_time(request: Request, next: Next) -> Response {
    let asks_model = request.uri().path().ends_with("/predict");
    let patience = if asks_model { LONG_PATIENCE } else { PATIENCE };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("gave up after {} s", patience.as_secs());
            Error::Unavailable.into_response()
        }
    }
}
