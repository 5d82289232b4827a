//! What runs have logged.

use axum::extract::State;
use models::id::{ProjectId, RunId};
use models::metric::{HistoryRequest, MetricHistory};
use models::paths;
use models::permission::Action;
use models::run::RunData;
use utoipa_axum::routes;

use super::comparison::within_limits;
use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{Json, Path};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ViewProject, routes!(data)).add(Action::ViewProject, routes!(histories))
}

/// The parameters, latest metrics, tags, states and inputs of a run.
#[utoipa::path(get, path = paths::RUN_DATA, tag = "runs", operation_id = "get_run_data",
    responses((status = 200, description = "What it has logged.", body = RunData)))]
async fn data(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
) -> Result<Json<RunData>, Error> {
    Ok(Json(store.run_data(project, id).await?))
}

/// Histories of a run's metrics, thinned out to what a chart can show.
#[utoipa::path(post, path = paths::RUN_METRICS, tag = "runs", operation_id = "get_metric_histories",
    request_body(content = HistoryRequest, example = json!({"keys": ["loss"], "points": 800})),
    responses((status = 200, description = "One for each key, in that order; each key once.", body = Vec<MetricHistory>)))]
async fn histories(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Json(request): Json<HistoryRequest>,
) -> Result<Json<Vec<MetricHistory>>, Error> {
    within_limits(request.why_not())?;
    Ok(Json(store.metric_histories(project, id, &request).await?))
}
