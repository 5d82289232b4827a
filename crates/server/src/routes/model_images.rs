//! Container images of saved models: asked for here, built elsewhere, uploaded here.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use models::id::{ProjectId, SavedModelId};
use models::model::SavedModel;
use models::paths;
use models::permission::Action;
use models::text::ImageReference;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::blobs::{BlobError, Blobs};
use crate::error::Error;
use crate::http::{Path, expected};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::EditRuns, routes!(request))
}

/// The route whose bodies may last.
pub(super) fn streams(state: &AppState) -> Routes {
    Routes::new(state).add(Action::EditRuns, routes!(upload))
}

/// Ask for a container image of a saved model. Who builds images, such as a pipeline, finds the model `PENDING` and
/// uploads what it has built; this server builds none itself.
#[utoipa::path(post, path = paths::SAVED_MODEL_IMAGE_BUILD, tag = "models", operation_id = "request_saved_model_image",
    responses((status = 202, description = "Asked for."),
        (status = 409, description = "It is being built.", body = models::problem::Problem)))]
async fn request(
    State(store): State<Store>,
    Path((project, model)): Path<(ProjectId, SavedModelId)>,
) -> Result<StatusCode, Error> {
    store.request_image(project, model).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Upload the container image of a saved model, at most 20 GiB: what `docker save` writes, compressed by `gzip`.
#[utoipa::path(put, path = paths::SAVED_MODEL_IMAGE, tag = "models", operation_id = "upload_saved_model_image",
    request_body(content = [u8], content_type = "application/gzip"),
    responses((status = 204, description = "Kept; it survives a power cut.")))]
async fn upload(
    State(state): State<AppState>,
    Path((project, model)): Path<(ProjectId, SavedModelId)>,
    request: Request,
) -> Result<StatusCode, Error> {
    state.store().owned::<SavedModel>(project, model).await?;
    let expected = expected(request.headers(), ImageReference::MAX_ARCHIVE).map_err(refusal)?;
    let room = state.rooms().take(state.store(), project, expected).await.map_err(refusal)?;
    let body = request.into_body().into_data_stream();
    let image = room.receive(&Blobs::new(state.data()), body).await.map_err(refusal)?;
    let size = image.size;
    state.store().put_image(project, model, image).await?;
    room.fill(size);
    Ok(StatusCode::NO_CONTENT)
}

fn refusal(error: BlobError) -> Error {
    match error {
        BlobError::TooLarge { limit } => {
            Error::TooLarge { limit: usize::try_from(limit).unwrap_or(usize::MAX) }
        }
        BlobError::BrokenOff => Error::BadRequest("The body broke off.".to_owned()),
        BlobError::Full => Error::Full,
        error @ BlobError::OverQuota { .. } => Error::OverQuota(error.to_string()),
        BlobError::Uncounted(error) => error.into(),
        BlobError::Disk(error) => Error::internal(error),
    }
}
