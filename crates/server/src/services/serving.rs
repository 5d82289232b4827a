//! Starting and stopping what this server serves itself.

use models::deployment::{DeploymentInformation, DeploymentMode, LocalMode};
use models::id::{DeploymentId, ProjectId, UserId};

use super::served_files;
use crate::AppState;
use crate::error::Error;

/// Why this server serves no models, and who can change that.
const OFF: &str =
    "This server serves no models on its own machine; its operator can allow it with --local-executor.";

/// The ways of deploying that this server itself has.
#[must_use]
pub fn modes(state: &AppState) -> Vec<DeploymentMode> {
    let unavailable = state.serving().is_none().then(|| OFF.to_owned());
    vec![DeploymentMode { unavailable, ..LocalMode::described() }]
}

/// Has this server serve a deployment. Where one does already, this changes nothing.
///
/// # Errors
/// [`Error::Conflict`] when it cannot be served here, with what to do.
pub async fn start_deployment(
    state: &AppState,
    project: ProjectId,
    id: DeploymentId,
    by: UserId,
) -> Result<DeploymentInformation, Error> {
    let deployment = local(state, project, id).await?;
    let host = state.serving().ok_or_else(|| Error::Conflict(OFF.to_owned()))?;
    if let Some(model) = &deployment.model {
        served_files(state.store(), project, model).await?;
    }
    Ok(state.store().start_deployment(project, id, by, host.clone()).await?)
}

/// Has a deployment served no more.
///
/// # Errors
/// [`Error::Conflict`] when servers have no hand in it.
pub async fn stop_deployment(
    state: &AppState,
    project: ProjectId,
    id: DeploymentId,
    by: UserId,
) -> Result<DeploymentInformation, Error> {
    local(state, project, id).await?;
    Ok(state.store().stop_deployment(project, id, by).await?)
}

async fn local(
    state: &AppState,
    project: ProjectId,
    id: DeploymentId,
) -> Result<DeploymentInformation, Error> {
    let deployment: DeploymentInformation = state.store().owned(project, id).await?;
    if deployment.is_local() {
        return Ok(deployment);
    }
    let how = deployment.mode.as_ref().map_or_else(String::new, |mode| format!(" in the mode {}", mode.name));
    Err(Error::Conflict(format!(
        "This server does not start or stop deployments{how}: it only asks the endpoint that is entered. Choose the mode Local to \
         have the server serve the model itself."
    )))
}

/// Why a deployment that is running cannot be asked by this server.
pub(super) fn not_here(deployment: &DeploymentInformation) -> String {
    let machine = deployment.serving.as_ref().and_then(|serving| serving.machine.as_deref());
    format!(
        "This deployment does not answer just now, or is served by another server of this database, on the machine {}. Ask \
         that one, or stop the deployment and start it here.",
        machine.unwrap_or("of another server")
    )
}
