//! Data repositories of a project.

use models::{
    data::{DataRepository, DataRepositoryPatch, NewDataRepository},
    id::{DataRepositoryId, ProjectId, UserId},
    query::Attribute,
    usage::UsageSummary,
};
use std::collections::HashMap;
use uuid::Uuid;

use crate::store::{Connection, Owned, Row, Sql, StoreError, object_labels, owned};

const TAKEN: &str = "The project has a data repository of this name already.";

impl Owned for DataRepository {
    type Id = DataRepositoryId;
    type New = NewDataRepository;
    type Patch = DataRepositoryPatch;

    const TABLE: &'static str = "data_repositories";
    const ID: &'static str = "data_repository_id";
    const SEARCHED: &'static [&'static str] = &["name", "uri", "description"];
    const RUNS: Option<Attribute> = Some(Attribute::Data);

    fn id(&self) -> DataRepositoryId {
        self.data_repository_id
    }

    fn version(&self) -> i64 {
        self.version
    }

    async fn insert(
        connection: &mut Connection,
        project: ProjectId,
        _: Option<UserId>,
        new: &NewDataRepository,
    ) -> Result<DataRepositoryId, StoreError> {
        insert(connection, project, new).await
    }

    async fn update(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        patch: &DataRepositoryPatch,
    ) -> Result<u64, StoreError> {
        let id = self.data_repository_id;
        if let Some(labels) = &patch.labels {
            object_labels::set(connection, project, id.0, labels).await?;
        }
        let versions = patch.versions.as_ref().unwrap_or(&self.versions);
        let sql = Sql::new(
            "UPDATE data_repositories SET name = $1, uri = $2, platform = $3, connection_id = $4, description = $5, \
             is_dvc_enabled = $6, dvc_connection_id = $7, versions = $8, updated_at = $9, version = version + 1 \
             WHERE data_repository_id = $10 AND version = $11",
        )
        .with(patch.data_repository_name.as_ref().map_or(self.data_repository_name.as_str(), |name| name.as_str()))
        .with(patch.uri.as_ref().map_or(self.uri.as_str(), |uri| uri.as_str()))
        .with(patch.platform.as_ref().unwrap_or(&self.platform).as_str())
        .with(patch.connection_id.unwrap_or(self.connection_id))
        .with(patch.description.as_ref().map_or(self.description.as_str(), |text| text.as_str()))
        .with(patch.is_dvc_enabled.unwrap_or(self.is_dvc_enabled))
        .with(patch.dvc_connection_id.unwrap_or(self.dvc_connection_id))
        .with(versions.as_ref().map(serde_json::to_string).transpose()?)
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

async fn insert(
    connection: &mut Connection,
    project: ProjectId,
    new: &NewDataRepository,
) -> Result<DataRepositoryId, StoreError> {
    let id = DataRepositoryId(Uuid::now_v7());
    let sql = Sql::new(
        "INSERT INTO data_repositories (data_repository_id, project_id, name, uri, platform, connection_id, \
         is_dvc_enabled, dvc_connection_id, versions, description, created_at, updated_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 1)",
    )
    .with(id)
    .with(project)
    .with(new.data_repository_name.as_str())
    .with(new.uri.as_str())
    .with(new.platform().as_str())
    .with(new.connection_id)
    .with(new.is_dvc_enabled)
    .with(new.dvc_connection_id)
    .with(new.versions.as_ref().map(serde_json::to_string).transpose()?)
    .with(new.description.as_ref().map_or("", |text| text.as_str()))
    .with(crate::clock::now());
    connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))?;
    object_labels::set(connection, project, id.0, &new.labels).await?;
    Ok(id)
}

/// The data repositories with these ids.
pub(in crate::store) async fn data_repositories_by_id(
    connection: &mut Connection,
    ids: Vec<DataRepositoryId>,
) -> Result<HashMap<DataRepositoryId, DataRepository>, StoreError> {
    owned::by_id(connection, ids).await
}

async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<DataRepository>, StoreError> {
    let mut repositories = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let ids = repositories.iter().map(|repository| repository.data_repository_id.0).collect();
    let mut labels = object_labels::of_objects(connection, ids).await?;
    for repository in &mut repositories {
        repository.labels = labels.remove(&repository.data_repository_id.0).unwrap_or_default();
    }
    Ok(repositories)
}

fn read(row: &Row) -> Result<DataRepository, StoreError> {
    let versions: Option<String> = row.get("versions")?;
    Ok(DataRepository {
        data_repository_id: row.get("data_repository_id")?,
        data_repository_name: row.get("name")?,
        uri: row.get("uri")?,
        platform: row.get::<String>("platform")?.into(),
        connection_id: row.get("connection_id")?,
        is_dvc_enabled: row.get("is_dvc_enabled")?,
        dvc_connection_id: row.get("dvc_connection_id")?,
        versions: versions.map(|text| serde_json::from_str(&text)).transpose()?,
        description: row.get("description")?,
        description_document: Vec::new(),
        runs: None,
        labels: Vec::new(),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
