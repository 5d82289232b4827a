//! The first start of a server.

use axum::extract::State;
use axum::response::Response;
use models::paths;
use models::permission::Action;
use models::session::{Session, Setup, SetupState};
use utoipa_axum::routes;

use super::session::{BODY_LIMIT, answer};
use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{Json, SignInFrom, Site};
use crate::services;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ReadServer, routes!(show)).add_small(
        Action::SignIn,
        BODY_LIMIT,
        routes!(set_up),
    )
}

/// Whether the server waits for its first user.
#[utoipa::path(get, path = paths::SETUP, tag = "session", operation_id = "get_setup_state",
    responses((status = 200, description = "It waits, or not.", body = SetupState)))]
async fn show(State(store): State<Store>) -> Result<Json<SetupState>, Error> {
    Ok(Json(SetupState { needed: !store.has_users().await? }))
}

/// Make the first user, an administrator. The answer sets a cookie.
#[utoipa::path(post, path = paths::SETUP, tag = "session", operation_id = "set_up", request_body = Setup,
    responses((status = 201, description = "Made and signed in.", body = Session),
        (status = 401, description = "The link is not that of this server.", body = models::problem::Problem)))]
async fn set_up(
    State(state): State<AppState>,
    site: Site,
    SignInFrom(origin): SignInFrom,
    Json(setup): Json<Setup>,
) -> Result<Response, Error> {
    Ok(answer(&site, services::set_up(&state, setup, origin).await?))
}
