//! A job as it is stored.

use models::id::{ProjectId, RunId};
use models::run::{JobState, RunStatus};
use models::time::UnixMillis;
use uuid::Uuid;

use crate::store::{Row, StoreError};

/// The columns of [`JobRecord`]; conditions on `j` and `r` follow.
pub(super) const SELECT: &str =
    "SELECT j.*, r.run_id, r.project_id FROM jobs j JOIN runs r ON r.run_number = j.run_number";

/// What executes runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutorKind {
    /// The machine of the server itself.
    Local,
}

impl ExecutorKind {
    /// Its name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
        }
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Its number in the database, which is its place in the queue.
    pub number: i64,
    /// The number of the run that it executes.
    pub run_number: i64,
    /// That run.
    pub run_id: RunId,
    /// The project of the run.
    pub project_id: ProjectId,
    /// How far it has come.
    pub state: JobState,
    /// Counts the times that it was taken from the queue, from 1.
    pub attempt: u64,
    /// How many attempts failed for a reason that may pass.
    pub failures: u64,
    /// The server that sees to it.
    pub lease_owner: Option<Uuid>,
    /// What the executor calls it.
    pub reference: Option<String>,
    /// What the program itself said of its end.
    pub told_status: Option<RunStatus>,
    /// How many bytes of what the attempt printed are in the run's log.
    pub log_sent: u64,
    /// When somebody asked for its end.
    pub cancel_requested_at: Option<UnixMillis>,
}

impl JobRecord {
    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state == JobState::Ended
    }
}

/// Reads a row of a statement that begins with [`SELECT`].
pub(super) fn read(row: &Row) -> Result<JobRecord, StoreError> {
    let told: Option<String> = row.get("told_status")?;
    Ok(JobRecord {
        number: row.get("job_number")?,
        run_number: row.get("run_number")?,
        run_id: row.get("run_id")?,
        project_id: row.get("project_id")?,
        state: state(&row.get::<String>("state")?),
        attempt: row.get("attempt")?,
        failures: row.get("failures")?,
        lease_owner: row.get("lease_owner")?,
        reference: row.get("reference")?,
        told_status: told.as_deref().and_then(RunStatus::named),
        log_sent: row.get("log_sent")?,
        cancel_requested_at: row.get("cancel_requested_at")?,
    })
}

pub(super) fn state(text: &str) -> JobState {
    JobState::named(text).unwrap_or(JobState::Unknown)
}
