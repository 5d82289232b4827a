//! Whether the server lives, can work, and how it fares.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::AppState;
use crate::auth::authenticate;
use crate::error::Error;
use crate::http::Client;

/// The paths that those ask who keep the server running, under whatever host name.
pub fn health() -> Router<AppState> {
    Router::new().route("/health", get(live)).route("/ready", get(ready)).route("/metrics", get(measures))
}

/// The process answers; nothing else is asked.
async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The server can work: its database answers, the first question will not take long, and it is not about to end.
async fn ready(State(state): State<AppState>) -> Result<StatusCode, Error> {
    if state.shutdown().is_cancelled() || state.is_warming_up() {
        return Err(Error::Unavailable);
    }
    state.store().has_users().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// For Prometheus on this machine, and for administrators.
async fn measures(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if !client.is_local {
        let signed_in = authenticate(&state, &headers, None).await?;
        if !signed_in.user.is_admin {
            return Err(Error::Forbidden("Only administrators of this server may do this.".to_owned()));
        }
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.measures().render()).into_response())
}
