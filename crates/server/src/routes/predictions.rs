//! Deployments in use: asked for predictions, and taken home.

use axum::extract::State;
use models::deployment::{DeploymentInformation, PackagedDeployment, PredictionRequest, PredictionResponse};
use models::id::{DeploymentId, ProjectId};
use models::model::ModelStatus;
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use super::downloads;
use crate::AppState;
use crate::auth::{Downloadable, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Path, Site};
use crate::services;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::DeployModels, routes!(predict))
        .add(Action::DownloadArtifacts, routes!(package))
}

/// Ask a deployment for a prediction: a table by columns, as pandas writes it, or one of MLflow's scoring bodies. It is
/// sent on to the endpoint as it is; of the caller nothing goes along.
#[utoipa::path(method(post, get), path = paths::DEPLOYMENT_PREDICT, tag = "deployments", operation_id = "predict",
    request_body(content = PredictionRequest, example = json!({"x": {"0": 1.5, "1": 2.5}})),
    responses((status = 200, description = "What the model predicts.", body = PredictionResponse),
        (status = 409, description = "The deployment cannot be asked now.", body = models::problem::Problem),
        (status = 429, description = "Others are asking it; `Retry-After` says how long to wait.", body = models::problem::Problem),
        (status = 424, description = "Its endpoint does not answer, or not with JSON.", body = models::problem::Problem)))]
async fn predict(
    State(state): State<AppState>,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
    Json(asked): Json<PredictionRequest>,
) -> Result<Json<PredictionResponse>, Error> {
    let deployment: DeploymentInformation = state.store().owned(project, id).await?;
    let busy = Error::TooManyRequests { seconds: 1 };
    let _place = state.predictions().enter(deployment.deployment_id).ok_or(busy)?;
    services::predict(state.egress(), &deployment, &asked).await.map(Json)
}

/// Where the images of a deployment can be had; each that there is.
#[utoipa::path(get, path = paths::DEPLOYMENT_DOWNLOAD, tag = "deployments", operation_id = "get_packaged_deployment",
    responses((status = 200, description = "Links that are good for ten minutes.", body = PackagedDeployment)))]
async fn package(
    State(state): State<AppState>,
    signed_in: SignedIn,
    site: Site,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
) -> Result<Json<PackagedDeployment>, Error> {
    let deployment: DeploymentInformation = state.store().owned(project, id).await?;
    let model = deployment.model.filter(|model| model.status == ModelStatus::Successful);
    let image = model.map(|model| {
        let ticket = downloads::ticket(&signed_in, project, Downloadable::Image(model.model_id));
        downloads::link(&state, &site, &ticket, &downloads::image_name(&model.name)).url
    });
    Ok(Json(PackagedDeployment { apptainer_image_uri: None, docker_image_url: image }))
}
