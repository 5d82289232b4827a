//! What must be so before this server executes a run.

use models::backend_config::{self, ComputeSystem};
use models::problem::FieldProblem;
use models::run::AddRun;
use serde_json::Value;

use super::code_contents::project_folder;
use crate::error::Error;
use crate::settings::Settings;
use crate::store::ExecutorKind;

/// What executes a run that somebody submits; `None` where it is kept for others to execute, as its backend config says.
///
/// # Errors
/// [`Error::Invalid`] when this server cannot execute it, with what to do.
pub fn executor_for(settings: &Settings, add: &AddRun) -> Result<Option<ExecutorKind>, Error> {
    let Some(config) = add.backend_config.as_ref().filter(|config| names_local(config)) else {
        return Ok(None);
    };
    let mut problems = match backend_config::check(&Value::Object(config.clone())) {
        Err(problems) => problems,
        Ok((config, _)) if config.system == ComputeSystem::Local => Vec::new(),
        Ok(_) => return Ok(None),
    };
    if settings.local_jobs.is_none() {
        let message = "this server executes no runs on its own machine; its operator can allow it with --local-executor. \
                       Choose another compute system";
        problems.push(FieldProblem::body("backendConfig.Local", message));
    }
    if add.code_repository_id.is_none() {
        problems.push(FieldProblem::body("codeRepositoryId", "choose the code repository that is executed"));
    }
    if let Err(reason) = project_folder(add.mlflow_mlproject_file_path.as_deref().unwrap_or_default()) {
        problems.push(FieldProblem::body("mlflowMlprojectFilePath", reason));
    }
    if problems.is_empty() { Ok(Some(ExecutorKind::Local)) } else { Err(Error::Invalid(problems)) }
}

fn names_local(config: &serde_json::Map<String, Value>) -> bool {
    config.get("Local").is_some_and(|value| !value.is_null())
}
