//! What must be so before this server executes a run.

use models::backend_config::{self, ComputeSystem};
use models::connection::{Connection, ConnectionProvider};
use models::problem::FieldProblem;
use models::run::AddRun;
use serde_json::{Map, Value};

use super::code_contents::project_folder;
use super::unicore_site::site_problem;
use crate::error::Error;
use crate::settings::Settings;
use crate::store::ExecutorKind;

/// What executes a run that somebody submits with a connection of hers; `None` where it is kept for others to execute, as its
/// backend config says.
///
/// # Errors
/// [`Error::Invalid`] when this server cannot have it executed, with what to do.
pub fn executor_for(
    settings: &Settings,
    add: &AddRun,
    connection: Option<&Connection>,
) -> Result<Option<ExecutorKind>, Error> {
    let Some(config) = &add.backend_config else { return Ok(None) };
    let Some(wanted) = wanted(config, connection) else { return Ok(None) };
    let mut problems = match (backend_config::check(&Value::Object(config.clone())), wanted, connection) {
        (Err(problems), ..) => problems,
        (Ok((config, _)), ExecutorKind::Local, _) if config.system == ComputeSystem::Local => Vec::new(),
        (Ok((config, _)), ExecutorKind::Unicore, Some(connection)) => match &config.system {
            ComputeSystem::Unicore { api_url } => site_problem(connection, api_url).into_iter().collect(),
            ComputeSystem::Firecrest { .. } | ComputeSystem::Ssh { .. } | ComputeSystem::Local => {
                return Ok(None);
            }
        },
        (Ok(_), ExecutorKind::Local | ExecutorKind::Unicore, _) => return Ok(None),
    };
    if wanted == ExecutorKind::Local {
        problems.extend(forbidden(settings));
    }
    if add.code_repository_id.is_none() {
        problems.push(FieldProblem::body("codeRepositoryId", "choose the code repository that is executed"));
    }
    if let Err(reason) = project_folder(add.mlflow_mlproject_file_path.as_deref().unwrap_or_default()) {
        problems.push(FieldProblem::body("mlflowMlprojectFilePath", reason));
    }
    if problems.is_empty() { Ok(Some(wanted)) } else { Err(Error::Invalid(problems)) }
}

fn wanted(config: &Map<String, Value>, connection: Option<&Connection>) -> Option<ExecutorKind> {
    let names = |key: &str| config.get(key).is_some_and(|value| !value.is_null());
    if names("Local") {
        return Some(ExecutorKind::Local);
    }
    let is_for_unicore = connection.is_some_and(|own| own.connection_provider == ConnectionProvider::Unicore);
    // Runs are executed by servers on Linux alone, whatever machine they are sent to.
    (cfg!(target_os = "linux") && names("UnicoreApiUrl") && is_for_unicore).then_some(ExecutorKind::Unicore)
}

fn forbidden(settings: &Settings) -> Option<FieldProblem> {
    let message = "this server executes no runs on its own machine; its operator can allow it with --local-executor. \
                   Choose another compute system";
    settings.local_jobs.is_none().then(|| FieldProblem::body("backendConfig.Local", message))
}
