//! Schedules as they are typed in, and the requests they become.

use models::problem::FieldErrors;
use models::run::{AddRun, Run};
use models::schedule::{MissedTimes, NewSchedule, Schedule, SchedulePatch};
use models::text::CronExpression;
use serde_json::{Map, Value};

use super::timing::Timing;
use crate::ui::time_zone::own_zone;
use crate::widgets::optional;

/// A schedule as it was typed in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) timing: Timing,
    /// An IANA name.
    pub(super) time_zone: String,
    pub(super) missed_times: MissedTimes,
    /// The name of each run.
    pub(super) run_name: String,
    /// The id of the experiment.
    pub(super) experiment: String,
    /// The id of the code; empty for none.
    pub(super) code: String,
    pub(super) branch: String,
    pub(super) entry_point: String,
    /// The parameters of the entry point, as JSON.
    pub(super) parameters: String,
    /// The id of the connection; empty for none.
    pub(super) connection: String,
    /// The backend configuration, as JSON.
    pub(super) backend: String,
    /// What the form does not ask for, as the run at hand has it.
    pub(super) template: Option<AddRun>,
}

impl Default for Draft {
    fn default() -> Self {
        let text = String::new;
        Self {
            name: text(),
            timing: Timing::default(),
            time_zone: own_zone(),
            missed_times: MissedTimes::Skip,
            run_name: text(),
            experiment: text(),
            code: text(),
            branch: text(),
            entry_point: text(),
            parameters: text(),
            connection: text(),
            backend: text(),
            template: None,
        }
    }
}

impl Draft {
    /// A schedule that starts runs as `run` was started.
    pub(super) fn like(run: &Run, has_own_connection: bool) -> Option<Self> {
        let id = |id: uuid::Uuid| id.to_string();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let template = AddRun {
            name: run.name.parse().ok()?,
            experiment_repository_id: run.experiment_repository.experiment_repository_id,
            mlflow_run_id: None,
            code_repository_id: run.code_repository.as_ref().map(|code| code.code_repository_id),
            branch: run.branch.as_ref().and_then(|branch| branch.parse().ok()),
            // Where a branch is named, what is on it by then is what is wanted.
            commit: run
                .commit
                .as_ref()
                .filter(|_| run.branch.is_none())
                .and_then(|commit| commit.parse().ok()),
            model_repository_id: run.model_repository.as_ref().map(|model| model.model_repository_id),
            data_repository_id: run.data_repository.as_ref().map(|data| data.data_repository_id),
            data_branch: run.data_branch.as_ref().and_then(|branch| branch.parse().ok()),
            data_commit: run
                .data_commit
                .as_ref()
                .filter(|_| run.data_branch.is_none())
                .and_then(|commit| commit.parse().ok()),
            connection_id: run
                .connection
                .as_ref()
                .filter(|_| has_own_connection)
                .map(|connection| connection.connection_id),
            compute_budget_account: run.compute_budget_account.clone(),
            mlflow_mlproject_file_path: run.mlflow_mlproject_file_path.clone(),
            entry_point: run.entry_point.clone(),
            mlflow_parameters: run.mlflow_parameters.clone(),
            backend_config: run.backend_config.clone(),
        };
        Some(Self {
            name: run.name.clone(),
            run_name: run.name.clone(),
            experiment: id(run.experiment_repository.experiment_repository_id.0),
            branch: text(&run.branch),
            ..Self::default().with(template)
        })
    }

    fn with(self, request: AddRun) -> Self {
        let object = |object: &Option<Map<String, Value>>| {
            let object = object.as_ref().filter(|object| !object.is_empty());
            object.and_then(|object| serde_json::to_string_pretty(object).ok()).unwrap_or_default()
        };
        Self {
            run_name: request.name.to_string(),
            experiment: request.experiment_repository_id.to_string(),
            code: request.code_repository_id.map(|id| id.to_string()).unwrap_or_default(),
            branch: request.branch.as_ref().map(ToString::to_string).unwrap_or_default(),
            entry_point: request.entry_point.clone().unwrap_or_default(),
            parameters: object(&request.mlflow_parameters),
            connection: request.connection_id.map(|id| id.to_string()).unwrap_or_default(),
            backend: object(&request.backend_config),
            template: Some(request),
            ..self
        }
    }

