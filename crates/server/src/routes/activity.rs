//! How many runs of a project began, day by day.

use axum::extract::State;
use models::paths;
use models::permission::Action;
use models::project::Activity;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes};
use crate::clock;
use crate::error::Error;
use crate::http::{Json, Query};
use crate::store::Store;

const MAX_DAYS: u32 = 366;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ViewProject, routes!(show))
}

/// For how long.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Span {
    /// How many days until today, 1 to 366.
    #[serde(default = "Span::quarter")]
    #[param(minimum = 1, maximum = 366)]
    days: u32,
}

impl Span {
    fn quarter() -> u32 {
        91
    }
}

/// How many runs began, day by day in UTC, by their status now.
#[utoipa::path(get, path = paths::PROJECT_ACTIVITY, tag = "projects", operation_id = "get_activity", params(Span),
    responses((status = 200, description = "The days, oldest first, without gaps.", body = Activity)))]
async fn show(
    State(store): State<Store>,
    access: Access,
    Query(span): Query<Span>,
) -> Result<Json<Activity>, Error> {
    if !(1..=MAX_DAYS).contains(&span.days) {
        return Err(Error::invalid_query("days", format!("use a number from 1 to {MAX_DAYS}")));
    }
    let days = store.activity(access.project_id, span.days, clock::now()).await?;
    Ok(Json(Activity { days }))
}
