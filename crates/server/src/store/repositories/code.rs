//! Code repositories of a project.

use models::{
    code::{CodeRepository, CodeRepositoryPatch, NewCodeRepository, Platform},
    event::{Event, EventTopic},
    id::{CodeRepositoryId, ProjectId, UserId},
    query::Attribute,
    usage::UsageSummary,
};
use std::collections::HashMap;
use uuid::Uuid;

use crate::store::{Connection, Owned, Row, Sql, StoreError, object_labels, owned};

const TAKEN: &str = "The project has a code repository of this name already.";
/// The fields that can contradict each other.
const CREDENTIALS: &[&str] = &["accessToken", "uri"];

impl Owned for CodeRepository {
    type Id = CodeRepositoryId;
    type New = NewCodeRepository;
    type Patch = CodeRepositoryPatch;

    const TABLE: &'static str = "code_repositories";
    const ID: &'static str = "code_repository_id";
    const SEARCHED: &'static [&'static str] = &["name", "uri", "description"];
    const RUNS: Option<Attribute> = Some(Attribute::Code);

    fn id(&self) -> CodeRepositoryId {
        self.code_repository_id
    }

    fn version(&self) -> i64 {
        self.version
    }

    async fn insert(
        connection: &mut Connection,
        project: ProjectId,
        _: Option<UserId>,
        new: &NewCodeRepository,
    ) -> Result<CodeRepositoryId, StoreError> {
        insert(connection, project, new).await
    }

    async fn update(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        patch: &CodeRepositoryPatch,
    ) -> Result<u64, StoreError> {
        patch.check(self).map_err(|errors| owned::refused(&errors, CREDENTIALS))?;
        let id = self.code_repository_id;
        if let Some(labels) = &patch.labels {
            object_labels::set(connection, project, id.0, labels).await?;
        }
        let sql = Sql::new(
            "UPDATE code_repositories SET name = $1, uri = $2, platform = $3, connection_id = $4, description = $5, \
             updated_at = $6, version = version + 1 WHERE code_repository_id = $7 AND version = $8",
        )
        .with(patch.code_repository_name.as_ref().map_or(self.code_repository_name.as_str(), |name| name.as_str()))
        .with(patch.uri.as_ref().map_or(self.uri.as_str(), |uri| uri.as_str()))
        .with(patch.platform.as_ref().unwrap_or(&self.platform).as_str())
        .with(patch.connection_id.unwrap_or(self.connection_id))
        .with(patch.description.as_ref().map_or(self.description.as_str(), |text| text.as_str()))
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
    new: &NewCodeRepository,
) -> Result<CodeRepositoryId, StoreError> {
    new.check().map_err(|errors| owned::refused(&errors, CREDENTIALS))?;
    let id = CodeRepositoryId(Uuid::now_v7());
    let now = crate::clock::now();
    let sql = Sql::new(
        "INSERT INTO code_repositories (code_repository_id, project_id, name, uri, platform, connection_id, \
         description, created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
    )
    .with(id)
    .with(project)
    .with(new.code_repository_name.as_str())
    .with(new.uri.as_str())
    .with(new.platform().as_str())
    .with(new.connection_id)
    .with(new.description.as_ref().map_or("", |text| text.as_str()))
    .with(now);
    connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))?;
    object_labels::set(connection, project, id.0, &new.labels).await?;
    Ok(id)
}

/// The code repositories with these ids.
pub(in crate::store) async fn code_repositories_by_id(
    connection: &mut Connection,
    ids: Vec<CodeRepositoryId>,
) -> Result<HashMap<CodeRepositoryId, CodeRepository>, StoreError> {
    owned::by_id(connection, ids).await
}

/// The code repository of a project that lies at `uri`; added where there is none.
pub(in crate::store) async fn code_repository_at(
    connection: &mut Connection,
    project: ProjectId,
    uri: &str,
) -> Result<CodeRepositoryId, StoreError> {
    let sql = Sql::new(
        "SELECT code_repository_id FROM code_repositories WHERE project_id = $1 AND uri = $2 ORDER BY created_at LIMIT 1",
    );
    if let Some(row) = connection.fetch_optional(sql.with(project).with(uri)).await? {
        return row.get("code_repository_id");
    }
    let name = free_name(connection, project, uri).await?;
    let invalid =
        |error: models::text::TextError| StoreError::Invalid { field: "uri", message: error.to_string() };
    let new = NewCodeRepository {
        code_repository_name: name.parse().map_err(invalid)?,
        uri: uri.parse().map_err(invalid)?,
        platform: Some(Platform::suggested_by(uri)),
        connection_id: None,
        access_token: None,
        description: None,
        labels: Vec::new(),
    };
    connection.publish(Event { project_id: project, topic: EventTopic::Repositories, run_id: None });
    insert(connection, project, &new).await
}

/// The last part of `uri`, or the whole where that is taken.
async fn free_name(connection: &mut Connection, project: ProjectId, uri: &str) -> Result<String, StoreError> {
    let last = uri.trim_end_matches('/').trim_end_matches(".git").rsplit(['/', ':']).next().unwrap_or(uri);
    let sql = Sql::new("SELECT 1 AS one FROM code_repositories WHERE project_id = $1 AND name = $2");
    let taken = connection.fetch_optional(sql.with(project).with(last)).await?.is_some();
    Ok(if taken || last.is_empty() { uri } else { last }.chars().take(250).collect())
}

async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<CodeRepository>, StoreError> {
    let mut repositories = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let ids = repositories.iter().map(|repository| repository.code_repository_id.0).collect();
    let mut labels = object_labels::of_objects(connection, ids).await?;
    for repository in &mut repositories {
        repository.labels = labels.remove(&repository.code_repository_id.0).unwrap_or_default();
    }
    Ok(repositories)
}

fn read(row: &Row) -> Result<CodeRepository, StoreError> {
    Ok(CodeRepository {
        code_repository_id: row.get("code_repository_id")?,
        code_repository_name: row.get("name")?,
        uri: row.get("uri")?,
        platform: row.get::<String>("platform")?.into(),
        connection_id: row.get("connection_id")?,
        description: row.get("description")?,
        description_document: Vec::new(),
        runs: None,
        labels: Vec::new(),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
