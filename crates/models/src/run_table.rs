//! The table of runs: pages by column, and groups with their aggregates.

use serde::{Deserialize, Serialize};

use crate::experiment::LifecycleStage;
use crate::id::{ProjectId, RunId};
use crate::label::Label;
use crate::metric::MetricValue;
use crate::progress::Progress;
use crate::query::{Field, RunQuery};
use crate::run::{RunStatus, StatusCounts};
use crate::time::UnixMillis;

/// Whose runs a table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableScope {
    /// Those of one project.
    Project(ProjectId),
    /// Those of all projects that the person may see.
    Visible,
}

impl TableScope {
    /// The project, where it is about one.
    #[must_use]
    pub fn project(self) -> Option<ProjectId> {
        match self {
            Self::Project(project) => Some(project),
            Self::Visible => None,
        }
    }
}

impl From<ProjectId> for TableScope {
    fn from(project: ProjectId) -> Self {
        Self::Project(project)
    }
}

/// Asks for a page of runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunPageRequest {
    /// Which runs, in which order, with which columns.
    #[serde(default)]
    pub query: RunQuery,
    /// The groups that the runs must be in, outermost first; empty for all runs.
    #[serde(default)]
    pub within: Vec<GroupKey>,
    /// How many runs to pass over.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(maximum = 1_000_000_000))]
    pub offset: u64,
    /// How many runs to give at most, 1 to 200.
    #[serde(default = "default_limit")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 200))]
    pub limit: u64,
    /// Whether to list what is in use or what is in the bin.
    #[serde(default = "active")]
    pub lifecycle_stage: LifecycleStage,
}

/// Asks for a page of groups: those of the key that follows the ones in `within`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupPageRequest {
    /// Which runs, grouped by which keys; its columns name the metrics to aggregate.
    pub query: RunQuery,
    /// The groups that are opened, outermost first; fewer than the query has keys.
    #[serde(default)]
    pub within: Vec<GroupKey>,
    /// How many groups to pass over.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(maximum = 1_000_000_000))]
    pub offset: u64,
    /// How many groups to give at most, 1 to 200.
    #[serde(default = "default_limit")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 200))]
    pub limit: u64,
    /// Whether to list what is in use or what is in the bin.
    #[serde(default = "active")]
    pub lifecycle_stage: LifecycleStage,
}

fn default_limit() -> u64 {
    50
}

fn active() -> LifecycleStage {
    LifecycleStage::Active
}

/// One value of a group key: together with the query a live filter, not a list of runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupKey {
    /// The key.
    pub field: Field,
    /// Its value: an id for code, data, experiment, model and user, else the text; `null` for runs without a value.
    pub value: Option<String>,
}

/// A page of runs, by column: the n-th value of each column belongs to the n-th run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunPage {
    /// How many runs match, on all pages together.
    pub total: u64,
    /// How many runs were passed over.
    pub offset: u64,
    /// The runs.
    pub run_ids: Vec<RunId>,
    /// Their names.
    pub names: Vec<String>,
    /// Their states.
    pub statuses: Vec<RunStatus>,
    /// When they began.
    pub start_times: Vec<Option<UnixMillis>>,
    /// Their versions: what a change of one of them names.
    #[serde(default)]
    pub versions: Vec<i64>,
    /// The project of each run; absent where all are of the one that was asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub project_ids: Vec<ProjectId>,
    /// How far each run has come that is running and tells so; absent where none does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<Option<Progress>>,
    /// The columns that were asked for, in that order. Of a note they hold the first [`RunPage::NOTE_LENGTH`] characters, of
    /// a parameter or a tag as many as [`RunPage::text_length`] says; what was longer ends in `…`.
    pub columns: Vec<Column>,
}

impl RunPage {
    /// How many characters of a note travel; a longer one ends with `…`.
    pub const NOTE_LENGTH: usize = 280;
    /// How many characters all texts of a page may have together, where each takes its share.
    const TEXT_OF_ALL: usize = 4 << 20;

    /// How many characters of a parameter or a tag a page of so many cells holds.
    #[must_use]
    pub fn text_length(n_cells: usize) -> usize {
        (Self::TEXT_OF_ALL / n_cells.max(1)).max(Self::NOTE_LENGTH)
    }
}

/// The values of one field for a page of runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// The field.
    pub field: Field,
    /// Its values.
    pub values: ColumnValues,
}

