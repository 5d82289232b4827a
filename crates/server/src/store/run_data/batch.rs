//! Logging many things of one run at once.

use models::{
    event::{Event, EventTopic},
    experiment::LifecycleStage,
    id::RunId,
    metric::Metric,
    run::KeyValue,
};

use super::{metrics, parameters, tags};
use crate::store::{Connection, Store, StoreError, runs, runs::RunRecord};

/// What is logged at once: all of it, or nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// Points of metrics.
    pub metrics: Vec<Metric>,
    /// Parameters.
    pub parameters: Vec<KeyValue>,
    /// Tags.
    pub tags: Vec<KeyValue>,
}

impl Store {
    /// Logs a batch to an active run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Invalid`] when the run is in the bin, or a parameter has another value
    /// already.
    pub async fn log_batch(&self, run: RunId, batch: Batch) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = active(connection, run).await?;
                log(connection, &run, &batch).await
            })
        })
        .await
    }

    /// Takes a tag from an active run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such run, or it has no such tag.
    pub async fn delete_run_tag(&self, run: RunId, key: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = active(connection, run).await?;
                tags::delete(connection, &run, &key).await?;
                publish(connection, &run);
                Ok(())
            })
        })
        .await
    }
}

/// The run, locked, when it is not in the bin.
pub(in crate::store) async fn active(
    connection: &mut Connection,
    id: RunId,
) -> Result<RunRecord, StoreError> {
    let run = runs::lock(connection, id).await?;
    if run.lifecycle_stage == LifecycleStage::Active {
        return Ok(run);
    }
    let message = format!("The run {} must be in the 'active' state. Current state is deleted.", id.mlflow());
    Err(StoreError::Invalid { field: "run_id", message })
}

/// Logs a batch, and does what some of MLflow's tags ask for.
pub(in crate::store) async fn log(
    connection: &mut Connection,
    run: &RunRecord,
    batch: &Batch,
) -> Result<(), StoreError> {
    metrics::log(connection, run, &batch.metrics).await?;
    parameters::log(connection, run, &batch.parameters).await?;
    let pairs: Vec<(&str, &str)> =
        batch.tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
    tags::set_tags(connection, run, &pairs).await?;
    tags::obey(connection, run, &pairs).await?;
    publish(connection, run);
    Ok(())
}

pub(super) fn publish(connection: &mut Connection, run: &RunRecord) {
    connection.publish(Event {
        project_id: run.project_id,
        topic: EventTopic::RunData,
        run_id: Some(run.id),
    });
}
