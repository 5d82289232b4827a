//! Artifacts of runs and of logged models: which path holds which blob.

use models::{
    event::{Event, EventTopic},
    id::{ProjectId, RunId},
};
use uuid::Uuid;

use super::sql::escape_like;
use super::{Connection, Row, Sql, Store, StoreError};

/// What artifacts belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArtifactOwner {
    /// A run.
    Run(RunId),
    /// A logged model, and the run that made it.
    Model(Uuid, Option<RunId>),
}

/// Where artifacts are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArtifactSource {
    /// Among those of a run of the project, and of the models it made in folders that bear the models' names.
    Run(ProjectId, RunId),
    /// Among those of an owner.
    Owner(ArtifactOwner),
}

impl ArtifactOwner {
    fn id(self) -> Uuid {
        match self {
            Self::Run(run) => run.0,
            Self::Model(model, _) => model,
        }
    }

    fn run(self) -> Option<RunId> {
        match self {
            Self::Run(run) => Some(run),
            Self::Model(_, run) => run,
        }
    }
}

/// An artifact: a path, and what lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactRecord {
    /// The way to it from the root of its owner.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// How many bytes it has.
    pub size: u64,
}

/// Where an experiment is that artifacts are added to.
#[derive(Debug, Clone, Copy)]
pub struct ArtifactPlace {
    /// The project that is told.
    pub project: ProjectId,
    /// The experiment of the owner.
    pub experiment: i64,
    /// What the artifact belongs to.
    pub owner: ArtifactOwner,
}

impl Store {
    /// Says which blob lies at a path, in place of what lay there before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the path leads through another artifact, or is a folder.
    pub async fn put_artifact(
        &self,
        place: ArtifactPlace,
        artifact: ArtifactRecord,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                check_free(connection, place.owner.id(), &artifact.path).await?;
                let sql = Sql::new(
                    "INSERT INTO artifacts (owner_id, path, experiment_number, sha256, size, uploaded_at) \
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (owner_id, path) \
                     DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, uploaded_at = excluded.uploaded_at",
                )
                .with(place.owner.id())
                .with(artifact.path)
                .with(place.experiment)
                .with(artifact.sha256)
                .with(i64::try_from(artifact.size).unwrap_or(i64::MAX))
                .with(crate::clock::now());
                connection.execute(sql).await?;
                publish(connection, place);
                Ok(())
            })
        })
        .await
    }

    /// Forgets the artifact at a path, or all within the folder at it. The bytes go when nothing names them any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when nothing is there.
    pub async fn delete_artifacts(&self, place: ArtifactPlace, path: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut sql = Sql::new("DELETE FROM artifacts WHERE owner_id = ");
                sql.bind(place.owner.id()).push(" AND (path = ").bind(path.as_str()).push(" OR ");
                sql.append(starts_with(connection, "path", &folder(&path))).push(")");
                if connection.execute(sql).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                publish(connection, place);
                Ok(())
            })
        })
        .await
    }

    /// The artifact of an owner at a path.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn artifact(&self, owner: ArtifactOwner, path: &str) -> Result<ArtifactRecord, StoreError> {
        let sql = Sql::new("SELECT path, sha256, size FROM artifacts WHERE owner_id = $1 AND path = $2");
        read(&self.read().await?.fetch_one(sql.with(owner.id()).with(path)).await?)
    }

    /// The artifacts of an owner within a folder, by path; all when `path` is empty.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn artifacts_within(
        &self,
        owner: ArtifactOwner,
        path: &str,
    ) -> Result<Vec<ArtifactRecord>, StoreError> {
        let mut connection = self.read().await?;
        let mut sql = Sql::new("SELECT path, sha256, size FROM artifacts WHERE owner_id = ");
        sql.bind(owner.id()).push(" AND ").append(starts_with(&connection, "path", &folder(path)));
        read_all(&mut connection, sql).await
    }

    /// The artifacts of a run, and those of the models it made in a folder that bears the model's name; by path. Only
    /// those within a folder unless `path` is empty.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn run_artifacts(
        &self,
        project: ProjectId,
        run: RunId,
        path: &str,
    ) -> Result<Vec<ArtifactRecord>, StoreError> {
        self.run_record(project, run).await?;
        let mut connection = self.read().await?;
        let mut sql = with_models(run);
        sql.push(" WHERE ").append(starts_with(&connection, "a.path", &folder(path)));
        read_all(&mut connection, sql).await
    }

    /// Some of the artifacts of a run or of an owner, by path: those within a folder, unless `path` is empty; with a `name`
    /// only files of that name. At most `most`, those with short paths first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn some_artifacts(
        &self,
        source: ArtifactSource,
        path: &str,
        name: Option<&str>,
        most: u64,
    ) -> Result<Vec<ArtifactRecord>, StoreError> {
        let mut sql = match source {
            ArtifactSource::Run(project, run) => {
                self.run_record(project, run).await?;
                with_models(run)
            }
            ArtifactSource::Owner(owner) => {
                let mut sql =
                    Sql::new("SELECT path, sha256, size FROM (SELECT * FROM artifacts WHERE owner_id = ");
                sql.bind(owner.id()).push(") a");
                sql
            }
        };
        let mut connection = self.read().await?;
        sql.push(" WHERE ").append(starts_with(&connection, "a.path", &folder(path)));
        if let Some(name) = name {
            let within = format!("%/{}", escape_like(name));
            sql.push(" AND (a.path = ").bind(name).push(" OR a.path LIKE ").bind(within);
            sql.push(" ESCAPE '\\')");
        }
        sql.push(" ORDER BY LENGTH(a.path), a.path LIMIT ").push_number(most);
        read_all(&mut connection, sql).await
    }

    /// The artifact of a run, or of a model it made, at a path as [`Store::run_artifacts`] gives it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or the project has no such run.
    pub async fn run_artifact(
        &self,
        project: ProjectId,
        run: RunId,
        path: &str,
    ) -> Result<ArtifactRecord, StoreError> {
        self.run_record(project, run).await?;
        let mut sql = with_models(run);
        sql.push(" WHERE a.path = ").bind(path).push(" LIMIT 1");
        read(&self.read().await?.fetch_one(sql).await?)
    }

    /// How many bytes the artifacts and images of a project have, each counted as often as it is named.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn stored_bytes(&self, project: ProjectId) -> Result<u64, StoreError> {
        let sql = Sql::new(
            "SELECT CAST(COALESCE((SELECT SUM(a.size) FROM artifacts a JOIN experiments e \
             ON e.experiment_number = a.experiment_number WHERE e.project_id = $1), 0) \
             + COALESCE((SELECT SUM(i.size) FROM model_images i JOIN saved_models m \
             ON m.saved_model_id = i.saved_model_id WHERE m.project_id = $1), 0) AS BIGINT) AS bytes",
        );
        self.read().await?.fetch_one(sql.with(project)).await?.get("bytes")
    }

    /// Whether an artifact or an image has these bytes.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn names_blob(&self, sha256: &[u8]) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "SELECT 1 AS one FROM artifacts WHERE sha256 = $1 UNION ALL \
             SELECT 1 AS one FROM model_images WHERE sha256 = $1 LIMIT 1",
        )
        .with(sha256.to_vec());
        Ok(self.read().await?.fetch_optional(sql).await?.is_some())
    }
}

