//! Runs side by side.

use axum::extract::State;
use models::comparison::{
    ComparedHistories, ComparedHistoriesRequest, Comparison, ComparisonRequest, MAX_COMPARED_RUNS,
};
use models::id::RunId;
use models::metric::HistoryRequest;
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
    check_runs(&request.run_ids)?;
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
    check_runs(&request.run_ids)?;
    if request.keys.len() > HistoryRequest::MAX_KEYS {
        let most = HistoryRequest::MAX_KEYS;
        return Err(Error::invalid("keys", format!("name at most {most} metrics")));
    }
    if !(2..=HistoryRequest::MAX_POINTS).contains(&request.points) {
        let most = HistoryRequest::MAX_POINTS;
        return Err(Error::invalid("points", format!("use a number from 2 to {most}")));
    }
    let n_histories = request.keys.len() as u64 * request.run_ids.len() as u64;
    if n_histories * u64::from(request.points) > HistoryRequest::MAX_TOTAL {
        let most = HistoryRequest::MAX_TOTAL;
        let what = format!("ask for at most {most} points of all metrics and runs together");
        return Err(Error::invalid("points", what));
    }
    if request.smoothing > ComparedHistoriesRequest::MAX_SMOOTHING {
        let most = ComparedHistoriesRequest::MAX_SMOOTHING;
        return Err(Error::invalid("smoothing", format!("use a number from 0 to {most}")));
    }
    if request.places.is_some() && request.along.is_none() {
        return Err(Error::invalid("places", "name the metric that is the place in `along`"));
    }
    Ok(Json(store.compared_histories(access.project_id, &request).await?))
}

fn check_runs(runs: &[RunId]) -> Result<(), Error> {
    if runs.is_empty() || runs.len() > MAX_COMPARED_RUNS {
        return Err(Error::invalid("runIds", format!("name 1 to {MAX_COMPARED_RUNS} runs")));
    }
    Ok(())
}
