//! Which runs have changed since they were read.

use models::{
    event::{Event, EventTopic},
    id::{ProjectId, RunId},
};
use std::collections::HashSet;

/// More runs than this are read anew by reading all.
pub(super) const MAX_RUNS: usize = 2_000;

/// Which runs are to be read anew.
#[derive(Debug)]
pub(super) enum Stale {
    All,
    /// These, and all of these projects, of which none was read yet.
    Some {
        runs: HashSet<RunId>,
        projects: Vec<ProjectId>,
    },
}

impl Default for Stale {
    fn default() -> Self {
        Self::Some { runs: HashSet::new(), projects: Vec::new() }
    }
}

impl Stale {
    /// Whether nothing has changed.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Some { runs, projects } if runs.is_empty() && projects.is_empty())
    }

    /// Takes note of projects whose runs were not read yet.
    pub(super) fn join(&mut self, new: impl IntoIterator<Item = ProjectId>) {
        if let Self::Some { projects, .. } = self {
            projects.extend(new);
        }
    }

    /// Takes note of a change.
    pub(super) fn note(&mut self, event: &Event) {
        let Self::Some { runs, .. } = self else { return };
        match (event.topic, event.run_id) {
            // Names are read with each question, and what takes a repository or an experiment away from runs, or runs
            // away with it, tells so of the runs too.
            (
                EventTopic::Project
                | EventTopic::RunArtifacts
                | EventTopic::RunLog
                | EventTopic::DeploymentLog
                | EventTopic::Views
                | EventTopic::RunTemplates
                | EventTopic::Schedules
                | EventTopic::Predictions
                | EventTopic::Invitations
                | EventTopic::Repositories
                | EventTopic::Experiments,
                _,
            ) => {}
            (EventTopic::Run | EventTopic::RunData, Some(run)) if runs.len() < MAX_RUNS => {
                runs.insert(run);
            }
            (EventTopic::Run | EventTopic::RunData, _) => *self = Self::All,
        }
    }
}
