//! What the demonstration consists of, before anything is stored: plain descriptions, the same at each start.

use models::run::RunStatus;

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
}

/// A deployment of a saved model.
pub(super) struct DeploymentPlan {
    pub(super) name: &'static str,
    /// The place of the saved model.
    pub(super) saved: usize,
    pub(super) cron: Option<&'static str>,
    pub(super) running: bool,
}
