//! The states of a run, and how many runs are in which.

use serde::{Deserialize, Serialize};

/// The state of a run, as MLflow names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RunStatus {
    /// Waits for a machine.
    Scheduled,
    /// Is being executed.
    Running,
    /// Ended well.
    Finished,
    /// Ended with an error.
    Failed,
    /// Was cancelled.
    Killed,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

impl RunStatus {
    /// The states that a run can be put into.
    pub const ALL: [Self; 5] = [Self::Scheduled, Self::Running, Self::Finished, Self::Failed, Self::Killed];

    /// The spelling on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "SCHEDULED",
            Self::Running => "RUNNING",
            Self::Finished => "FINISHED",
            Self::Failed => "FAILED",
            Self::Killed => "KILLED",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// The state that is spelled `text`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether the run is over.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Finished | Self::Failed | Self::Killed)
    }

    /// Why a run in this state cannot be cancelled; `None` when it can.
    #[must_use]
    pub fn why_not_cancel(self) -> Option<&'static str> {
        match self {
            Self::Scheduled | Self::Running | Self::Unknown => None,
            Self::Finished | Self::Failed => Some("This run has already ended."),
            Self::Killed => Some("This run was cancelled before."),
        }
    }
}

/// How many runs are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct StatusCounts {
    /// Waiting for a machine.
    pub scheduled: u64,
    /// Being executed.
    pub running: u64,
    /// Ended well.
    pub finished: u64,
    /// Ended with an error.
    pub failed: u64,
    /// Cancelled.
    pub killed: u64,
}

impl StatusCounts {
    /// How many runs there are in all.
    #[must_use]
    pub fn total(self) -> u64 {
        self.scheduled + self.running + self.finished + self.failed + self.killed
    }

    /// How many runs are in `status`.
    #[must_use]
    pub fn of(self, status: RunStatus) -> u64 {
        match status {
            RunStatus::Scheduled => self.scheduled,
            RunStatus::Running => self.running,
            RunStatus::Finished => self.finished,
            RunStatus::Failed => self.failed,
            RunStatus::Killed => self.killed,
            RunStatus::Unknown => 0,
        }
    }

    /// Counts `n` more runs in `status`.
    pub fn add(&mut self, status: RunStatus, n: u64) {
        match status {
            RunStatus::Scheduled => self.scheduled += n,
            RunStatus::Running => self.running += n,
            RunStatus::Finished => self.finished += n,
            RunStatus::Failed => self.failed += n,
            RunStatus::Killed => self.killed += n,
            RunStatus::Unknown => {}
        }
    }
}
