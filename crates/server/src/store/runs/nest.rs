//! Runs with what they refer to.

use models::{id::RunId, run::Run};

use super::{RunRecord, parents::parents};
use crate::store::{
    Connection, StoreError, connections,
    experiments::experiments_by_number,
    jobs, object_labels,
    repositories::{code_repositories_by_id, data_repositories_by_id, model_repositories_by_id},
    run_data, saved_models,
};

/// The runs with what they refer to, each thing being read once.
pub(in crate::store) async fn nested(
    connection: &mut Connection,
    runs: Vec<RunRecord>,
) -> Result<Vec<Run>, StoreError> {
    let experiments =
        experiments_by_number(connection, distinct(&runs, |run| Some(run.experiment_number))).await?;
    let code = code_repositories_by_id(connection, distinct(&runs, |run| run.code)).await?;
    let data = data_repositories_by_id(connection, distinct(&runs, |run| run.data)).await?;
    let models = model_repositories_by_id(connection, distinct(&runs, |run| run.model)).await?;
    let connections = connections::summaries(connection, distinct(&runs, |run| run.connection)).await?;
    let ids: Vec<RunId> = runs.iter().map(|run| run.id).collect();
    let mut labels = object_labels::of_objects(connection, ids.iter().map(|id| id.0).collect()).await?;
    let mut notes = run_data::notes(connection, runs.iter().map(|run| run.number).collect()).await?;
    let mut saved = saved_models::of_runs(connection, ids).await?;
    let mut parents = parents(connection, &runs).await?;
    let mut jobs = jobs::of_runs(connection, runs.iter().map(|run| run.number).collect()).await?;
    let nest = |run: RunRecord| {
        Ok(Run {
            run_id: run.id,
            mlflow_run_id: run.id.mlflow(),
            name: run.name,
            experiment_repository: experiments
                .get(&run.experiment_number)
                .map(|experiment| experiment.repository.clone())
                .ok_or(StoreError::NotFound)?,
            code_repository: run.code.and_then(|id| code.get(&id).cloned()),
            branch: run.branch,
            commit: run.commit,
            model_repository: run.model.and_then(|id| models.get(&id).cloned()),
            saved_models: saved.remove(&run.id).unwrap_or_default(),
            data_repository: run.data.and_then(|id| data.get(&id).cloned()),
            data_branch: run.data_branch,
            data_commit: run.data_commit,
            connection: run.connection.and_then(|id| connections.get(&id).cloned()),
            compute_budget_account: run.details.compute_budget_account,
            mlflow_mlproject_file_path: run.details.mlflow_mlproject_file_path,
            entry_point: run.details.entry_point,
            mlflow_parameters: run.details.mlflow_parameters,
            backend_config: run.details.backend_config,
            status: run.status,
            created_at: run.created_at,
            start_time: run.start_time,
            end_time: run.end_time,
            artifact_uri: run.artifact_uri,
            lifecycle_stage: run.lifecycle_stage,
            user: run.user,
            labels: labels.remove(&run.id.0).unwrap_or_default(),
            note: notes.remove(&run.number).unwrap_or_default(),
            note_document: Vec::new(),
            infrastructure: run.details.infrastructure,
            notebook_source: run.details.notebook_source,
            parent_run: parents.remove(&run.number),
            job: jobs.remove(&run.number),
            version: run.version,
        })
    };
    runs.into_iter().map(nest).collect()
}

fn distinct<T: Ord>(runs: &[RunRecord], of: impl Fn(&RunRecord) -> Option<T>) -> Vec<T> {
    let mut values: Vec<T> = runs.iter().filter_map(of).collect();
    values.sort_unstable();
    values.dedup();
    values
}