    fn request(&self, errors: &mut FieldErrors) -> Option<AddRun> {
        let name = errors.keep("request.name", self.run_name.parse());
        let experiment = self.experiment.parse().map_err(|_| "choose an experiment");
        let experiment = errors.keep("request.experimentRepositoryId", experiment);
        let branch = errors.keep("request.branch", optional(&self.branch));
        let parameters = errors.keep("request.mlflowParameters", object(&self.parameters));
        let backend = errors.keep("request.backendConfig", object(&self.backend));
        let request = AddRun {
            name: name?,
            experiment_repository_id: experiment?,
            mlflow_run_id: None,
            code_repository_id: self.code.parse().ok(),
            branch: branch?,
            connection_id: self.connection.parse().ok(),
            entry_point: Some(self.entry_point.trim().to_owned()).filter(|entry| !entry.is_empty()),
            mlflow_parameters: parameters?,
            backend_config: backend?,
            commit: None,
            model_repository_id: None,
            data_repository_id: None,
            data_branch: None,
            data_commit: None,
            compute_budget_account: None,
            mlflow_mlproject_file_path: None,
        };
        let Some(template) = self.template.clone() else { return Some(request) };
        // A commit is one of the code and the branch that it was chosen with.
        let is_same_code =
            template.code_repository_id == request.code_repository_id && template.branch == request.branch;
        Some(AddRun {
            commit: template.commit.filter(|_| is_same_code),
            model_repository_id: template.model_repository_id,
            data_repository_id: template.data_repository_id,
            data_branch: template.data_branch,
            data_commit: template.data_commit,
            compute_budget_account: template.compute_budget_account,
            mlflow_mlproject_file_path: template.mlflow_mlproject_file_path,
            ..request
        })
    }
}

impl From<&Schedule> for Draft {
    fn from(schedule: &Schedule) -> Self {
        let draft = match schedule.request.clone() {
            Some(request) => Self::default().with(request),
            None => Self::default(),
        };
        Self {
            name: schedule.name.clone(),
            timing: Timing::of(&schedule.cron_string),
            time_zone: schedule.time_zone.clone(),
            missed_times: schedule.missed_times.clone(),
            ..draft
        }
    }
}

impl TryFrom<Draft> for NewSchedule {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", draft.name.parse());
        let cron = draft.timing.cron().map_err(str::to_owned);
        let cron = cron.and_then(|cron| cron.parse::<CronExpression>().map_err(|error| error.to_string()));
        let cron = errors.keep("cronString", cron);
        let request = draft.request(&mut errors);
        let (Some(name), Some(cron_string), Some(request)) = (name, cron, request) else {
            return Err(errors);
        };
        Ok(Self {
            name,
            request,
            cron_string,
            time_zone: draft.time_zone,
            paused: false,
            missed_times: draft.missed_times,
        })
    }
}

/// What was typed for a schedule that is there.
pub(super) struct Changed {
    pub(super) draft: Draft,
    pub(super) seen: Schedule,
}

/// A patch says only what differs from the schedule that was seen: who changes no more than the name takes nothing over.
impl TryFrom<Changed> for SchedulePatch {
    type Error = FieldErrors;

    fn try_from(Changed { draft, seen }: Changed) -> Result<Self, FieldErrors> {
        let new = NewSchedule::try_from(draft)?;
        Ok(Self {
            name: Some(new.name).filter(|name| name.as_str() != seen.name),
            request: Some(new.request).filter(|request| Some(request) != seen.request.as_ref()),
            cron_string: Some(new.cron_string).filter(|cron| cron.as_str() != seen.cron_string),
            time_zone: Some(new.time_zone).filter(|zone| *zone != seen.time_zone),
            paused: None,
            missed_times: Some(new.missed_times).filter(|missed| *missed != seen.missed_times),
        })
    }
}

/// A JSON object; nothing where nothing is typed.
fn object(text: &str) -> Result<Option<Map<String, Value>>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => {
            serde_json::from_str(text).map(Some).map_err(|_| "write a JSON object, such as {\"alpha\": 0.1}")
        }
    }
}
