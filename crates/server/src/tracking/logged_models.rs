//! Logged models over MLflow's API.

use axum::extract::Path;
use models::permission::Action;
use models::run::KeyValue;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::artifacts::{file_info, files};
use super::caller::Caller;
use super::error::{TrackingError, or_missing};
use super::parameters::Parameters;
use super::wire::{FileInfo, LoggedModelBody, Nothing, Pair, external_model_id, list, model_id};
use super::{run_names, validate};
use crate::http::Json;
use crate::store::{ArtifactOwner, LoggedModel, LoggedModelChange};

type Answer<T> = Result<Json<T>, TrackingError>;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Create {
    experiment_id: String,
    name: String,
    model_type: String,
    source_run_id: String,
    #[serde(deserialize_with = "list")]
    params: Vec<Pair>,
    #[serde(deserialize_with = "list")]
    tags: Vec<Pair>,
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    model: LoggedModelBody,
}

pub(super) async fn create(caller: Caller, Parameters(asked): Parameters<Create>) -> Answer<Found> {
    let experiment = caller.experiment(&asked.experiment_id, Action::EditRuns).await?;
    let run = match asked.source_run_id.as_str() {
        "" => None,
        id => Some(caller.run(id, Action::EditRuns).await?.id),
    };
    let now = crate::clock::now();
    let model = LoggedModel {
        id: Uuid::now_v7(),
        experiment_number: experiment.number,
        run,
        name: name(asked.name)?,
        model_type: model_type(asked.model_type)?,
        status: "LOGGED_MODEL_PENDING".to_owned(),
        parameters: parameters(asked.params)?,
        tags: tags(asked.tags)?,
        created_at: now,
        updated_at: now,
    };
    caller.store.create_logged_model(model.clone()).await?;
    found(&caller, model).await
}

/// A model's name is that of a folder too.
fn name(name: String) -> Result<String, TrackingError> {
    if name.is_empty() {
        return Ok(run_names::random());
    }
    if name.chars().count() > 250 || name.contains(['/', ':', '.', '%', '"', '\'', '\\']) {
        let message =
            format!("Invalid model name '{name}': leave out / : . % \" ' and use at most 250 characters.");
        return Err(TrackingError::invalid(message));
    }
    validate::visible("model name", &name)?;
    Ok(name)
}

fn model_type(name: String) -> Result<String, TrackingError> {
    if name.chars().count() > 500 {
        return Err(TrackingError::invalid("Invalid model_type: use at most 500 characters."));
    }
    validate::visible("model_type", &name)?;
    Ok(name)
}

fn parameters(pairs: Vec<Pair>) -> Result<Vec<KeyValue>, TrackingError> {
    validate::batch_size(0, pairs.len(), 0)?;
    pairs.into_iter().map(|pair| validate::parameter(pair, "params.")).collect()
}

fn tags(pairs: Vec<Pair>) -> Result<Vec<KeyValue>, TrackingError> {
    validate::batch_size(0, 0, pairs.len())?;
    pairs.into_iter().map(|pair| validate::tag(pair, "tags.")).collect()
}

async fn found(caller: &Caller, model: LoggedModel) -> Answer<Found> {
    let number = model.experiment_number;
    let id = caller.ids_of(vec![number]).await?.remove(&number).unwrap_or_default();
    Ok(Json(Found { model: LoggedModelBody::new(model, id) }))
}

impl Caller {
    /// A logged model, when the caller may do this in its project.
    async fn logged_model(&self, id: &str, action: Action) -> Result<LoggedModel, TrackingError> {
        let missing = || TrackingError::missing(format!("Logged model with ID '{id}' not found."));
        let number = model_id(id).ok_or_else(missing)?;
        let (project, model) = self.store.logged_model(number).await.map_err(or_missing(missing))?;
        self.require(project, action, missing).await?;
        Ok(model)
    }
}

async fn change(caller: &Caller, id: &str, change: LoggedModelChange) -> Answer<Found> {
    let model = caller.logged_model(id, Action::EditRuns).await?;
    found(caller, caller.store.change_logged_model(model.id, change).await?).await
}

pub(super) async fn get(caller: Caller, Path(id): Path<String>) -> Answer<Found> {
    let model = caller.logged_model(&id, Action::ViewProject).await?;
    found(&caller, model).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Finalize {
    status: String,
}

pub(super) async fn finalize(
    caller: Caller,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Finalize>,
) -> Answer<Found> {
    let states = ["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"];
    if !states.contains(&asked.status.as_str()) {
        let message = format!("Invalid model status: {}. Use one of {}.", asked.status, states.join(", "));
        return Err(TrackingError::invalid(message));
    }
    change(&caller, &id, LoggedModelChange::Status(asked.status)).await
}

pub(super) async fn delete(caller: Caller, Path(id): Path<String>) -> Answer<Nothing> {
    let model = caller.logged_model(&id, Action::EditRuns).await?;
    caller.store.delete_logged_model(model.id).await?;
    Ok(Json(Nothing {}))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pairs {
    #[serde(deserialize_with = "list")]
    params: Vec<Pair>,
    #[serde(deserialize_with = "list")]
    tags: Vec<Pair>,
}

pub(super) async fn set_tags(
    caller: Caller,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Pairs>,
) -> Answer<Found> {
    let tags = tags(asked.tags)?;
    change(&caller, &id, LoggedModelChange::Tags(tags)).await
}

pub(super) async fn log_parameters(
    caller: Caller,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Pairs>,
) -> Answer<Nothing> {
    let parameters = parameters(asked.params)?;
    change(&caller, &id, LoggedModelChange::Parameters(parameters)).await?;
    Ok(Json(Nothing {}))
}

pub(super) async fn delete_tag(caller: Caller, Path((id, key)): Path<(String, String)>) -> Answer<Nothing> {
    let model = caller.logged_model(&id, Action::EditRuns).await?;
    if !model.tags.iter().any(|tag| tag.key == key) {
        let message = format!("No tag with key '{key}' found for model with ID '{id}'.");
        return Err(TrackingError::missing(message));
    }
    caller.store.change_logged_model(model.id, LoggedModelChange::WithoutTag(key)).await?;
    Ok(Json(Nothing {}))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Folder {
    artifact_directory_path: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Files {
    root_uri: String,
    files: Vec<FileInfo>,
}

pub(super) async fn list_artifacts(
    caller: Caller,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Folder>,
) -> Answer<Files> {
    let model = caller.logged_model(&id, Action::DownloadArtifacts).await?;
    let owner = ArtifactOwner::Model(model.id, model.run);
    let files = files(&caller, owner, &asked.artifact_directory_path).await?;
    let id = external_model_id(model.id);
    let root_uri = format!("mlflow-artifacts:/{}/models/{id}/artifacts", model.experiment_number);
    Ok(Json(Files { root_uri, files: files.into_iter().map(file_info).collect() }))
}
