//! Saved, that is trained, models of a project.

use models::{
    id::{ModelRepositoryId, ProjectId, RunId, SavedModelId, UserId},
    model::{
        ModelLocation, ModelRepository, ModelSource, ModelStatus, NewSavedModel, SavedModel, SavedModelPatch,
    },
    problem::FieldErrors,
    text::Uri,
};
use std::collections::HashMap;
use uuid::Uuid;

use super::{
    Connection, Owned, Row, Sql, StoreError, model_images, owned, repositories::model_repositories_by_id,
    runs,
};

const TAKEN: &str = "The project has a saved model of this name already.";

impl Owned for SavedModel {
    type Id = SavedModelId;
    type New = NewSavedModel;
    type Patch = SavedModelPatch;

    const TABLE: &'static str = "saved_models";
    const ID: &'static str = "saved_model_id";
    const SEARCHED: &'static [&'static str] = &["name", "uri"];

    fn id(&self) -> SavedModelId {
        self.model_id
    }

    fn version(&self) -> i64 {
        self.version
    }

    async fn insert(
        connection: &mut Connection,
        project: ProjectId,
        _: Option<UserId>,
        new: &NewSavedModel,
    ) -> Result<SavedModelId, StoreError> {
        insert(connection, project, new).await
    }

    async fn update(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        patch: &SavedModelPatch,
    ) -> Result<u64, StoreError> {
        let definition = self.model_repository.as_ref().map(|definition| definition.model_repository_id);
        of_project(connection, project, patch.model_repository_id.flatten()).await?;
        let run = patch.run_id.unwrap_or(self.run_id);
        let parsed = self.uri.as_deref().and_then(|uri| uri.parse::<Uri>().ok());
        let uri = patch.uri.clone().unwrap_or(parsed);
        let location = patch.location.clone().unwrap_or_else(|| self.location.clone());
        let place = place(connection, project, ModelSource::choose(run, uri, location)).await?;
        let image = patch.image_reference.as_ref().unwrap_or(&self.image_reference);
        let parameters = patch.mlflow_parameters.as_ref().unwrap_or(&self.mlflow_parameters);
        let sql = Sql::new(
            "UPDATE saved_models SET name = $1, uri = $2, location = $3, connection_id = $4, mlflow_parameters = $5, \
             run_id = $6, model_repository_id = $7, updated_at = $8, image_reference = $9, version = version + 1 \
             WHERE saved_model_id = $10 AND version = $11",
        )
        .with(patch.name.as_ref().map_or(self.name.as_str(), |name| name.as_str()))
        .with(place.0)
        .with(place.1.as_str())
        .with(patch.connection_id.unwrap_or(self.connection_id))
        .with(parameters.as_ref().map(serde_json::to_string).transpose()?)
        .with(run)
        .with(patch.model_repository_id.unwrap_or(definition))
        .with(crate::clock::now())
        .with(image.as_ref().map(|image| image.as_str()))
        .with(self.model_id)
        .with(self.version);
        connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))
    }

    async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<Self>, StoreError> {
        read_all(connection, rows).await
    }
}

async fn of_project(
    connection: &mut Connection,
    project: ProjectId,
    definition: Option<ModelRepositoryId>,
) -> Result<(), StoreError> {
    let message = "choose a model of this project";
    owned::belongs::<ModelRepository>(connection, project, definition, "modelRepositoryId", message).await
}

async fn insert(
    connection: &mut Connection,
    project: ProjectId,
    new: &NewSavedModel,
) -> Result<SavedModelId, StoreError> {
    let place = place(connection, project, new.source()).await?;
    of_project(connection, project, new.model_repository_id).await?;
    let id = SavedModelId(Uuid::now_v7());
    let sql = Sql::new(
        "INSERT INTO saved_models (saved_model_id, project_id, name, uri, location, connection_id, mlflow_parameters, \
         run_id, model_repository_id, status, created_at, updated_at, image_reference, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, 1)",
    )
    .with(id)
    .with(project)
    .with(new.name.as_str())
    .with(place.0)
    .with(place.1.as_str())
    .with(new.connection_id)
    .with(new.mlflow_parameters.as_ref().map(serde_json::to_string).transpose()?)
    .with(new.run_id)
    .with(new.model_repository_id)
    .with(ModelStatus::Pending.as_str())
    .with(crate::clock::now())
    .with(new.image_reference.as_ref().map(|image| image.as_str()));
    connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))?;
    Ok(id)
}

/// Where the model lies: its address, and the kind of storage.
async fn place(
    connection: &mut Connection,
    project: ProjectId,
    source: Result<ModelSource, FieldErrors>,
) -> Result<(String, ModelLocation), StoreError> {
    let source = source.map_err(|errors| owned::refused(&errors, &["location", "uri", "runId"]))?;
    match source {
        ModelSource::Storage { uri, location } => Ok((uri.into(), location)),
        ModelSource::Run(id) => match runs::identified(connection, id).await {
            Ok(run) if run.project_id == project => Ok((run.artifact_uri, ModelLocation::Mlflow)),
            Ok(_) | Err(StoreError::NotFound) => Err(StoreError::Invalid {
                field: "runId",
                message: "choose a run of this project".to_owned(),
            }),
            Err(error) => Err(error),
        },
    }
}

/// The saved models of each of these runs, by name; runs without any are absent.
pub(super) async fn of_runs(
    connection: &mut Connection,
    runs: Vec<RunId>,
) -> Result<HashMap<RunId, Vec<SavedModel>>, StoreError> {
    let mut models = HashMap::<RunId, Vec<SavedModel>>::new();
    if runs.is_empty() {
        return Ok(models);
    }
    let mut sql = Sql::new("SELECT * FROM saved_models WHERE run_id IN (");
    sql.push_list(runs).push(") ORDER BY name");
    let rows = connection.fetch_all(sql).await?;
    for model in read_all(connection, &rows).await? {
        if let Some(run) = model.run_id {
            models.entry(run).or_default().push(model);
        }
    }
    Ok(models)
}

async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<SavedModel>, StoreError> {
    let repository_of = |row: &Row| row.get::<Option<ModelRepositoryId>>("model_repository_id");
    let (mut ids, mut models) = (Vec::new(), Vec::new());
    for row in rows {
        ids.extend(repository_of(row)?);
        models.push(row.get::<SavedModelId>("saved_model_id")?);
    }
    let mut archives = model_images::of_models(connection, models).await?;
    let repositories = model_repositories_by_id(connection, ids).await?;
    rows.iter()
        .map(|row| {
            let repository = repository_of(row)?.and_then(|id| repositories.get(&id).cloned());
            let model = read(row)?;
            let archive =
                archives.remove(&model.model_id).filter(|_| model.status.why_not_download().is_none());
            let archive = archive.map(|archive| archive.named(&model.name));
            Ok(SavedModel { model_repository: repository, image_archive: archive, ..model })
        })
        .collect()
}

fn read(row: &Row) -> Result<SavedModel, StoreError> {
    let parameters: Option<String> = row.get("mlflow_parameters")?;
    let image: Option<String> = row.get("image_reference")?;
    Ok(SavedModel {
        model_id: row.get("saved_model_id")?,
        name: row.get("name")?,
        uri: row.get("uri")?,
        location: row.get::<Option<String>>("location")?.map(ModelLocation::from),
        connection_id: row.get("connection_id")?,
        mlflow_parameters: parameters.map(|text| serde_json::from_str(&text)).transpose()?,
        run_id: row.get("run_id")?,
        status: row.get::<String>("status")?.into(),
        image_reference: image.and_then(|text| text.parse().ok()),
        image_archive: None,
        model_repository: None,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
