//! What saved models take and give.

use axum::extract::State;
use models::id::{ProjectId, SavedModelId};
use models::model::{ModelSignature, SavedModel};
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::blobs::Blobs;
use crate::error::Error;
use crate::http::{Json, Path};
use crate::services;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::DownloadArtifacts, routes!(show))
}

/// What a saved model takes and gives, as the MLmodel file among the artifacts of this server says it; why it is not known
/// where there is none.
#[utoipa::path(get, path = paths::SAVED_MODEL_SIGNATURE, tag = "models", operation_id = "get_model_signature",
    responses((status = 200, description = "What is known.", body = ModelSignature)))]
async fn show(
    State(state): State<AppState>,
    Path((project, id)): Path<(ProjectId, SavedModelId)>,
) -> Result<Json<ModelSignature>, Error> {
    let model: SavedModel = state.store().owned(project, id).await?;
    let blobs = Blobs::new(state.data());
    services::model_signature(state.store(), &blobs, project, &model).await.map(Json)
}
