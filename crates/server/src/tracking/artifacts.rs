//! Artifacts over MLflow's API: listed by run, and sent and fetched by address.

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use models::permission::Action;
use models::run::ArtifactEntry;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::error::{TrackingError, or_missing};
use super::parameters::Parameters;
use super::wire::{FileInfo, Nothing};
use crate::AppState;
use crate::blobs::Blobs;
use crate::http::{Download, Json, expected};
use crate::services::{artifact_path, listing};
use crate::store::{ArtifactOwner, ArtifactRecord, StoreError};

/// How many bytes an artifact may have: 5 GiB.
const MAX_BYTES: u64 = 5 * 1024 * 1024 * 1024;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OfRun {
    run_id: String,
    run_uuid: String,
    path: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Files {
    root_uri: String,
    files: Vec<FileInfo>,
}

pub(super) async fn list(
    caller: Caller,
    Parameters(asked): Parameters<OfRun>,
) -> Result<Json<Files>, TrackingError> {
    let id = if asked.run_id.is_empty() { &asked.run_uuid } else { &asked.run_id };
    let run = caller.run(id, Action::DownloadArtifacts).await?;
    let files = files(&caller, ArtifactOwner::Run(run.id), &asked.path).await?;
    Ok(Json(Files { root_uri: run.artifact_uri, files: files.into_iter().map(file_info).collect() }))
}

/// What lies directly in a folder of an owner.
pub(super) async fn files(
    caller: &Caller,
    owner: ArtifactOwner,
    path: &str,
) -> Result<Vec<ArtifactEntry>, TrackingError> {
    let path = path.trim_end_matches('/');
    if !path.is_empty() {
        artifact_path(path).map_err(|reason| TrackingError::invalid(format!("Invalid path: {reason}")))?;
    }
    let within = caller.store.artifacts_within(owner, path).await?;
    Ok(listing(path, &within))
}

pub(super) fn file_info(entry: ArtifactEntry) -> FileInfo {
    let file_size = (!entry.is_dir).then_some(entry.size);
    FileInfo { path: entry.path, is_dir: entry.is_dir, file_size }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Folder {
    path: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Names {
    files: Vec<FileInfo>,
}

/// What lies in the folder at an address, by name alone.
pub(super) async fn list_address(
    caller: Caller,
    Parameters(asked): Parameters<Folder>,
) -> Result<Json<Names>, TrackingError> {
    let (place, path) = caller.place(&asked.path, Action::DownloadArtifacts).await?;
    let mut files: Vec<FileInfo> =
        files(&caller, place.owner, &path).await?.into_iter().map(file_info).collect();
    for file in &mut files {
        file.path = file.path.rsplit('/').next().unwrap_or_default().to_owned();
    }
    Ok(Json(Names { files }))
}

/// Sends the bytes at an address.
pub(super) async fn download(
    State(state): State<AppState>,
    caller: Caller,
    Path(address): Path<String>,
    headers: HeaderMap,
) -> Result<Response, TrackingError> {
    let (place, path) = caller.place(&address, Action::DownloadArtifacts).await?;
    let missing = || TrackingError::missing(format!("No such artifact: '{path}'"));
    let artifact = caller.store.artifact(place.owner, &path).await.map_err(or_missing(missing))?;
    Ok(Download::new(artifact, &headers).open(&Blobs::new(state.data())).await?)
}

/// Keeps the bytes that arrive. The answer is given when they would survive a power cut.
pub(super) async fn upload(
    State(state): State<AppState>,
    caller: Caller,
    Path(address): Path<String>,
    request: Request,
) -> Result<Json<Nothing>, TrackingError> {
    let (place, path) = caller.place(&address, Action::EditRuns).await?;
    if path.is_empty() {
        return Err(TrackingError::invalid("Invalid path: name the artifact"));
    }
    let room =
        state.rooms().take(&caller.store, place.project, expected(request.headers(), MAX_BYTES)?).await?;
    let body = request.into_body().into_data_stream();
    let blob = room.receive(&Blobs::new(state.data()), body).await?;
    let artifact = ArtifactRecord { path, sha256: blob.sha256, size: blob.size };
    caller.store.put_artifact(place, artifact).await?;
    room.fill(blob.size);
    Ok(Json(Nothing {}))
}

/// Forgets the artifact at an address, or all within the folder at it.
pub(super) async fn delete(
    caller: Caller,
    Path(address): Path<String>,
) -> Result<Json<Nothing>, TrackingError> {
    let (place, path) = caller.place(&address, Action::EditRuns).await?;
    match caller.store.delete_artifacts(place, path).await {
        // MLflow's clients delete what may have gone before.
        Ok(()) | Err(StoreError::NotFound) => Ok(Json(Nothing {})),
        Err(error) => Err(error.into()),
    }
}
