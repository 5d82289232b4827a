//! Makes an order of a deployment: the files of its model, its environment and its command.

use std::path::Path;

use models::backend_config::BackendConfig;
use models::deployment::{DeploymentInformation, LocalMode, ServingPython};
use models::id::ProjectId;
use tokio::io::AsyncWriteExt as _;

use super::keep::Host;
use crate::blobs::Blobs;
use crate::jobs::local::MODEL_MARK;
use crate::jobs::{Attempt, Executor as _, Order, PythonChoice, Refusal};
use crate::services::{ProjectEnvironment, artifact_path, served_files};
use crate::store::ArtifactRecord;

/// MLflow's own description of the environment of a model, and the list that it leads to.
const ENVIRONMENT: &str = "python_env.yaml";
const REQUIREMENTS: &str = "requirements.txt";
/// The description of an environment that has what the list says.
const OF_REQUIREMENTS: &str = "dependencies:\n- -r requirements.txt\n";

/// Has the model's own server answer, in the home folder of its processes: the folder of a model may hold anything.
const COMMAND: &str = "cd \"$HOME\" && exec python -m mlflow models serve --model-uri \"$MANTIK_MODEL\" \
                       --env-manager local --host 127.0.0.1 --port \"$MANTIK_PORT\" --workers \"$MANTIK_WORKERS\"";

/// What a deployment wants of this machine.
///
/// # Errors
/// [`Refusal`], when it cannot be read, which was checked when it was described.
pub(super) fn wanted(deployment: &DeploymentInformation) -> Result<LocalMode, Refusal> {
    let read = deployment.mode.as_ref().and_then(LocalMode::read).and_then(Result::ok);
    read.ok_or_else(|| {
        Refusal::lasting("What the deployment wants of this machine cannot be read. Change its mode.")
    })
}

/// Writes the files of the model into the executor's workspace, and makes the order.
///
/// # Errors
/// [`Refusal`]
pub(super) async fn prepare(
    host: &Host,
    project: ProjectId,
    deployment: &DeploymentInformation,
    attempt: Attempt,
    port: u16,
) -> Result<Order, Refusal> {
    let wanted = wanted(deployment)?;
    let model =
        deployment.model.as_ref().ok_or_else(|| Refusal::lasting("Its model is not there any more."))?;
    let state = &host.state;
    let files = served_files(state.store(), project, model).await?;
    let workspace = host.executor.make_workspace(attempt)?;
    let (project_environment, python) = match wanted.python {
        ServingPython::Server => (ProjectEnvironment::None, PythonChoice::Project),
        ServingPython::At(path) => {
            if !Path::new(&path).join("bin/python").exists() {
                return Err(Refusal::lasting(format!(
                    "There is no virtual environment at {path} on this machine. Change the deployment."
                )));
            }
            (ProjectEnvironment::None, PythonChoice::At(path))
        }
        ServingPython::Model => (environment(&files)?, PythonChoice::Project),
    };
    write(&Blobs::new(state.data()), &files, &workspace).await?;
    if wants_list(&files) && matches!(project_environment, ProjectEnvironment::Python(_)) {
        tokio::fs::write(workspace.join(ENVIRONMENT), OF_REQUIREMENTS).await.map_err(broken)?;
    }
    let variables = [
        (MODEL_MARK, deployment.deployment_id.to_string()),
        ("MANTIK_MODEL", workspace.to_string_lossy().into_owned()),
        ("MANTIK_PORT", port.to_string()),
        ("MANTIK_WORKERS", wanted.workers.to_string()),
        // It is asked every few seconds whether it answers: lines about that would push all else out of its log.
        ("UVICORN_ACCESS_LOG", "false".to_owned()),
    ];
    Ok(Order {
        attempt,
        name: deployment.name.clone(),
        config: BackendConfig::local(),
        account: None,
        folder: String::new(),
        commit: String::new(),
        command: COMMAND.to_owned(),
        variables: variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        project_environment,
        python,
        wall_limit: None,
        memory: wanted.memory,
    })
}

fn has(files: &[ArtifactRecord], name: &str) -> bool {
    files.iter().any(|file| file.path == name)
}

/// Whether the model has a list of what it needs and no description that leads to it.
fn wants_list(files: &[ArtifactRecord]) -> bool {
    !has(files, ENVIRONMENT) && has(files, REQUIREMENTS)
}

/// The environment that the model itself describes.
fn environment(files: &[ArtifactRecord]) -> Result<ProjectEnvironment, Refusal> {
    if has(files, ENVIRONMENT) || has(files, REQUIREMENTS) {
        return Ok(ProjectEnvironment::Python(ENVIRONMENT.to_owned()));
    }
    Err(Refusal::lasting(
        "The model does not say what it needs: it has neither python_env.yaml nor requirements.txt. Have the deployment use the \
         Python of the server, or a virtual environment on its machine.",
    ))
}

/// Writes copies: what serves the model must not change what is kept.
async fn write(blobs: &Blobs, files: &[ArtifactRecord], into: &Path) -> Result<(), Refusal> {
    for file in files {
        let path = artifact_path(&file.path)
            .map_err(|reason| Refusal::lasting(format!("The model has a file {}: {reason}.", file.path)))?;
        let path = into.join(path);
        if let Some(parent) = path.parent() {
            tokio::fs::create_dir_all(parent).await.map_err(broken)?;
        }
        let mut from = blobs.open(&file.sha256).await.map_err(|error| Refusal::passing(error.to_string()))?;
        let mut to = tokio::fs::File::create_new(&path).await.map_err(broken)?;
        tokio::io::copy(&mut from, &mut to).await.map_err(broken)?;
        to.flush().await.map_err(broken)?;
    }
    Ok(())
}

fn broken(error: std::io::Error) -> Refusal {
    Refusal::passing(format!("The files of the model cannot be written: {error}."))
}
