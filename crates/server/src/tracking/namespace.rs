//! Which experiment a caller means. Names are unique in a project, and MLflow's experiment 0 is the default experiment of
//! the project for which the caller speaks.

use models::id::ProjectId;
use models::permission::Action;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::caller::Caller;
use super::error::{Code, TrackingError, or_missing};
use crate::store::Experiment;

/// The id and the name of the experiment of runs that name none.
const DEFAULT_ID: i64 = 0;
const DEFAULT_NAME: &str = "Default";
/// How many experiments a search may name.
const MAX_EXPERIMENTS: usize = 1000;

impl Caller {
    /// The experiment with this id, when the caller may do this in its project.
    pub(super) async fn experiment(&self, id: &str, action: Action) -> Result<Experiment, TrackingError> {
        let missing = || TrackingError::missing(format!("No Experiment with id={id} exists"));
        let number = experiment_number(id)?;
        if number == DEFAULT_ID {
            return self.default_experiment(action).await?.ok_or_else(missing);
        }
        let experiment = self.store.experiment_by_number(number).await.map_err(or_missing(missing))?;
        self.require(experiment.project_id, action, missing).await?;
        Ok(experiment)
    }

    /// The experiments that a search names, each once. Those that are not there, or that the caller may not see, are left
    /// out.
    pub(super) async fn experiments(&self, ids: &[String]) -> Result<Vec<Experiment>, TrackingError> {
        let mut numbers = BTreeSet::new();
        for id in ids {
            numbers.insert(experiment_number(id)?);
            if numbers.len() > MAX_EXPERIMENTS {
                let message = format!("Use at most {MAX_EXPERIMENTS} experiment_ids.");
                return Err(TrackingError::invalid(message));
            }
        }
        let own = match numbers.remove(&DEFAULT_ID) {
            true => self.default_experiment(Action::ViewProject).await,
            false => Ok(None),
        };
        let own = match own {
            Err(TrackingError { code: Code::ResourceDoesNotExist, .. }) => None,
            own => own?,
        };
        if let Some(own) = &own {
            numbers.remove(&own.number);
        }
        let visible: HashSet<ProjectId> = match numbers.is_empty() {
            true => HashSet::new(),
            false => self.visible_projects().await?.into_iter().collect(),
        };
        let mut found = self.store.experiments_by_numbers(numbers.into_iter().collect()).await?;
        found.retain(|experiment| visible.contains(&experiment.project_id));
        found.extend(own);
        Ok(found)
    }

    /// The experiment of this name: in the project for which the caller speaks, or else the only one of this name that
    /// she may write to.
    pub(super) async fn experiment_by_name(&self, name: &str) -> Result<Option<Experiment>, TrackingError> {
        if name == DEFAULT_NAME {
            return self.default_experiment(Action::ViewProject).await;
        }
        let home = self.home()?;
        if self.may(home, Action::ViewProject).await?
            && let Some(found) = self.store.experiments_by_name(vec![home], name).await?.pop()
        {
            return Ok(Some(found));
        }
        if self.signed_in.only_project().is_some() {
            return Ok(None);
        }
        let visible = self.visible_projects().await?;
        let mut writable = Vec::new();
        for candidate in self.store.experiments_by_name(visible, name).await? {
            if self.may(candidate.project_id, Action::EditRuns).await? {
                writable.push(candidate);
            }
        }
        Ok(writable.pop().filter(|_| writable.is_empty()))
    }

    /// The projects that the caller may see.
    pub(super) async fn visible_projects(&self) -> Result<Vec<ProjectId>, TrackingError> {
        let visible = self.store.visible_projects(self.signed_in.user.user_id).await?;
        let only = self.signed_in.only_project();
        Ok(visible.into_iter().filter(|project| only.is_none_or(|only| only == *project)).collect())
    }

    /// The default experiment of the project for which the caller speaks; made on demand by who may make one.
    async fn default_experiment(&self, action: Action) -> Result<Option<Experiment>, TrackingError> {
        let home = self.home()?;
        let missing = || TrackingError::missing("No Experiment with id=0 exists");
        self.require(home, action, missing).await?;
        if self.may(home, Action::EditRuns).await? {
            return Ok(Some(self.store.default_experiment(home).await?));
        }
        Ok(self.store.existing_default_experiment(home).await?)
    }

    /// Whether this is the experiment that the caller knows as MLflow's experiment 0.
    pub(super) fn is_own_default(&self, experiment: &Experiment) -> bool {
        experiment.is_default && self.home().is_ok_and(|home| home == experiment.project_id)
    }

    /// The ids by which the caller knows experiments of these numbers.
    pub(super) async fn ids_of(&self, numbers: Vec<i64>) -> Result<HashMap<i64, String>, TrackingError> {
        let home = self.home().ok();
        let own_default = match home {
            Some(home) => {
                self.store.existing_default_experiment(home).await?.map(|experiment| experiment.number)
            }
            None => None,
        };
        let id = |number: i64| if own_default == Some(number) { DEFAULT_ID } else { number }.to_string();
        Ok(numbers.into_iter().map(|number| (number, id(number))).collect())
    }
}

/// The number that an experiment's id stands for; no id is the default experiment's.
pub(super) fn experiment_number(id: &str) -> Result<i64, TrackingError> {
    if id.is_empty() {
        return Ok(DEFAULT_ID);
    }
    id.parse().map_err(|_| {
        TrackingError::invalid(format!(
            "Invalid experiment ID '{id}'. Experiment ID must be a valid integer."
        ))
    })
}
