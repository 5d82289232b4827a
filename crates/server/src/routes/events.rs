//! What changed, pushed as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use models::event::Event;
use models::id::ProjectId;
use models::paths;
use models::permission::Action;
use serde::Deserialize;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::Query;
use crate::services::{Listener, listen};

/// How often a silent stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::UseSession, routes!(stream))
}

/// For which projects.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Ids of projects with commas between; all that the caller may see when missing.
    #[serde(default)]
    #[param(max_length = 4000)]
    projects: String,
}

/// What changes in the projects that the caller may see, as it changes.
///
/// Each message `change` holds an `Event`. After a message `reset` nothing that was read before can be trusted. Who
/// comes back with `Last-Event-ID` is told what she missed.
#[utoipa::path(get, path = paths::EVENTS, tag = "server", operation_id = "stream_events", params(Wanted),
    responses((status = 200, description = "A stream without end.", body = Event, content_type = "text/event-stream"),
        (status = 429, description = "The caller has too many streams open.", body = models::problem::Problem)))]
async fn stream(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let last_id = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let projects = wanted.ids()?;
    let place = state.streams().enter(signed_in.user.user_id).ok_or(Error::TooManyRequests { seconds: 5 })?;
    let messages = listen(&state, Listener { signed_in, projects, last_id, place }).await?;
    let events = tokio_stream::StreamExt::map(ReceiverStream::new(messages), |message| {
        let event = axum::response::sse::Event::default().event(message.name).data(message.data);
        Ok::<_, Infallible>(if let Some(id) = message.id { event.id(id) } else { event })
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(response)
}

impl Wanted {
    fn ids(&self) -> Result<Option<Vec<ProjectId>>, Error> {
        if self.projects.is_empty() {
            return Ok(None);
        }
        let ids = self.projects.split(',').map(str::parse).collect::<Result<_, _>>();
        ids.map(Some)
            .map_err(|_| Error::invalid_query("projects", "name ids of projects, with commas between"))
    }
}
