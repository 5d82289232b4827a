//! What one run has logged.

use models::{
    id::{ProjectId, RunId},
    run::{DatasetInput, RunData, RunStatus, StatusChange},
};

use super::{
    inputs::DatasetUse,
    logged::{self, Inputs},
};
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// What a run of a project has logged.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn run_data(&self, project: ProjectId, id: RunId) -> Result<RunData, StoreError> {
        let run = self.run_record(project, id).await?;
        let mut connection = self.read().await?;
        let statuses = statuses(&mut connection, run.number).await?;
        let mut logged = logged::of_runs(&mut connection, &[run.number], Inputs::Brief).await?;
        let logged = logged.remove(&run.number).unwrap_or_default();
        Ok(RunData {
            parameters: logged.parameters,
            metrics: logged.metrics,
            tags: logged.tags,
            statuses,
            inputs: logged.datasets.into_iter().map(input).collect(),
        })
    }
}

/// A data set as a run tells of it.
pub(super) fn input(dataset: DatasetUse) -> DatasetInput {
    DatasetInput {
        context: dataset.context().to_owned(),
        name: dataset.name,
        digest: dataset.digest,
        source_type: dataset.source_type,
        source: dataset.source,
    }
}

async fn statuses(connection: &mut Connection, run: i64) -> Result<Vec<StatusChange>, StoreError> {
    let sql =
        Sql::new("SELECT status, at FROM run_statuses WHERE run_number = $1 ORDER BY ordinal").with(run);
    let rows = connection.fetch_all(sql).await?;
    rows.iter()
        .map(|row| {
            let status = RunStatus::named(&row.get::<String>("status")?).unwrap_or(RunStatus::Unknown);
            Ok(StatusChange { status, at: row.get("at")? })
        })
        .collect()
}
