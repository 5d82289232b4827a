//! A run as it is stored.

use models::{
    experiment::LifecycleStage,
    id::{CodeRepositoryId, ConnectionId, DataRepositoryId, ModelRepositoryId, ProjectId, RunId},
    person::User,
    run::RunStatus,
    time::UnixMillis,
};

use super::RunDetails;
use crate::store::{Row, StoreError, experiments::lifecycle_stage, run_counts::Place};

/// The columns of [`RunRecord`]; conditions on `r` follow.
pub(super) const SELECT: &str =
    "SELECT r.*, u.name AS user_name FROM runs r JOIN users u ON u.user_id = r.user_id";

/// A run without what it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRecord {
    /// Its number in the database.
    pub number: i64,
    /// Identifies it.
    pub id: RunId,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// The experiment it belongs to.
    pub experiment_number: i64,
    /// Who started it.
    pub user: User,
    /// Its display name.
    pub name: String,
    /// Its state.
    pub status: RunStatus,
    /// Whether it is in use or in the bin.
    pub lifecycle_stage: LifecycleStage,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it began.
    pub start_time: Option<UnixMillis>,
    /// When it ended.
    pub end_time: Option<UnixMillis>,
    /// Where its artifacts lie.
    pub artifact_uri: String,
    /// The code that was executed.
    pub code: Option<CodeRepositoryId>,
    /// The branch of the code.
    pub branch: Option<String>,
    /// The commit of the code.
    pub commit: Option<String>,
    /// The data it read.
    pub data: Option<DataRepositoryId>,
    /// The branch of the data.
    pub data_branch: Option<String>,
    /// The commit of the data.
    pub data_commit: Option<String>,
    /// The definition of the model that was trained.
    pub model: Option<ModelRepositoryId>,
    /// The connection it was submitted through.
    pub connection: Option<ConnectionId>,
    /// What is only shown.
    pub details: RunDetails,
    /// Counts its changes.
    pub version: i64,
}

impl RunRecord {
    /// Where it is counted.
    pub(in crate::store) fn place(&self) -> Place {
        Place {
            project: self.project_id,
            experiment: self.experiment_number,
            stage: self.lifecycle_stage,
            status: self.status,
        }
    }
}

/// Reads rows of a statement that begins with [`SELECT`].
pub(super) fn read_all(rows: &[Row]) -> Result<Vec<RunRecord>, StoreError> {
    rows.iter().map(read).collect()
}

pub(super) fn read(row: &Row) -> Result<RunRecord, StoreError> {
    let user =
        User { user_id: row.get("user_id")?, name: row.get("user_name")?, email: None, is_admin: None };
    Ok(RunRecord {
        number: row.get("run_number")?,
        id: row.get("run_id")?,
        project_id: row.get("project_id")?,
        experiment_number: row.get("experiment_number")?,
        user,
        name: row.get("name")?,
        status: RunStatus::named(&row.get::<String>("status")?).unwrap_or(RunStatus::Unknown),
        lifecycle_stage: lifecycle_stage(&row.get::<String>("lifecycle_stage")?),
        created_at: row.get("created_at")?,
        start_time: row.get("start_time")?,
        end_time: row.get("end_time")?,
        artifact_uri: row.get("artifact_uri")?,
        code: row.get("code_repository_id")?,
        branch: row.get("git_branch")?,
        commit: row.get("git_commit")?,
        data: row.get("data_repository_id")?,
        data_branch: row.get("data_branch")?,
        data_commit: row.get("data_commit")?,
        model: row.get("model_repository_id")?,
        connection: row.get("connection_id")?,
        details: serde_json::from_str(&row.get::<String>("details")?)?,
        version: row.get("version")?,
    })
}