/// The values of a column; `null` where a run has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ColumnValues {
    /// Numbers; times in milliseconds since the Unix epoch, durations in milliseconds.
    Numbers(Vec<Option<MetricValue>>),
    /// Texts: each value is a place in the list of distinct texts.
    Texts(Dictionary),
    /// Labels: each run has some of them, or none.
    Labels(LabelColumn),
}

/// Texts that repeat: the distinct ones once, and for each run its place among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Dictionary {
    /// The distinct values.
    pub entries: Vec<DictionaryEntry>,
    /// For each run the place of its value in `entries`.
    pub places: Vec<Option<u32>>,
}

/// The labels of runs: the distinct ones once, and for each run their places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LabelColumn {
    /// The distinct labels.
    pub labels: Vec<Label>,
    /// For each run the places of its labels, by scope and name.
    pub places: Vec<Vec<u32>>,
}

/// A distinct value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DictionaryEntry {
    /// What is shown.
    pub text: String,
    /// What it refers to; only for code, data, experiment, model, project and user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Dictionary {
    /// The entry of the run at `row`.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<&DictionaryEntry> {
        let place = self.places.get(row).copied().flatten()?;
        self.entries.get(usize::try_from(place).ok()?)
    }
}

impl LabelColumn {
    /// The labels of the run at `row`.
    pub fn at(&self, row: usize) -> impl Iterator<Item = &Label> {
        let places = self.places.get(row).into_iter().flatten();
        places.filter_map(|place| self.labels.get(usize::try_from(*place).ok()?))
    }
}

/// A page of groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupPage {
    /// How many groups there are, on all pages together.
    pub total: u64,
    /// How many runs are in all of them, each counted once: a run with several labels is in the group of each.
    pub total_runs: u64,
    /// How many groups were passed over.
    pub offset: u64,
    /// The groups: those with the latest run first, the one without a value last.
    pub groups: Vec<Group>,
}

/// Runs that share a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What they share.
    pub key: GroupKey,
    /// The value as it is shown; `null` for runs without a value.
    pub title: Option<String>,
    /// How many runs are in which state.
    pub runs: StatusCounts,
    /// When the latest of them began.
    pub last_start_time: Option<UnixMillis>,
    /// What their metrics amount to, one for each metric that was asked for.
    pub aggregates: Vec<Aggregate>,
}

/// What a metric amounts to over the runs of a group. NaN and infinite values are counted apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Aggregate {
    /// The metric.
    pub field: Field,
    /// How many runs have a finite value.
    pub count: u64,
    /// How many runs have NaN or an infinite value.
    pub n_not_finite: u64,
    /// The mean of the finite values; missing when there are none, like the rest.
    pub mean: Option<f64>,
    /// Their standard deviation: that of a sample, missing for fewer than two values.
    pub standard_deviation: Option<f64>,
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
}

/// What runs have logged: what columns can be chosen from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunKeys {
    /// The metrics, those of most runs first.
    pub metrics: Vec<KeyCount>,
    /// The parameters, those of most runs first.
    pub parameters: Vec<KeyCount>,
}

impl RunKeys {
    /// How many metrics, and how many parameters, are told of several projects at most: those of most runs.
    pub const MOST_OF_SEVERAL: usize = 5_000;
}

/// A key, and how many runs have logged it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeyCount {
    /// The key.
    pub key: String,
    /// How many runs have it.
    pub runs: u64,
}

/// Asks what columns hold over all runs that match.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ColumnContentsRequest {
    /// Which runs, and the columns that are asked about; groups and order do not count.
    #[serde(default)]
    pub query: RunQuery,
    /// Whether what is in use or what is in the bin is looked at.
    #[serde(default = "active")]
    pub lifecycle_stage: LifecycleStage,
}

/// What columns hold over all runs that match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ColumnContents {
    /// How many runs match.
    pub total: u64,
    /// The columns that were asked about, in that order.
    pub columns: Vec<ColumnSummary>,
}

/// A column in brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ColumnSummary {
    /// The field.
    pub field: Field,
    /// What it holds.
    pub content: ColumnContent,
}

/// What a column holds over all runs that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ColumnContent {
    /// No run has a value.
    Empty,
    /// All runs have the same value.
    Same,
    /// Two runs differ. Having no value differs from having one.
    Differing,
}
