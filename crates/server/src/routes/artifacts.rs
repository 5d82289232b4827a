//! Artifacts of runs.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use models::id::{ProjectId, RunId};
use models::paths;
use models::permission::Action;
use models::run::ArtifactListing;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::blobs::Blobs;
use crate::error::Error;
use crate::http::{Download, Json, Path, Query};
use crate::services::{artifact_path, files_named, listing};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::DownloadArtifacts, routes!(list))
        .add(Action::DownloadArtifacts, routes!(download))
}

/// Which artifact, or which folder.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// The way to it from the run's artifact root, with `/` between the parts; empty for the root.
    #[serde(default)]
    #[param(required = false, max_length = 1024, example = "plots/loss.png")]
    path: String,
}

/// Which files are looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Named {
    /// Names of files, separated by commas: only those are told, wherever within the folder they lie.
    #[serde(default)]
    #[param(required = false, max_length = 1024, example = "MLmodel,requirements.txt")]
    named: String,
}

/// The artifacts in a folder of a run. Those of a model that it made lie in a folder of the model's name.
#[utoipa::path(get, path = paths::RUN_FILES, tag = "artifacts", operation_id = "list_artifacts", params(Which, Named),
    responses((status = 200, description = "Folders first, then files, each by name; of files that are looked for, the first 1000.", body = ArtifactListing)))]
async fn list(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Query(which): Query<Which>,
    Query(Named { named }): Query<Named>,
) -> Result<Json<ArtifactListing>, Error> {
    let path = folder_path(&which.path)?;
    let within = store.run_artifacts(project, id, &path).await?;
    if within.is_empty() && !path.is_empty() {
        return Err(Error::NotFound);
    }
    let entries = if named.is_empty() { listing(&path, &within) } else { files_named(&named, &within) };
    Ok(Json(ArtifactListing { entries }))
}

/// The bytes of an artifact, always to be saved. With `Range: bytes=0-99` a part of them.
#[utoipa::path(get, path = paths::RUN_FILE, tag = "artifacts", operation_id = "download_artifact", params(Which),
    responses((status = 200, description = "All bytes.", content_type = "application/octet-stream", body = [u8]),
        (status = 206, description = "The bytes that `Range` names.", content_type = "application/octet-stream", body = [u8]),
        (status = 416, description = "There are no such bytes.")))]
async fn download(
    State(state): State<AppState>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let path = artifact_path(&which.path).map_err(|reason| Error::invalid_query("path", reason))?;
    let artifact = state.store().run_artifact(project, id, &path).await?;
    let blobs = Blobs::new(state.data());
    Download::new(artifact, &headers).open(&blobs).await.map_err(Error::internal)
}

/// The way to a folder; the root has an empty one.
fn folder_path(path: &str) -> Result<String, Error> {
    let path = path.trim_matches('/');
    if path.is_empty() {
        return Ok(String::new());
    }
    artifact_path(path).map_err(|reason| Error::invalid_query("path", reason))
}
