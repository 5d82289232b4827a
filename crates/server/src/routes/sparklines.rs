//! The courses of metrics, as small as a cell of the table of runs.

use axum::extract::State;
use models::paths;
use models::permission::Action;
use models::sparkline::{Sparklines, SparklinesRequest};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::Json;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(sparklines))
        .add(Action::ViewAllRuns, routes!(all_sparklines))
}

/// The courses of metrics of several runs, thinned out to what a cell can show. Runs that the project does not have are left
/// out.
#[utoipa::path(post, path = paths::RUNS_SPARKLINES, tag = "runs", operation_id = "get_sparklines",
    request_body(content = SparklinesRequest, example = json!({
        "runIds": ["0190a5b2-c3d4-7e5f-8a9b-cdef01234567"], "keys": ["loss"], "points": 32,
    })),
    responses((status = 200, description = "The courses.", body = Sparklines)))]
async fn sparklines(
    State(store): State<Store>,
    access: Access,
    Json(request): Json<SparklinesRequest>,
) -> Result<Json<Sparklines>, Error> {
    Ok(Json(store.sparklines(access.project_id, checked(&request)?).await?))
}

/// The courses of metrics of several runs, of whichever project, thinned out to what a cell can show. Runs that the caller
/// may not see are left out.
#[utoipa::path(post, path = paths::ALL_RUNS_SPARKLINES, tag = "runs", operation_id = "get_all_sparklines",
    request_body(content = SparklinesRequest, example = json!({
        "runIds": ["0190a5b2-c3d4-7e5f-8a9b-cdef01234567"], "keys": ["loss"], "points": 32,
    })),
    responses((status = 200, description = "The courses.", body = Sparklines)))]
async fn all_sparklines(
    State(store): State<Store>,
    signed_in: SignedIn,
    Json(request): Json<SparklinesRequest>,
) -> Result<Json<Sparklines>, Error> {
    let request = checked(&request)?;
    let projects = signed_in.visible_projects(&store).await?;
    Ok(Json(store.sparklines(projects, request).await?))
}

/// The request, when it is within its limits.
fn checked(request: &SparklinesRequest) -> Result<&SparklinesRequest, Error> {
    let (runs, keys, points) =
        (SparklinesRequest::MAX_RUNS, SparklinesRequest::MAX_KEYS, SparklinesRequest::MAX_POINTS);
    if !(1..=runs).contains(&request.run_ids.len()) {
        return Err(Error::invalid("runIds", format!("name 1 to {runs} runs")));
    }
    if !(1..=keys).contains(&request.keys.len()) {
        return Err(Error::invalid("keys", format!("name 1 to {keys} metrics")));
    }
    if !(2..=points).contains(&request.points) {
        return Err(Error::invalid("points", format!("use a number from 2 to {points}")));
    }
    Ok(request)
}
