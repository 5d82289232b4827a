//! A run as it is typed in.

use models::run::Run;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::yaml;

/// A run as it is typed in. Ids and numbers are texts here; what is empty was not said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    /// The id of the code.
    pub(super) code: String,
    /// A branch, a tag or a commit of the code.
    pub(super) reference: String,
    /// The commit that the source used, with its branch.
    pub(super) known: Option<KnownCommit>,
    /// The folder of the MLproject file.
    pub(super) folder: String,
    /// The entry point; `main` where it is empty.
    pub(super) entry_point: String,
    /// The values for the entry point, in the order in which they are shown.
    pub(super) parameters: Vec<Given>,
    /// The id of the model that it trains.
    pub(super) model: String,
    /// The id of the data.
    pub(super) data: String,
    /// A named version, a branch or a commit of the data.
    pub(super) data_version: String,
    /// The id of the experiment.
    pub(super) experiment: String,
    /// What the run is called.
    pub(super) name: String,
    /// The id of the connection.
    pub(super) connection: String,
    /// The account that the machine's time is charged to.
    pub(super) account: String,
    /// Where and how it is executed, in YAML.
    pub(super) backend: String,
}

/// A parameter as it is typed in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Given {
    /// The name.
    pub(super) name: String,
    /// The value; empty: the default applies.
    pub(super) text: String,
}

/// A commit and the branch that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct KnownCommit {
    /// The branch.
    pub(super) branch: String,
    /// The commit.
    pub(super) commit: String,
}

impl Draft {
    /// What a run was started with. Its name is left out: no two runs should be called the same.
    pub(super) fn of(run: &Run) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (branch, commit) = (text(&run.branch), text(&run.commit));
        let given = run.mlflow_parameters.iter().flatten();
        let code = run.code_repository.as_ref();
        let data = run.data_repository.as_ref();
        let versions = data.and_then(|data| data.versions.as_ref());
        let data_version = run.data_commit.as_ref().or(run.data_branch.as_ref()).cloned().unwrap_or_default();
        // People know versions by their names.
        let named = versions.into_iter().flatten().find(|(_, version)| **version == data_version);
        let backend = run.backend_config.as_ref().filter(|config| !config.is_empty());
        Self {
            code: code.map(|code| code.code_repository_id.to_string()).unwrap_or_default(),
            reference: if commit.is_empty() { branch.clone() } else { commit.clone() },
            known: (!branch.is_empty() && !commit.is_empty()).then_some(KnownCommit { branch, commit }),
            folder: text(&run.mlflow_mlproject_file_path),
            entry_point: text(&run.entry_point),
            parameters: given
                .map(|(name, value)| Given { name: name.clone(), text: spelled(value) })
                .collect(),
            model: run
                .model_repository
                .as_ref()
                .map(|model| model.model_repository_id.to_string())
                .unwrap_or_default(),
            data: data.map(|data| data.data_repository_id.to_string()).unwrap_or_default(),
            data_version: named.map_or(data_version.clone(), |(name, _)| name.clone()),
            experiment: run.experiment_repository.experiment_repository_id.to_string(),
            name: String::new(),
            connection: run.connection.as_ref().map(|own| own.connection_id.to_string()).unwrap_or_default(),
            account: text(&run.compute_budget_account),
            backend: backend.map(yaml::write).unwrap_or_default(),
        }
    }
}

/// A value as somebody would type it.
pub(super) fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Whether a text is the whole id of a commit.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
