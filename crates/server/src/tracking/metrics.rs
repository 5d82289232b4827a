//! Histories of metrics over MLflow's API.

use models::metric::{HistoryRequest, MetricValue};
use models::permission::Action;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

use super::caller::Caller;
use super::error::TrackingError;
use super::page_token;
use super::parameters::Parameters;
use super::wire::{MetricBody, list, optional_integer};
use crate::http::Json;

/// How many points a page has at most.
const MAX_POINTS: i64 = 25_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    run_id: String,
    run_uuid: String,
    metric_key: String,
    page_token: Option<String>,
    #[serde(deserialize_with = "optional_integer")]
    max_results: Option<i64>,
}

#[derive(Debug, Serialize)]
pub(super) struct History {
    metrics: Vec<MetricBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

pub(super) async fn history(
    caller: Caller,
    Parameters(asked): Parameters<Which>,
) -> Result<Json<History>, TrackingError> {
    if asked.metric_key.is_empty() {
        return Err(TrackingError::required("metric_key"));
    }
    let id = if asked.run_id.is_empty() { &asked.run_uuid } else { &asked.run_id };
    let run = caller.run(id, Action::ViewProject).await?;
    let limit = asked.max_results.unwrap_or(MAX_POINTS).clamp(1, MAX_POINTS).unsigned_abs();
    let after = page_token::read(asked.page_token.as_deref())?;
    let page =
        caller.store.metric_points(run.project_id, run.number, &asked.metric_key, limit, after).await?;
    Ok(Json(History {
        metrics: page.points.into_iter().map(MetricBody::from).collect(),
        next_page_token: page.next.as_ref().map(page_token::write),
    }))
}

/// How many runs may be asked for at once.
const MAX_RUNS: usize = 100;
/// How many points of each run are given unless something else is asked for, and at most.
const USUAL: i64 = 320;
const MOST: i64 = 2500;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Interval {
    #[serde(deserialize_with = "list")]
    run_ids: Vec<String>,
    metric_key: String,
    #[serde(deserialize_with = "optional_integer")]
    start_step: Option<i64>,
    #[serde(deserialize_with = "optional_integer")]
    end_step: Option<i64>,
    #[serde(deserialize_with = "optional_integer")]
    max_results: Option<i64>,
}

#[derive(Debug, Serialize)]
pub(super) struct Points {
    metrics: Vec<PointOfRun>,
}

#[derive(Debug, Serialize)]
struct PointOfRun {
    run_id: String,
    #[serde(flatten)]
    point: MetricBody,
}

/// Points of one metric of several runs, thinned out.
pub(super) async fn interval(
    caller: Caller,
    Parameters(asked): Parameters<Interval>,
) -> Result<Json<Points>, TrackingError> {
    if asked.run_ids.is_empty() || asked.run_ids.len() > MAX_RUNS {
        return Err(TrackingError::invalid(format!(
            "GetMetricHistoryBulkInterval needs 1 to {MAX_RUNS} run_ids."
        )));
    }
    let steps = match (asked.start_step, asked.end_step) {
        (None, None) => None,
        (Some(start), Some(end)) if start <= end => Some((start, end)),
        _ => {
            let message =
                "If either start step or end step are specified, both must be specified, and in this order.";
            return Err(TrackingError::invalid(message));
        }
    };
    let points = u32::try_from(asked.max_results.unwrap_or(USUAL).clamp(2, MOST)).unwrap_or(2);
    let request = HistoryRequest { keys: vec![asked.metric_key.clone()], points, steps };
    let mut metrics = Vec::new();
    let mut seen = HashSet::new();
    for id in asked.run_ids.iter().filter(|id| seen.insert(*id)) {
        let run = caller.run(id, Action::ViewProject).await?;
        for history in caller.store.metric_histories(run.project_id, run.id, &request).await? {
            let places = history.steps.iter().zip(&history.timestamps).zip(&history.last);
            metrics.extend(places.map(|((step, timestamp), value)| PointOfRun {
                run_id: run.id.mlflow(),
                point: MetricBody {
                    key: asked.metric_key.clone(),
                    value: Some(MetricValue(*value)),
                    timestamp: timestamp.0,
                    step: *step,
                },
            }));
        }
    }
    Ok(Json(Points { metrics }))
}
