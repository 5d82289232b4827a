//! The execution of a run by this server.

use serde::{Deserialize, Serialize};

use crate::time::UnixMillis;

/// How far the server has come with executing a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunJob {
    /// What executes it.
    #[serde(default)]
    pub executor: JobExecutor,
    /// Where it is.
    pub state: JobState,
    /// Its place among those that wait, from 1; only while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// How often its start was tried; 0 before the first time.
    pub attempt: u64,
    /// When somebody asked for its end; it has ended once its state says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel_requested_at: Option<UnixMillis>,
    /// The queue of the machine in which it waits or waited, as the machine calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Since when it waits there; only as long as it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queued_since: Option<UnixMillis>,
    /// Since when the machine cannot be asked about it, which is tried again and again; absent where it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered_since: Option<UnixMillis>,
    /// Why it waits, or how it ended, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// What executes a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum JobExecutor {
    /// The machine of the server.
    #[default]
    Local,
    /// A site of UNICORE.
    Unicore,
    /// One that this version does not know.
    #[serde(other)]
    Unknown,
}

/// Where the execution of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It waits for its turn.
    Queued,
    /// Its code is being fetched and it is handed to the machine.
    Submitting,
    /// The machine has it.
    Running,
    /// It is over.
    Ended,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

impl JobState {
    /// The states that a job can be in.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Submitting, Self::Running, Self::Ended];

    /// The spelling on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Submitting => "submitting",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }

    /// The state that is spelled `text`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}
