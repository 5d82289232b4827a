//! Runs side by side.

use axum::extract::State;
use models::comparison::{ComparedHistories, ComparedHistoriesRequest, Comparison, ComparisonRequest};
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes};
use crate::error::Error;
use crate::http::Json;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ViewProject, routes!(compare)).add(Action::ViewProject, routes!(histories))
}

/// What runs of a project were made of and what came out, side by side.
#[utoipa::path(post, path = paths::RUNS_COMPARE, tag = "runs", operation_id = "compare_runs",
    request_body(content = ComparisonRequest, example = json!({"runIds": ["0190a5b2-c3d4-7e5f-8a9b-cdef01234567"]})),
    responses((status = 200, description = "What is known of them.", body = Comparison)))]
async fn compare(
    State(store): State<Store>,
    access: Access,
    Json(request): Json<ComparisonRequest>,
) -> Result<Json<Comparison>, Error> {
    within_limits(request.why_not())?;
    Ok(Json(store.compare_runs(access.project_id, &request.run_ids).await?))
}

/// Histories of metrics of several runs, thinned out to what a chart can show; along their steps or along another metric,
/// with a moving average where it is asked for. Runs that the project does not have are left out.
#[utoipa::path(post, path = paths::RUNS_METRICS, tag = "runs", operation_id = "compare_metric_histories",
    request_body(content = ComparedHistoriesRequest, example = json!({
        "runIds": ["0190a5b2-c3d4-7e5f-8a9b-cdef01234567"], "keys": ["loss"], "points": 800, "smoothing": 60,
    })),
    responses((status = 200, description = "One for each run, in that order.", body = Vec<ComparedHistories>)))]
async fn histories(
    State(store): State<Store>,
    access: Access,
    Json(request): Json<ComparedHistoriesRequest>,
) -> Result<Json<Vec<ComparedHistories>>, Error> {
    within_limits(request.why_not())?;
    Ok(Json(store.compared_histories(access.project_id, &request).await?))
}

/// Refuses a request for the reason that its type gives, if there is any.
pub(super) fn within_limits(why_not: Option<(&'static str, String)>) -> Result<(), Error> {
    why_not.map_or(Ok(()), |(field, reason)| Err(Error::invalid(field, reason)))
}
