//! Searches runs over MLflow's API.

use models::permission::Action;
use models::query::parse;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::error::{Code, TrackingError};
use super::parameters::Parameters;
use super::runs::with_data;
use super::wire::{RunBody, ViewType, list, optional_integer};
use super::{limits, order, page_token};
use crate::http::Json;
use crate::store::RunScope;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    #[serde(deserialize_with = "list")]
    experiment_ids: Vec<String>,
    filter: Option<String>,
    run_view_type: ViewType,
    #[serde(deserialize_with = "optional_integer")]
    max_results: Option<i64>,
    #[serde(deserialize_with = "list")]
    order_by: Vec<String>,
    page_token: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Runs {
    runs: Vec<RunBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

pub(super) async fn search(
    caller: Caller,
    Parameters(asked): Parameters<Search>,
) -> Result<Json<Runs>, TrackingError> {
    let filter = asked.filter.unwrap_or_default();
    if filter.contains('\0') {
        return Err(TrackingError::invalid("Invalid filter: remove the character with the code 0."));
    }
    let filter = parse(&filter)
        .map_err(|error| TrackingError::invalid(format!("Invalid filter '{filter}': {error}")))?;
    let order = order::of_runs(&asked.order_by)?;
    let limit = limits::page_size(asked.max_results, 1000, 50_000)?;
    let offset = page_token::offset(asked.page_token.as_deref())?;
    let scope = scope(&caller, &asked.experiment_ids, asked.run_view_type).await?;
    let found = caller.store.search_runs(&scope, &filter, &order, offset, limit + 1).await?;
    let (runs, next_page_token) = page_token::cut(found, offset, limit);
    Ok(Json(Runs { runs: with_data(&caller, runs).await?, next_page_token }))
}

/// The experiments of the search. Those that are not there, or that the caller may not see, have no runs.
async fn scope(caller: &Caller, ids: &[String], view: ViewType) -> Result<RunScope, TrackingError> {
    let mut projects = Vec::new();
    let mut experiments = Vec::new();
    for id in ids {
        match caller.experiment(id, Action::ViewProject).await {
            Ok(experiment) => {
                projects.push(experiment.project_id);
                experiments.push(experiment.number);
            }
            Err(TrackingError { code: Code::ResourceDoesNotExist, .. }) => {}
            Err(error) => return Err(error),
        }
    }
    projects.sort_unstable();
    projects.dedup();
    experiments.sort_unstable();
    experiments.dedup();
    Ok(RunScope { projects: projects.into(), experiments: Some(experiments), stage: view.stage() })
}
