//! Saved models of a project, their container images, and deployments.

use models::deployment::{
    AskedPrediction, DeploymentEvent, DeploymentInformation, DeploymentMode, DeploymentPatch, KeptPrediction,
    NewDeployment, PredictionRequest, PredictionResponse,
};
use models::download::DownloadLink;
use models::id::{DeploymentId, PredictionId, ProjectId, SavedModelId};
use models::model::{ModelSignature, NewSavedModel, SavedModel, SavedModelPatch};
use models::page::{Page, PageQuery};
use models::paths;
use serde::Deserialize;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/projects/{project}/models/trained`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn models((project, page): (ProjectId, PageQuery)) -> Result<Page<SavedModel>, ApiError> {
    http::get(&paths::saved_models(project), &Query::none().with(&page)).await
}

/// `GET /api/projects/{project}/models/trained/{model}`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person may not see it.
pub(crate) async fn model((project, model): (ProjectId, SavedModelId)) -> Result<SavedModel, ApiError> {
    http::get(&paths::saved_model(project, model), &Query::none()).await
}

/// `POST /api/projects/{project}/models/trained`.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create_model(
    (project, new): (ProjectId, NewSavedModel),
) -> Result<SavedModelId, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Created {
        model_id: SavedModelId,
    }
    http::create(&paths::saved_models(project), &new).await.map(|created: Created| created.model_id)
}

/// `PUT /api/projects/{project}/models/trained/{model}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change_model(
    (project, model, version, patch): (ProjectId, SavedModelId, i64, SavedModelPatch),
) -> Result<(), ApiError> {
    http::change(&paths::saved_model(project, model), version, &patch).await
}

/// `DELETE /api/projects/{project}/models/trained/{model}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete_model(
    (project, model, version): (ProjectId, SavedModelId, i64),
) -> Result<(), ApiError> {
    http::delete(&paths::saved_model(project, model), Some(version)).await
}

/// `POST /api/projects/{project}/models/trained/{model}/docker/build`.
///
/// # Errors
/// [`ApiError::Conflict`] when it cannot be asked for now.
pub(crate) async fn request_image((project, model): (ProjectId, SavedModelId)) -> Result<(), ApiError> {
    http::post(&paths::saved_model_image_build(project, model), &()).await
}

/// `GET /api/projects/{project}/models/trained/{model}/docker`.
///
/// # Errors
/// [`ApiError::Conflict`] when there is no image.
pub(crate) async fn image((project, model): (ProjectId, SavedModelId)) -> Result<DownloadLink, ApiError> {
    http::get(&paths::saved_model_image(project, model), &Query::none()).await
}

/// `PUT /api/projects/{project}/models/trained/{model}/docker`. `on_sent` hears how many bytes have gone.
///
/// # Errors
/// [`ApiError::TooLarge`] when it is, or the server has no room.
pub(crate) async fn upload_image(
    (project, model): (ProjectId, SavedModelId),
    file: &web_sys::Blob,
    on_sent: impl Fn(u64) + 'static,
) -> Result<(), ApiError> {
    http::upload(&paths::saved_model_image(project, model), "application/gzip", file, on_sent).await
}

/// `GET /api/projects/{project}/deployments`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn deployments(
    (project, page): (ProjectId, PageQuery),
) -> Result<Page<DeploymentInformation>, ApiError> {
    http::get(&paths::deployments(project), &Query::none().with(&page)).await
}

/// `GET /api/projects/{project}/deployments/{deployment}`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person may not see it.
pub(crate) async fn deployment(
    (project, deployment): (ProjectId, DeploymentId),
) -> Result<DeploymentInformation, ApiError> {
    http::get(&paths::deployment(project, deployment), &Query::none()).await
}

/// `POST /api/projects/{project}/deployments`.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create_deployment(
    (project, new): (ProjectId, NewDeployment),
) -> Result<DeploymentId, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Created {
        deployment_id: DeploymentId,
    }
    http::create(&paths::deployments(project), &new).await.map(|created: Created| created.deployment_id)
}

/// `PUT /api/projects/{project}/deployments/{deployment}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change_deployment(
    (project, deployment, version, patch): (ProjectId, DeploymentId, i64, DeploymentPatch),
) -> Result<(), ApiError> {
    http::change(&paths::deployment(project, deployment), version, &patch).await
}

/// `DELETE /api/projects/{project}/deployments/{deployment}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete_deployment(
    (project, deployment, version): (ProjectId, DeploymentId, i64),
) -> Result<(), ApiError> {
    http::delete(&paths::deployment(project, deployment), Some(version)).await
}

/// `GET /api/projects/{project}/models/trained/{model}/signature`.
///
/// # Errors
/// [`ApiError::Forbidden`] when the person may not download artifacts.
pub(crate) async fn signature(
    (project, model): (ProjectId, SavedModelId),
) -> Result<ModelSignature, ApiError> {
    http::get(&paths::saved_model_signature(project, model), &Query::none()).await
}

/// `POST /api/projects/{project}/deployments/{deployment}/predict`.
///
/// # Errors
/// [`ApiError::Conflict`] when it cannot be asked now; else as its endpoint answers.
pub(crate) async fn predict(
    (project, deployment, request): (ProjectId, DeploymentId, PredictionRequest),
) -> Result<PredictionResponse, ApiError> {
    http::post_patiently(&paths::deployment_predict(project, deployment), &request).await
}

/// `GET /api/projects/{project}/deployments/{deployment}/predictions`.
///
/// # Errors
/// [`ApiError::Forbidden`] when the person may not ask it.
pub(crate) async fn predictions(
    (project, deployment, page): (ProjectId, DeploymentId, PageQuery),
) -> Result<Page<AskedPrediction>, ApiError> {
    http::get(&paths::deployment_predictions(project, deployment), &Query::none().with(&page)).await
}

/// `GET /api/projects/{project}/deployments/{deployment}/predictions/{prediction}`.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not kept any more.
pub(crate) async fn prediction(
    (project, deployment, id): (ProjectId, DeploymentId, PredictionId),
) -> Result<KeptPrediction, ApiError> {
    http::get(&paths::deployment_prediction(project, deployment, id), &Query::none()).await
}

/// `POST /api/projects/{project}/deployments/{deployment}/start`.
///
/// # Errors
/// [`ApiError::Conflict`] when it cannot be served.
pub(crate) async fn start_deployment(
    (project, deployment): (ProjectId, DeploymentId),
) -> Result<(), ApiError> {
    http::post::<DeploymentInformation>(&paths::deployment_start(project, deployment), &()).await.map(drop)
}

/// `POST /api/projects/{project}/deployments/{deployment}/stop`.
///
/// # Errors
/// [`ApiError::Conflict`] when servers have no hand in it.
pub(crate) async fn stop_deployment(
    (project, deployment): (ProjectId, DeploymentId),
) -> Result<(), ApiError> {
    http::post::<DeploymentInformation>(&paths::deployment_stop(project, deployment), &()).await.map(drop)
}

/// `GET /api/projects/{project}/deployments/{deployment}/history`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person may not see it.
pub(crate) async fn deployment_history(
    (project, deployment, page): (ProjectId, DeploymentId, PageQuery),
) -> Result<Page<DeploymentEvent>, ApiError> {
    http::get(&paths::deployment_history(project, deployment), &Query::none().with(&page)).await
}

/// `GET /api/projects/{project}/deployments/modes`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn deployment_modes(project: ProjectId) -> Result<Vec<DeploymentMode>, ApiError> {
    http::get(&paths::deployment_modes(project), &Query::none()).await
}
