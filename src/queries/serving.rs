//! Saved models of a project, their container images, and deployments.

use models::deployment::{
    AskedPrediction, DeploymentEvent, DeploymentInformation, DeploymentMode, DeploymentPatch, KeptPrediction,
    NewDeployment, PredictionRequest, PredictionResponse,
};
use models::download::DownloadLink;
use models::id::{DeploymentId, PredictionId, ProjectId, SavedModelId};
use models::model::{ModelSignature, NewSavedModel, SavedModel, SavedModelPatch};
use models::page::{Page, PageQuery};

use super::{Query, Topic, Write, read, read_when, write};
use crate::api::{self, ApiError};

/// A page of a project's saved models, by name.
pub fn models(page: impl Fn() -> (ProjectId, PageQuery) + Send + Sync + 'static) -> Query<Page<SavedModel>> {
    read(|(project, _)| Topic::Repositories(*project), api::serving::models, page)
}

/// A saved model.
pub fn model(which: impl Fn() -> (ProjectId, SavedModelId) + Send + Sync + 'static) -> Query<SavedModel> {
    read(|(project, _)| Topic::Repositories(*project), api::serving::model, which)
}

/// Adds a saved model to a project.
pub fn create_model() -> Write<(ProjectId, NewSavedModel), SavedModelId> {
    write(|(project, _)| changed(*project), api::serving::create_model)
}

/// Changes a saved model, of the version that was seen.
pub fn change_model() -> Write<(ProjectId, SavedModelId, i64, SavedModelPatch), ()> {
    write(|(project, ..)| changed(*project), api::serving::change_model)
}

/// Deletes a saved model with its deployments, of the version that was seen. Lists are read anew when the server tells
/// of it: by then nobody asks for what is gone.
pub fn delete_model() -> Write<(ProjectId, SavedModelId, i64), ()> {
    write(|(project, ..)| vec![Topic::Project(*project), Topic::Runs(*project)], api::serving::delete_model)
}

/// Asks for the container image of a saved model.
pub fn request_image() -> Write<(ProjectId, SavedModelId), ()> {
    write(|(project, _)| vec![Topic::Repositories(*project)], api::serving::request_image)
}

/// Gets a link to the container image of a saved model.
pub fn image() -> Write<(ProjectId, SavedModelId), DownloadLink> {
    write(|_| Vec::new(), api::serving::image)
}

/// A page of a project's deployments; what was changed last comes first.
pub fn deployments(
    page: impl Fn() -> (ProjectId, PageQuery) + Send + Sync + 'static,
) -> Query<Page<DeploymentInformation>> {
    read(|(project, _)| Topic::Repositories(*project), api::serving::deployments, page)
}

/// A deployment, with its model.
pub fn deployment(
    which: impl Fn() -> (ProjectId, DeploymentId) + Send + Sync + 'static,
) -> Query<DeploymentInformation> {
    read(|(project, _)| Topic::Repositories(*project), api::serving::deployment, which)
}

/// Describes a deployment of a saved model.
pub fn create_deployment() -> Write<(ProjectId, NewDeployment), DeploymentId> {
    write(|(project, _)| changed(*project), api::serving::create_deployment)
}

/// Changes a deployment, of the version that was seen.
pub fn change_deployment() -> Write<(ProjectId, DeploymentId, i64, DeploymentPatch), ()> {
    write(|(project, ..)| changed(*project), api::serving::change_deployment)
}

/// Deletes a deployment, of the version that was seen. Lists are read anew as after [`delete_model`].
pub fn delete_deployment() -> Write<(ProjectId, DeploymentId, i64), ()> {
    write(|(project, ..)| vec![Topic::Project(*project)], api::serving::delete_deployment)
}

/// What a saved model takes and gives; nothing is asked while no model is named.
pub fn signature(
    which: impl Fn() -> Option<(ProjectId, SavedModelId)> + Send + Sync + 'static,
) -> Query<ModelSignature> {
    read_when(|(project, _)| Topic::Repositories(*project), api::serving::signature, which)
}

/// Asks a deployment for a prediction.
pub fn predict() -> Write<(ProjectId, DeploymentId, PredictionRequest), PredictionResponse> {
    write(|(project, ..)| vec![Topic::Predictions(*project)], api::serving::predict)
}

/// A page of what a deployment was asked, the last first; nothing is asked while no deployment is named.
pub fn predictions(
    page: impl Fn() -> Option<(ProjectId, DeploymentId, PageQuery)> + Send + Sync + 'static,
) -> Query<Page<AskedPrediction>> {
    read_when(|(project, ..)| Topic::Predictions(*project), api::serving::predictions, page)
}

/// Reads a prediction that a deployment was asked for, with what was asked and answered.
pub fn prediction() -> Write<(ProjectId, DeploymentId, PredictionId), KeptPrediction> {
    write(|_| Vec::new(), api::serving::prediction)
}

/// Has the server serve a deployment.
pub fn start_deployment() -> Write<(ProjectId, DeploymentId), ()> {
    write(|(project, _)| vec![Topic::Repositories(*project)], api::serving::start_deployment)
}

/// Has a deployment served no more.
pub fn stop_deployment() -> Write<(ProjectId, DeploymentId), ()> {
    write(|(project, _)| vec![Topic::Repositories(*project)], api::serving::stop_deployment)
}

/// Has the server serve a deployment anew, as it is described now.
pub fn restart_deployment() -> Write<(ProjectId, DeploymentId), ()> {
    write(|(project, _)| vec![Topic::Repositories(*project)], restart)
}

async fn restart(deployment: (ProjectId, DeploymentId)) -> Result<(), ApiError> {
    api::serving::stop_deployment(deployment).await?;
    api::serving::start_deployment(deployment).await
}

/// A page of the states that a deployment came to, the last one first; nothing is asked while there is no request.
pub fn deployment_history(
    request: impl Fn() -> Option<(ProjectId, DeploymentId, PageQuery)> + Send + Sync + 'static,
) -> Query<Page<DeploymentEvent>> {
    read_when(|(project, ..)| Topic::Repositories(*project), api::serving::deployment_history, request)
}

/// The ways of deploying that the server itself has.
pub fn deployment_modes(
    project: impl Fn() -> ProjectId + Send + Sync + 'static,
) -> Query<Vec<DeploymentMode>> {
    read(|project| Topic::Repositories(*project), api::serving::deployment_modes, project)
}

fn changed(project: ProjectId) -> Vec<Topic> {
    vec![Topic::Repositories(project), Topic::Project(project), Topic::Projects, Topic::Runs(project)]
}
