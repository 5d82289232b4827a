//! Searches runs over MLflow's API.

use axum::extract::State;
use models::id::UserId;
use models::query::parse;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::error::TrackingError;
use super::parameters::Parameters;
use super::runs::with_data;
use super::wire::{RunBody, ViewType, list, optional_integer};
use super::{limits, order, page_token};
use crate::http::{Json, Turns};
use crate::store::RunScope;

/// How many characters the runs of a page may have logged together; who asks for all goes on to the next page.
const MAX_CHARACTERS: u64 = 16 * 1024 * 1024;

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
    State(turns): State<Turns<UserId>>,
    Parameters(asked): Parameters<Search>,
) -> Result<Json<Runs>, TrackingError> {
    let _turn = turns.take(caller.signed_in.user.user_id).await?;
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
    let (mut runs, mut next_page_token) = page_token::cut(found, offset, limit);
    let numbers: Vec<i64> = runs.iter().map(|run| run.number).collect();
    // A run that has logged more than fits comes alone.
    let n_runs = caller.store.n_runs_within(&numbers, MAX_CHARACTERS).await?.max(1);
    if n_runs < runs.len() {
        runs.truncate(n_runs);
        next_page_token = Some(page_token::write(&(offset + n_runs as u64)));
    }
    Ok(Json(Runs { runs: with_data(&caller, runs).await?, next_page_token }))
}

/// The experiments of the search. Those that are not there, or that the caller may not see, have no runs.
async fn scope(caller: &Caller, ids: &[String], view: ViewType) -> Result<RunScope, TrackingError> {
    let experiments = caller.experiments(ids).await?;
    let mut projects: Vec<_> = experiments.iter().map(|experiment| experiment.project_id).collect();
    projects.sort_unstable();
    projects.dedup();
    let experiments = experiments.into_iter().map(|experiment| experiment.number).collect();
    Ok(RunScope { projects: projects.into(), experiments: Some(experiments), stage: view.stage() })
}
