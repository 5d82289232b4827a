//! Runs side by side: what they were made of, what came out, and the histories of their metrics.

use serde::{Deserialize, Serialize};

use crate::id::RunId;
use crate::metric::{HistoryRequest, MetricHistory, MetricValue};
use crate::run::{DatasetInput, Run};

/// How many runs are compared at most.
pub const MAX_COMPARED_RUNS: usize = 100;

/// Asks for what is known of some runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparisonRequest {
    /// The runs, 1 to 100; each counts once.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 100))]
    pub run_ids: Vec<RunId>,
}

impl ComparisonRequest {
    /// Why it cannot be answered, with the name of the property; `None` when it can.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        why_not_runs(&self.run_ids)
    }
}

fn why_not_runs(runs: &[RunId]) -> Option<(&'static str, String)> {
    let is_number = (1..=MAX_COMPARED_RUNS).contains(&runs.len());
    (!is_number).then(|| ("runIds", format!("name 1 to {MAX_COMPARED_RUNS} runs")))
}

/// What is known of some runs, row by row: the n-th value of each row belongs to the n-th run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The runs, in the order in which they were asked for.
    pub runs: Vec<Run>,
    /// Those that the project does not have.
    pub missing: Vec<RunId>,
    /// The parameters of any of them, by key.
    pub parameters: Vec<TextRow>,
    /// The tags of any of them, by key.
    pub tags: Vec<TextRow>,
    /// The metrics of any of them, by key.
    pub metrics: Vec<MetricRow>,
    /// For each run the data sets that it named as its inputs.
    pub inputs: Vec<Vec<DatasetInput>>,
}

impl Comparison {
    /// How many values of all rows together there may be, those that are missing included.
    pub const MAX_CELLS: u64 = 1_000_000;
    /// How many characters the values may have together.
    pub const MAX_CHARACTERS: u64 = 8 * 1024 * 1024;
}

/// A parameter or a tag of several runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TextRow {
    /// The name.
    pub key: String,
    /// For each run its value; `null` for runs without one.
    pub values: Vec<Option<String>>,
}

/// A metric of several runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MetricRow {
    /// The name.
    pub key: String,
    /// For each run the value that was logged last; `null` for runs without the metric.
    pub last: Vec<Option<MetricValue>>,
    /// For each run the least finite value that it ever logged.
    pub low: Vec<Option<f64>>,
    /// For each run the greatest finite value that it ever logged.
    pub high: Vec<Option<f64>>,
}

/// Which histories of which runs are wanted, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedHistoriesRequest {
    /// The runs, 1 to 100; each counts once.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 100))]
    pub run_ids: Vec<RunId>,
    /// The metrics' names, at most 100, and 1000 of all runs together; each counts once.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub keys: Vec<String>,
    /// How many points of each history to give at most, 2 to 5000: about as many as the chart has pixels.
    #[cfg_attr(feature = "openapi", schema(minimum = 2, maximum = 5000))]
    pub points: u32,
    /// The steps that are of interest, both ends included; all when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<(i64, i64)>,
    /// The metric whose value at the same step is the place of a value; steps are the places when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub along: Option<String>,
    /// The places that are of interest, both ends included; only where a metric is the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<(f64, f64)>,
    /// How much of the moving average each value leaves as it was, in hundredths, 0 to 99; 0 asks for none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(maximum = 99))]
    pub smoothing: u8,
}

impl ComparedHistoriesRequest {
    /// The strongest smoothing.
    pub const MAX_SMOOTHING: u8 = 99;

    /// Why it cannot be answered, with the name of the property; `None` when it can.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        let amount = HistoryRequest::why_not_of_runs(&self.keys, self.points, self.run_ids.len());
        if let Some(reason) = why_not_runs(&self.run_ids).or(amount) {
            return Some(reason);
        }
        if self.smoothing > Self::MAX_SMOOTHING {
            return Some(("smoothing", format!("use a number from 0 to {}", Self::MAX_SMOOTHING)));
        }
        let lacks_metric = self.places.is_some() && self.along.is_none();
        lacks_metric.then(|| ("places", "name the metric that is the place in `along`".to_owned()))
    }
}

/// The histories of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedHistories {
    /// The run.
    pub run_id: RunId,
    /// One history for each key, in that order.
    pub histories: Vec<ComparedHistory>,
}

/// The history of one metric of one run, with what was computed from all of its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedHistory {
    /// The history, thinned out.
    pub history: MetricHistory,
    /// The place of each bucket's last value, ascending; only where a metric is the place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<f64>,
    /// How many finite values have no place, because the other metric has no finite value at their step.
    #[serde(default)]
    pub n_without_place: u64,
    /// The moving average at each bucket's last value, where smoothing was asked for. It is computed from every finite
    /// value from the first step on, so it is the same however much of the history is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub smoothed: Vec<f64>,
}
