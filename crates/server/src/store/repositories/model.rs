//! Model repositories of a project: definitions of models that are yet to be trained.

use models::{
    code::CodeRepository,
    id::{CodeRepositoryId, ModelRepositoryId, ProjectId, UserId},
    model::{ModelRepository, ModelRepositoryPatch, NewModelRepository},
    query::Attribute,
    usage::UsageSummary,
};
use std::collections::HashMap;
use uuid::Uuid;

use super::code_repositories_by_id;
use crate::store::{Connection, Owned, Row, Sql, StoreError, object_labels, owned};

const TAKEN: &str = "The project has a model of this name already.";

impl Owned for ModelRepository {
    type Id = ModelRepositoryId;
    type New = NewModelRepository;
    type Patch = ModelRepositoryPatch;

    const TABLE: &'static str = "model_repositories";
    const ID: &'static str = "model_repository_id";
    const SEARCHED: &'static [&'static str] = &["name", "uri", "description"];
    const RUNS: Option<Attribute> = Some(Attribute::Model);

    fn id(&self) -> ModelRepositoryId {
        self.model_repository_id
    }

    fn version(&self) -> i64 {
        self.version
    }

    async fn insert(
        connection: &mut Connection,
        project: ProjectId,
        _: Option<UserId>,
        new: &NewModelRepository,
    ) -> Result<ModelRepositoryId, StoreError> {
        insert(connection, project, new).await
    }

    async fn update(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        patch: &ModelRepositoryPatch,
    ) -> Result<u64, StoreError> {
        let id = self.model_repository_id;
        of_project(connection, project, patch.code_repository_id.flatten()).await?;
        if let Some(labels) = &patch.labels {
            object_labels::set(connection, project, id.0, labels).await?;
        }
        let sql = Sql::new(
            "UPDATE model_repositories SET name = $1, uri = $2, description = $3, code_repository_id = $4, \
             git_commit = $5, git_branch = $6, updated_at = $7, version = version + 1 \
             WHERE model_repository_id = $8 AND version = $9",
        )
        .with(patch.name.as_ref().map_or(self.name.as_str(), |name| name.as_str()))
        .with(patch.uri.as_ref().map_or(self.uri.as_deref(), |uri| uri.as_ref().map(|uri| uri.as_str())))
        .with(patch.description.as_ref().map_or(self.description.as_str(), |text| text.as_str()))
        .with(patch.code_repository_id.unwrap_or(self.code_repository_id))
        .with(
            patch.commit.as_ref().map_or(self.commit.as_deref(), |new| new.as_ref().map(|new| new.as_str())),
        )
        .with(
            patch.branch.as_ref().map_or(self.branch.as_deref(), |new| new.as_ref().map(|new| new.as_str())),
        )
        .with(crate::clock::now())
        .with(id)
        .with(self.version);
        connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))
    }

    async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<Self>, StoreError> {
        read_all(connection, rows).await
    }

    fn set_runs(&mut self, runs: UsageSummary) {
        self.runs = Some(runs);
    }
}

async fn of_project(
    connection: &mut Connection,
    project: ProjectId,
    code: Option<CodeRepositoryId>,
) -> Result<(), StoreError> {
    let message = "choose a code repository of this project";
    owned::belongs::<CodeRepository>(connection, project, code, "codeRepositoryId", message).await
}

async fn insert(
    connection: &mut Connection,
    project: ProjectId,
    new: &NewModelRepository,
) -> Result<ModelRepositoryId, StoreError> {
    let unnamed = || StoreError::Invalid { field: "name", message: "enter a name".to_owned() };
    let name = new.name().ok_or_else(unnamed)?;
    of_project(connection, project, new.code_repository_id).await?;
    let id = ModelRepositoryId(Uuid::now_v7());
    let sql = Sql::new(
        "INSERT INTO model_repositories (model_repository_id, project_id, name, uri, description, code_repository_id, \
         git_commit, git_branch, created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)",
    )
    .with(id)
    .with(project)
    .with(name.as_str())
    .with(new.uri.as_ref().map(|uri| uri.as_str()))
    .with(new.description.as_ref().map_or("", |text| text.as_str()))
    .with(new.code_repository_id)
    .with(new.commit.as_ref().map(|commit| commit.as_str()))
    .with(new.branch.as_ref().map(|branch| branch.as_str()))
    .with(crate::clock::now());
    connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))?;
    object_labels::set(connection, project, id.0, &new.labels).await?;
    Ok(id)
}

/// The definitions of models with these ids.
pub(in crate::store) async fn model_repositories_by_id(
    connection: &mut Connection,
    ids: Vec<ModelRepositoryId>,
) -> Result<HashMap<ModelRepositoryId, ModelRepository>, StoreError> {
    owned::by_id(connection, ids).await
}

async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<ModelRepository>, StoreError> {
    let mut repositories = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let ids = repositories.iter().map(|repository| repository.model_repository_id.0).collect();
    let mut labels = object_labels::of_objects(connection, ids).await?;
    let code_ids = repositories.iter().filter_map(|repository| repository.code_repository_id).collect();
    let code = code_repositories_by_id(connection, code_ids).await?;
    for repository in &mut repositories {
        repository.labels = labels.remove(&repository.model_repository_id.0).unwrap_or_default();
        repository.git = repository.code_repository_id.and_then(|id| code.get(&id).cloned());
    }
    Ok(repositories)
}

fn read(row: &Row) -> Result<ModelRepository, StoreError> {
    Ok(ModelRepository {
        model_repository_id: row.get("model_repository_id")?,
        name: row.get("name")?,
        uri: row.get("uri")?,
        git: None,
        code_repository_id: row.get("code_repository_id")?,
        branch: row.get("git_branch")?,
        commit: row.get("git_commit")?,
        description: row.get("description")?,
        description_document: Vec::new(),
        runs: None,
        labels: Vec::new(),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
