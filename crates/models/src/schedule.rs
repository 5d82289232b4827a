//! Schedules: what happens by itself, when, and what came of it.

use serde::{Deserialize, Serialize};

use crate::id::{DeploymentId, RunId, ScheduleId};
use crate::macros::open_enum;
use crate::page::Listed;
use crate::person::User;
use crate::run::{AddRun, RunStatus};
use crate::text::{CronExpression, Name};
use crate::time::UnixMillis;

open_enum! {
    /// What becomes of the times that pass while no server runs.
    MissedTimes {
        /// They are noted, and nothing happens.
        Skip = "SKIP",
        /// What was to happen happens once, however many there were.
        Once = "ONCE",
    }
}

open_enum! {
    /// What came of a time of a schedule.
    FireOutcome {
        /// It was begun: the run was made, or the model is being asked.
        Started = "STARTED",
        /// The model has answered.
        Answered = "ANSWERED",
        /// The time passed while no server ran, and was let pass.
        Skipped = "SKIPPED",
        /// It could not be begun, and the schedule rests since.
        Refused = "REFUSED",
        /// The model did not answer.
        Failed = "FAILED",
    }
}

/// Something that happens by itself at certain times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// Identifies the schedule.
    pub schedule_id: ScheduleId,
    /// What it is called.
    pub name: String,
    /// The run that is started each time; `null` where a deployed model is asked.
    pub request: Option<AddRun>,
    /// The deployed model that is asked each time; its times are changed where it is changed.
    pub deployment: Option<ScheduledDeployment>,
    /// When, in five cron fields.
    pub cron_string: String,
    /// The time zone of `cronString`, such as `Europe/Berlin`.
    pub time_zone: String,
    /// When, in words.
    pub sentence: String,
    /// Whether it rests.
    pub paused: bool,
    /// Why it rests, where the server has put it to rest.
    pub problem: Option<String>,
    /// What becomes of times that pass while no server runs.
    pub missed_times: MissedTimes,
    /// The next five times; none while it rests.
    #[cfg_attr(feature = "openapi", schema(max_items = 5))]
    pub next_times: Vec<UnixMillis>,
    /// What came of the last time.
    pub last_fire: Option<ScheduleFire>,
    /// In whose name it acts: who made it, or changed last what it does or when.
    pub user: User,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Schedule {
    /// How many a project may have.
    pub const MAX: u64 = 200;
    /// How many of the next times are told.
    pub const NEXT_TIMES: usize = 5;
    /// How long what came of a time is kept, in days.
    pub const MEMORY_DAYS: i64 = 90;
}

impl Listed for Schedule {
    const PROPERTY: &'static str = "schedules";
}

/// A deployed model that a schedule asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScheduledDeployment {
    /// Identifies the deployment.
    pub deployment_id: DeploymentId,
    /// What it is called.
    pub name: String,
}

/// What came of a time of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScheduleFire {
    /// The time; unique within the schedule.
    pub due_at: UnixMillis,
    /// When the server came to it.
    pub fired_at: UnixMillis,
    /// What came of it.
    pub outcome: FireOutcome,
    /// Whether somebody asked for it, beyond the times of the schedule.
    pub is_manual: bool,
    /// The run that was made, as long as there is one.
    pub run: Option<FiredRun>,
    /// More about it, for people.
    pub message: Option<String>,
}

impl Listed for ScheduleFire {
    const PROPERTY: &'static str = "fires";
}

/// A run that a schedule has started, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FiredRun {
    /// Identifies the run.
    pub run_id: RunId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub status: RunStatus,
}

/// The time zone of who names none.
fn utc() -> String {
    "UTC".to_owned()
}

/// Makes a schedule of runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewSchedule {
    /// What to call it.
    pub name: Name,
    /// The run that is started each time; a run that it names already is not meant.
    pub request: AddRun,
    /// When, in five cron fields.
    pub cron_string: CronExpression,
    /// The time zone of `cronString`, an IANA name; `UTC` when absent.
    #[serde(default = "utc")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub time_zone: String,
    /// Whether it rests at first.
    #[serde(default)]
    pub paused: bool,
    /// What becomes of times that pass while no server runs; they are passed over when absent.
    #[serde(default = "skipped")]
    pub missed_times: MissedTimes,
}

fn skipped() -> MissedTimes {
    MissedTimes::Skip
}

/// Changes a schedule; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SchedulePatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The run that is started each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<AddRun>,
    /// When, in five cron fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cron_string: Option<CronExpression>,
    /// The time zone of `cronString`, an IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub time_zone: Option<String>,
    /// Whether it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    /// What becomes of times that pass while no server runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_times: Option<MissedTimes>,
}

impl SchedulePatch {
    /// Whether it says anew what is done or when, so that it is done in the name of who says so.
    #[must_use]
    pub fn takes_over(&self) -> bool {
        self.request.is_some()
            || self.cron_string.is_some()
            || self.time_zone.is_some()
            || self.paused == Some(false)
    }
}

/// Asks what a schedule would mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SchedulePreviewRequest {
    /// When, in five cron fields.
    pub cron_string: CronExpression,
    /// The time zone of `cronString`, an IANA name; `UTC` when absent.
    #[serde(default = "utc")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub time_zone: String,
}

/// What a schedule would mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SchedulePreview {
    /// When, in words.
    pub sentence: String,
    /// The next five times.
    #[cfg_attr(feature = "openapi", schema(max_items = 5))]
    pub next_times: Vec<UnixMillis>,
}
