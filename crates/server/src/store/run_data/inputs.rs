//! Data sets and models that runs name as their inputs and outputs.

use models::{id::RunId, run::KeyValue};
use uuid::Uuid;

use super::batch::{active, publish};
use crate::store::{Connection, Row, Sql, Store, StoreError};
use models::event::{Event, EventTopic};

/// A data set as MLflow's `log_input` describes it, and what a run used it for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatasetUse {
    /// The data set's name.
    pub name: String,
    /// A short hash of its content.
    pub digest: String,
    /// The kind of its source.
    pub source_type: String,
    /// Where it came from, as the client wrote it.
    pub source: String,
    /// Its columns, as the client wrote them; empty when it did not.
    pub schema: String,
    /// Its size, as the client wrote it; empty when it did not.
    pub profile: String,
    /// What it was used for: MLflow's tags of the use.
    pub tags: Vec<KeyValue>,
}

impl DatasetUse {
    /// What the run used it for, such as `training`; empty when it did not say.
    #[must_use]
    pub fn context(&self) -> &str {
        self.tags.iter().find(|tag| tag.key == "mlflow.data.context").map_or("", |tag| tag.value.as_str())
    }
}

/// A logged model that a run read or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelUse {
    /// Identifies the model.
    pub model: Uuid,
    /// The step of the run that made it.
    pub step: i64,
}

/// The logged models that a run read and made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelUses {
    /// What it read.
    pub inputs: Vec<ModelUse>,
    /// What it made.
    pub outputs: Vec<ModelUse>,
}

impl Store {
    /// Says which data sets and models a run read, and which models it made. What was said before stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Invalid`] when the run is in the bin.
    pub async fn log_run_inputs(
        &self,
        run: RunId,
        datasets: Vec<DatasetUse>,
        models: ModelUses,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = active(connection, run).await?;
                for dataset in &datasets {
                    insert_dataset(connection, run.number, dataset).await?;
                }
                let inputs = models.inputs.iter().map(|model| ("input", model));
                for (role, model) in inputs.chain(models.outputs.iter().map(|model| ("output", model))) {
                    insert_model(connection, run.number, role, *model).await?;
                }
                publish(connection, &run);
                connection.publish(Event {
                    project_id: run.project_id,
                    topic: EventTopic::Run,
                    run_id: Some(run.id),
                });
                Ok(())
            })
        })
        .await
    }
}

async fn insert_dataset(
    connection: &mut Connection,
    run: i64,
    dataset: &DatasetUse,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO run_inputs (run_number, name, digest, context, source_type, source, dataset_schema, \
         dataset_profile, tags) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    )
    .with(run)
    .with(dataset.name.as_str())
    .with(dataset.digest.as_str())
    .with(dataset.context())
    .with(dataset.source_type.as_str())
    .with(dataset.source.as_str())
    .with(dataset.schema.as_str())
    .with(dataset.profile.as_str())
    .with(serde_json::to_string(&dataset.tags)?);
    connection.execute(sql).await.map(drop)
}

async fn insert_model(
    connection: &mut Connection,
    run: i64,
    role: &'static str,
    model: ModelUse,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO run_models (run_number, role, model_id, step) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    );
    connection.execute(sql.with(run).with(role).with(model.model).with(model.step)).await.map(drop)
}

pub(super) fn read_dataset(row: &Row) -> Result<DatasetUse, StoreError> {
    Ok(DatasetUse {
        name: row.get("name")?,
        digest: row.get("digest")?,
        source_type: row.get("source_type")?,
        source: row.get("source")?,
        schema: row.get("dataset_schema")?,
        profile: row.get("dataset_profile")?,
        tags: serde_json::from_str(&row.get::<String>("tags")?)?,
    })
}
