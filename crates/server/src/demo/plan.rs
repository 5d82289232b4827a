//! What the demonstration consists of, before anything is stored: plain descriptions, the same at each start.

use models::id::RunId;
use models::run::RunStatus;
use models::time::UnixMillis;

/// A project and all that is in it.
pub(super) struct ProjectPlan {
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) description: &'static str,
    pub(super) public: bool,
    pub(super) labels: &'static [(&'static str, &'static str)],
    pub(super) code: &'static [CodePlan],
    pub(super) data: &'static [DataPlan],
    pub(super) models: &'static [ModelPlan],
    pub(super) experiments: &'static [&'static str],
    /// Oldest first.
    pub(super) runs: Vec<RunPlan>,
    pub(super) saved: &'static [SavedPlan],
    pub(super) deployments: &'static [DeploymentPlan],
    pub(super) templates: &'static [TemplatePlan],
    pub(super) schedules: &'static [SchedulePlan],
    /// What came of the past times of the schedules; the runs among them are of `runs`.
    pub(super) fires: Vec<FirePlan>,
}

/// A code repository.
pub(super) struct CodePlan {
    pub(super) name: &'static str,
    pub(super) uri: &'static str,
    pub(super) description: &'static str,
    /// Oldest first; runs name them by their place.
    pub(super) commits: &'static [&'static str],
}

/// A data repository.
pub(super) struct DataPlan {
    pub(super) name: &'static str,
    pub(super) uri: &'static str,
    pub(super) description: &'static str,
    pub(super) dvc: bool,
    /// Names and commits, oldest first; runs name them by their place.
    pub(super) versions: &'static [(&'static str, &'static str)],
}

/// The definition of an untrained model.
pub(super) struct ModelPlan {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    /// The code it lies in.
    pub(super) code: usize,
}

/// A run with all that it logged.
pub(super) struct RunPlan {
    pub(super) name: String,
    pub(super) experiment: usize,
    /// The repository and the place of the commit.
    pub(super) code: (usize, usize),
    /// The repository and the place of the version.
    pub(super) data: (usize, usize),
    pub(super) model: usize,
    /// Which of the people started it.
    pub(super) person: usize,
    pub(super) status: RunStatus,
    /// How long ago it was made, in seconds.
    pub(super) age: i64,
    /// How long it waited for a machine, in seconds.
    pub(super) wait: i64,
    /// How long it took, or has taken so far, in seconds.
    pub(super) duration: i64,
    pub(super) parameters: Vec<(&'static str, String)>,
    /// The values of each metric, one a step.
    pub(super) metrics: Vec<(&'static str, Vec<f64>)>,
    pub(super) tags: Vec<(&'static str, String)>,
    pub(super) artifacts: Vec<(&'static str, String)>,
}

/// A model that was saved from the run of this name.
pub(super) struct SavedPlan {
    pub(super) name: &'static str,
    pub(super) run: &'static str,
    pub(super) model: usize,
    /// Where its container image can be pulled.
    pub(super) image: Option<&'static str>,
}

/// A deployment of a saved model.
pub(super) struct DeploymentPlan {
    pub(super) name: &'static str,
    /// The place of the saved model.
    pub(super) saved: usize,
    pub(super) cron: Option<&'static str>,
    pub(super) way: WayPlan,
    /// What it was asked; the oldest first. The first is what its schedule asks.
    pub(super) asked: &'static [AskedPlan],
}

/// How a deployment answers.
pub(super) enum WayPlan {
    /// Nobody has said.
    Described,
    /// A machine answers there and speaks this protocol.
    Endpoint { protocol: &'static str, uri: &'static str },
    /// The server served it itself, and was told to stop.
    Stopped,
}

/// A prediction that a deployment was asked for.
pub(super) struct AskedPlan {
    /// JSON.
    pub(super) request: &'static str,
    /// JSON, or why there is none.
    pub(super) answer: Result<&'static str, &'static str>,
    /// How long ago, in hours.
    pub(super) age: i64,
    /// In milliseconds.
    pub(super) duration: u64,
    pub(super) is_scheduled: bool,
}

/// A template of runs.
pub(super) struct TemplatePlan {
    pub(super) name: &'static str,
    pub(super) is_shared: bool,
    /// Which of the people saved it.
    pub(super) person: usize,
    pub(super) what: WhatPlan,
    /// YAML.
    pub(super) backend: &'static str,
}

/// A schedule of runs.
pub(super) struct SchedulePlan {
    pub(super) name: &'static str,
    pub(super) cron: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) is_paused: bool,
    /// Which of the people made it.
    pub(super) person: usize,
    pub(super) what: WhatPlan,
    /// How many of its past times are told.
    pub(super) n_past: usize,
}

/// What is run, of the first code repository and on the first data.
#[derive(Clone, Copy)]
pub(super) struct WhatPlan {
    pub(super) entry_point: &'static str,
    pub(super) experiment: usize,
    pub(super) model: usize,
    /// The name of a version of the data.
    pub(super) data_version: &'static str,
    pub(super) parameters: &'static [(&'static str, &'static str)],
}

/// What came of a time of a schedule.
pub(super) struct FirePlan {
    /// The place of the schedule.
    pub(super) schedule: usize,
    pub(super) at: UnixMillis,
    /// The run that was made; none where the time was let pass.
    pub(super) run: Option<RunId>,
}
