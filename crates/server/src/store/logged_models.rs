//! What MLflow 3 calls logged models: folders of artifacts with parameters and tags of their own.

use models::{
    id::{ProjectId, RunId},
    run::KeyValue,
    time::UnixMillis,
};
use uuid::Uuid;

use super::{Connection, Row, Sql, Store, StoreError};

/// A logged model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedModel {
    /// Identifies it.
    pub id: Uuid,
    /// The experiment it belongs to.
    pub experiment_number: i64,
    /// The run that made it.
    pub run: Option<RunId>,
    /// Its name; need not be unique.
    pub name: String,
    /// What kind of model it is, as the client says.
    pub model_type: String,
    /// How far it is, as MLflow spells it.
    pub status: String,
    /// The values it was trained with.
    pub parameters: Vec<KeyValue>,
    /// Its tags.
    pub tags: Vec<KeyValue>,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
}

/// Changes a logged model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoggedModelChange {
    /// How far it is from now on.
    Status(String),
    /// More parameters, or other values for them.
    Parameters(Vec<KeyValue>),
    /// More tags, or other values for them.
    Tags(Vec<KeyValue>),
    /// Without the tag of this key.
    WithoutTag(String),
}

impl Store {
    /// Keeps a new logged model.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when its run is not of the same experiment.
    pub async fn create_logged_model(&self, model: LoggedModel) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(async move { insert(connection, &model).await })).await
    }

    /// A logged model and the project of its experiment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn logged_model(&self, id: Uuid) -> Result<(ProjectId, LoggedModel), StoreError> {
        let row = find(&mut self.read().await?, id).await?;
        Ok((row.get("project_id")?, read(&row)?))
    }

    /// The logged models of these experiments, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn logged_models(
        &self,
        experiments: Vec<i64>,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<LoggedModel>, StoreError> {
        if experiments.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new("SELECT * FROM logged_models WHERE experiment_number IN (");
        sql.push_list(experiments).push(") ORDER BY created_at DESC, model_id LIMIT ").push_number(limit);
        sql.push(" OFFSET ").push_number(offset);
        self.read().await?.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Changes a logged model; gives it as it is then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn change_logged_model(
        &self,
        id: Uuid,
        change: LoggedModelChange,
    ) -> Result<LoggedModel, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut model = read(&find(connection, id).await?)?;
                match change {
                    LoggedModelChange::Status(status) => model.status = status,
                    LoggedModelChange::Parameters(parameters) => merge(&mut model.parameters, parameters),
                    LoggedModelChange::Tags(tags) => merge(&mut model.tags, tags),
                    LoggedModelChange::WithoutTag(key) => model.tags.retain(|tag| tag.key != key),
                }
                model.updated_at = crate::clock::now();
                update(connection, &model).await?;
                Ok(model)
            })
        })
        .await
    }

    /// Deletes a logged model and forgets its artifacts.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn delete_logged_model(&self, id: Uuid) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                connection.execute(Sql::new("DELETE FROM artifacts WHERE owner_id = $1").with(id)).await?;
                let n_deleted = connection
                    .execute(Sql::new("DELETE FROM logged_models WHERE model_id = $1").with(id))
                    .await?;
                if n_deleted == 0 { Err(StoreError::NotFound) } else { Ok(()) }
            })
        })
        .await
    }
}

fn merge(into: &mut Vec<KeyValue>, new: Vec<KeyValue>) {
    for pair in new {
        into.retain(|old| old.key != pair.key);
        into.push(pair);
    }
    into.sort_by(|a, b| a.key.cmp(&b.key));
}

async fn find(connection: &mut Connection, id: Uuid) -> Result<Row, StoreError> {
    let sql = Sql::new(
        "SELECT m.*, e.project_id FROM logged_models m JOIN experiments e ON e.experiment_number = m.experiment_number \
         WHERE m.model_id = $1",
    );
    connection.fetch_one(sql.with(id)).await
}

async fn insert(connection: &mut Connection, model: &LoggedModel) -> Result<(), StoreError> {
    if let Some(run) = model.run {
        let sql = Sql::new("SELECT 1 AS one FROM runs WHERE run_id = $1 AND experiment_number = $2");
        connection.fetch_optional(sql.with(run).with(model.experiment_number)).await?.ok_or_else(|| {
            StoreError::Invalid {
                field: "source_run_id",
                message: "the run is not of this experiment".to_owned(),
            }
        })?;
    }
    let sql = Sql::new(
        "INSERT INTO logged_models (model_id, experiment_number, run_id, name, model_type, status, parameters, tags, \
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .with(model.id)
    .with(model.experiment_number)
    .with(model.run)
    .with(model.name.as_str())
    .with(model.model_type.as_str())
    .with(model.status.as_str())
    .with(serde_json::to_string(&model.parameters)?)
    .with(serde_json::to_string(&model.tags)?)
    .with(model.created_at)
    .with(model.updated_at);
    connection.execute(sql).await.map(drop)
}

async fn update(connection: &mut Connection, model: &LoggedModel) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE logged_models SET status = $1, parameters = $2, tags = $3, updated_at = $4 WHERE model_id = $5",
    )
    .with(model.status.as_str())
    .with(serde_json::to_string(&model.parameters)?)
    .with(serde_json::to_string(&model.tags)?)
    .with(model.updated_at)
    .with(model.id);
    connection.execute(sql).await.map(drop)
}

fn read(row: &Row) -> Result<LoggedModel, StoreError> {
    Ok(LoggedModel {
        id: row.get("model_id")?,
        experiment_number: row.get("experiment_number")?,
        run: row.get("run_id")?,
        name: row.get("name")?,
        model_type: row.get("model_type")?,
        status: row.get("status")?,
        parameters: serde_json::from_str(&row.get::<String>("parameters")?)?,
        tags: serde_json::from_str(&row.get::<String>("tags")?)?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