/// The beginning of a statement about the artifacts `a` of a run and of the models it made.
fn with_models(run: RunId) -> Sql {
    let mut sql = Sql::new(
        "SELECT a.path, a.sha256, a.size FROM (SELECT path, sha256, size FROM artifacts WHERE owner_id = ",
    );
    sql.bind(run).push(
        " UNION ALL SELECT m.name || '/' || o.path, o.sha256, o.size FROM logged_models m \
         JOIN artifacts o ON o.owner_id = m.model_id WHERE m.run_id = ",
    );
    sql.bind(run).push(") a");
    sql
}

/// A file cannot be a folder: nothing lies within it, and it lies within no other file.
async fn check_free(connection: &mut Connection, owner: Uuid, path: &str) -> Result<(), StoreError> {
    let parents: Vec<&str> = path.match_indices('/').filter_map(|(end, _)| path.get(..end)).collect();
    let mut sql = Sql::new("SELECT path FROM artifacts WHERE owner_id = ");
    sql.bind(owner).push(" AND (").append(starts_with(connection, "path", &folder(path)));
    if !parents.is_empty() {
        sql.push(" OR path IN (").push_list(parents).push(")");
    }
    sql.push(") LIMIT 1");
    match connection.fetch_optional(sql).await? {
        Some(row) => Err(StoreError::Conflict(format!(
            "An artifact cannot be a file and a folder at once: {}",
            row.get::<String>("path")?
        ))),
        None => Ok(()),
    }
}

/// What all paths in a folder begin with; nothing for the root.
fn folder(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{path}/") }
}

/// Whether a path in `column` begins with a folder, which is empty or ends with a slash: as a range, which an index has.
fn starts_with(connection: &Connection, column: &'static str, folder: &str) -> Sql {
    let Some(name) = folder.strip_suffix('/') else { return Sql::new("TRUE") };
    let bytewise = if connection.is_postgres() { " COLLATE \"C\"" } else { "" };
    let mut sql = Sql::new("(");
    sql.push(column).push(bytewise).push(" >= ").bind(folder).push(" AND ");
    // What follows the slash in Unicode follows all that begins with the slash.
    sql.push(column).push(bytewise).push(" < ").bind(format!("{name}0")).push(")");
    sql
}

async fn read_all(connection: &mut Connection, sql: Sql) -> Result<Vec<ArtifactRecord>, StoreError> {
    let rows = connection.fetch_all(sql).await?;
    let mut artifacts = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    artifacts.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

fn read(row: &Row) -> Result<ArtifactRecord, StoreError> {
    Ok(ArtifactRecord { path: row.get("path")?, sha256: row.get("sha256")?, size: row.get("size")? })
}

fn publish(connection: &mut Connection, place: ArtifactPlace) {
    let run_id = place.owner.run();
    connection.publish(Event { project_id: place.project, topic: EventTopic::RunArtifacts, run_id });
}
