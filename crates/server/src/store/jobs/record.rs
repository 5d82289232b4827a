//! A job as it is stored.

use models::id::{ProjectId, RunId};
use models::run::{JobExecutor, JobState, RunStatus};
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
    /// A site of UNICORE.
    Unicore,
}

impl ExecutorKind {
    /// Its name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Unicore => "unicore",
        }
    }

    /// Whether what belongs to its jobs lies in the data folder of the server that sees to them.
    pub(super) fn is_in_place(self) -> bool {
        match self {
            Self::Local => true,
            Self::Unicore => false,
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
    /// Since when it is executed; missing while the machine lets it wait.
    pub started_at: Option<UnixMillis>,
    /// What is told of it besides.
    pub note: JobNote,
}

/// What is told of a job while it goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobNote {
    /// Why it waits, for people.
    pub message: Option<String>,
    /// The queue of the machine.
    pub queue: Option<String>,
    /// Since when it waits there.
    pub queued_since: Option<UnixMillis>,
    /// Since when the machine cannot be asked about it.
    pub unanswered_since: Option<UnixMillis>,
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
        started_at: row.get("started_at")?,
        note: note(row)?,
    })
}

pub(super) fn note(row: &Row) -> Result<JobNote, StoreError> {
    Ok(JobNote {
        message: row.get("message")?,
        queue: row.get("queue")?,
        queued_since: row.get("queued_since")?,
        unanswered_since: row.get("unanswered_since")?,
    })
}

pub(super) fn executor(text: &str) -> JobExecutor {
    match text {
        "local" => JobExecutor::Local,
        "unicore" => JobExecutor::Unicore,
        _ => JobExecutor::Unknown,
    }
}

pub(super) fn state(text: &str) -> JobState {
    JobState::named(text).unwrap_or(JobState::Unknown)
}
