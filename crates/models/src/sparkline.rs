//! The courses of metrics, as small as a cell of the table of runs.

use serde::{Deserialize, Serialize};

use crate::id::RunId;

/// Asks for the courses of metrics of some runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SparklinesRequest {
    /// The runs, 1 to 100: those on screen.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 100))]
    pub run_ids: Vec<RunId>,
    /// The metrics' names, 1 to 8.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 8))]
    pub keys: Vec<String>,
    /// How many values of each metric to give at most, 2 to 64.
    #[cfg_attr(feature = "openapi", schema(minimum = 2, maximum = 64))]
    pub points: u32,
}

impl SparklinesRequest {
    /// How many runs may be asked about at once.
    pub const MAX_RUNS: usize = 100;
    /// How many metrics may be asked about at once.
    pub const MAX_KEYS: usize = 8;
    /// The finest that may be asked for.
    pub const MAX_POINTS: u32 = 64;
}

/// The courses of metrics of some runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sparklines {
    /// The metrics, in the order asked for.
    pub keys: Vec<String>,
    /// The runs, in the order asked for; those that the project does not have are left out.
    pub runs: Vec<RunSparklines>,
}

/// The courses of metrics of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunSparklines {
    /// The run.
    pub run_id: RunId,
    /// For each metric the last finite value of each of as many spans of steps as points were asked for; spans without one
    /// are left out.
    pub values: Vec<Vec<f64>>,
}

impl Sparklines {
    /// The course of a metric of a run.
    #[must_use]
    pub fn of(&self, run: RunId, key: &str) -> Option<&[f64]> {
        let place = self.keys.iter().position(|own| own == key)?;
        self.runs.iter().find(|own| own.run_id == run)?.values.get(place).map(Vec::as_slice)
    }
}
