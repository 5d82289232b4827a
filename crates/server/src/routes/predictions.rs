//! Deployments in use: asked for predictions, and taken home.

use axum::extract::{FromRequest as _, Request, State};
use models::deployment::{
    AskedPrediction, DeploymentInformation, KeptPrediction, PackagedDeployment, PredictionRequest,
    PredictionResponse,
};
use models::id::{DeploymentId, PredictionId, ProjectId};
use models::model::ImageArchive;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::text::ImageReference;
use utoipa_axum::routes;

use super::downloads;
use crate::AppState;
use crate::auth::{Downloadable, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Paging, Path, Site, Whole};
use crate::services::{self, Asker, Question};
use crate::store::Store;

/// How many bytes a request may have: a table.
const MOST: usize = 10 * 1024 * 1024;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add_small(Action::AskModels, MOST, routes!(predict))
        .add(Action::ReadPredictions, routes!(list))
        .add(Action::ReadPredictions, routes!(show))
        .add(Action::DownloadArtifacts, routes!(package))
}

/// Ask a deployment for a prediction: a table by columns, as pandas writes it, or one of MLflow's scoring bodies. Where its
/// mode says what the endpoint speaks, it is translated to that, and the answer comes under `predictions`; else it is sent
/// as it is. Of the caller nothing goes along. What was asked and answered is kept for a while.
#[utoipa::path(method(post, get), path = paths::DEPLOYMENT_PREDICT, tag = "deployments", operation_id = "predict",
    request_body(content = PredictionRequest, example = json!({"x": {"0": 1.5, "1": 2.5}})),
    responses((status = 200, description = "What the model predicts.", body = PredictionResponse),
        (status = 400, description = "It cannot be said in the protocol of the endpoint.", body = models::problem::Problem),
        (status = 409, description = "The deployment cannot be asked now.", body = models::problem::Problem),
        (status = 413, description = "It has more than 10 MiB.", body = models::problem::Problem),
        (status = 429, description = "Others are asking it; `Retry-After` says how long to wait.", body = models::problem::Problem),
        (status = 424, description = "Its endpoint does not answer, or not with JSON.", body = models::problem::Problem)))]
async fn predict(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
    request: Request,
) -> Result<Json<PredictionResponse>, Error> {
    let deployment: DeploymentInformation = state.store().owned(project, id).await?;
    let busy = || Error::TooManyRequests { seconds: 1 };
    // Before the body is read: a large one takes much room in memory.
    let own = state.askers().enter(signed_in.user.user_id).ok_or_else(busy)?;
    let place = (own, state.predictions().enter(deployment.deployment_id).ok_or_else(busy)?);
    let asked = body(request).await?;
    let asker = Asker::Person(signed_in.user.user_id);
    let question = Question { project, deployment, asker, asked };
    services::predict_and_keep(&state, question, place).await.map(Json)
}

async fn body(request: Request) -> Result<PredictionRequest, Error> {
    let (parts, body) = request.into_parts();
    let Whole(bytes) = Whole::from_request(Request::from_parts(parts.clone(), body), &()).await?;
    if services::has_too_many_values(&bytes) {
        return Err(Error::BadRequest(
            "Send fewer rows at once. A table as `dataframe_split` may have the most: two million values."
                .to_owned(),
        ));
    }
    let Json(asked) = Json::from_request(Request::from_parts(parts, bytes.into()), &()).await?;
    Ok(asked)
}

/// What a deployment was asked for, by people and by its schedule, the last first: the newest 200.
#[utoipa::path(get, path = paths::DEPLOYMENT_PREDICTIONS, tag = "deployments", operation_id = "list_predictions", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<AskedPrediction>)))]
async fn list(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
    Paging(page): Paging,
) -> Result<Json<Page<AskedPrediction>>, Error> {
    Ok(Json(store.predictions(project, id, page).await?))
}

/// A prediction that a deployment was asked for: of what was asked and answered at most the first 64 KiB each.
#[utoipa::path(get, path = paths::DEPLOYMENT_PREDICTION, tag = "deployments", operation_id = "get_prediction",
    responses((status = 200, description = "The prediction.", body = KeptPrediction)))]
async fn show(
    State(store): State<Store>,
    Path((project, deployment, id)): Path<(ProjectId, DeploymentId, PredictionId)>,
) -> Result<Json<KeptPrediction>, Error> {
    Ok(Json(store.prediction(project, deployment, id).await?))
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
    let Some(model) = deployment.model else { return Ok(Json(PackagedDeployment::default())) };
    let link = |archive: &ImageArchive| {
        let ticket = downloads::ticket(&signed_in, project, Downloadable::Image(model.model_id));
        downloads::link(&state, &site, &ticket, &archive.file_name).url
    };
    Ok(Json(PackagedDeployment {
        apptainer_image_uri: model.image_reference.as_ref().map(ImageReference::apptainer),
        docker_image_url: model.image_archive.as_ref().map(link),
    }))
}
