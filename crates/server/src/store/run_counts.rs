//! How many runs there are in each state, kept with each change so that no list has to count them.

use models::{
    experiment::LifecycleStage,
    id::ProjectId,
    run::{RunStatus, StatusCounts},
};
use std::collections::{BTreeMap, HashMap};

use super::{Connection, Sql, Store, StoreError};

/// The runs of how many projects are counted by one statement.
const MOST_PROJECTS: usize = 5_000;

impl Store {
    /// How many runs of a project are in which state, without those in the bin.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn run_counts(&self, project: ProjectId) -> Result<StatusCounts, StoreError> {
        let mut counts = of_projects(&mut self.read().await?, vec![project]).await?;
        Ok(counts.remove(&project).unwrap_or_default())
    }
}

/// How many runs of each of these projects are in which state, without those in the bin; projects without runs are
/// absent.
pub(super) async fn of_projects(
    connection: &mut Connection,
    projects: Vec<ProjectId>,
) -> Result<HashMap<ProjectId, StatusCounts>, StoreError> {
    let mut counts = HashMap::<ProjectId, StatusCounts>::new();
    if projects.is_empty() {
        return Ok(counts);
    }
    let mut sql = Sql::new(
        "SELECT project_id, status, CAST(SUM(n_runs) AS BIGINT) AS n FROM run_counts WHERE lifecycle_stage = 'active' \
         AND project_id IN (",
    );
    sql.push_list(projects).push(") GROUP BY project_id, status");
    for row in connection.fetch_all(sql).await? {
        let status = RunStatus::named(&row.get::<String>("status")?).unwrap_or(RunStatus::Unknown);
        counts.entry(row.get("project_id")?).or_default().add(status, row.get("n")?);
    }
    Ok(counts)
}

/// Where a run is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) project: ProjectId,
    pub(super) experiment: i64,
    pub(super) stage: LifecycleStage,
    pub(super) status: RunStatus,
}

/// Counts `n` more runs at a place, or fewer when negative.
pub(super) async fn add(connection: &mut Connection, place: Place, n: i64) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO run_counts (project_id, experiment_number, lifecycle_stage, status, n_runs) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (project_id, experiment_number, lifecycle_stage, status) \
         DO UPDATE SET n_runs = run_counts.n_runs + excluded.n_runs",
    )
    .with(place.project)
    .with(place.experiment)
    .with(place.stage.as_str())
    .with(place.status.as_str())
    .with(n);
    connection.execute(sql).await.map(drop)
}

/// Counts more runs at places, or fewer: each place is written once.
pub(super) async fn add_all(
    connection: &mut Connection,
    steps: impl IntoIterator<Item = (Place, i64)>,
) -> Result<(), StoreError> {
    let mut sums = BTreeMap::new();
    for (place, n) in steps {
        // In the order of `shift`.
        let (_, sum) =
            sums.entry((place.experiment, place.stage.as_str(), place.status)).or_insert((place, 0));
        *sum += n;
    }
    for (place, n) in sums.into_values() {
        add(connection, place, n).await?;
    }
    Ok(())
}

/// Counts a run at another place than before.
pub(super) async fn shift(connection: &mut Connection, from: Place, to: Place) -> Result<(), StoreError> {
    if from == to {
        return Ok(());
    }
    // Always in the same order, so that two shifts in opposite directions do not wait for each other.
    let mut steps = [(from, -1), (to, 1)];
    steps.sort_by_key(|(place, _)| (place.experiment, place.stage.as_str(), place.status));
    for (place, n) in steps {
        add(connection, place, n).await?;
    }
    Ok(())
}

/// Counts the runs of an experiment afresh, after many were changed at once.
pub(super) async fn count_again(
    connection: &mut Connection,
    project: ProjectId,
    experiment: i64,
) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM run_counts WHERE project_id = $1 AND experiment_number = $2");
    connection.execute(sql.with(project).with(experiment)).await?;
    let sql = Sql::new(
        "INSERT INTO run_counts (project_id, experiment_number, lifecycle_stage, status, n_runs) \
         SELECT project_id, experiment_number, lifecycle_stage, status, COUNT(*) FROM runs \
         WHERE experiment_number = $1 GROUP BY project_id, experiment_number, lifecycle_stage, status",
    );
    connection.execute(sql.with(experiment)).await.map(drop)
}

/// How many runs a project has in this stage.
pub(super) async fn total(
    connection: &mut Connection,
    project: ProjectId,
    stage: LifecycleStage,
) -> Result<u64, StoreError> {
    let sql = Sql::new(
        "SELECT CAST(COALESCE(SUM(n_runs), 0) AS BIGINT) AS n FROM run_counts \
         WHERE project_id = $1 AND lifecycle_stage = $2",
    );
    connection.fetch_one(sql.with(project).with(stage.as_str())).await?.get("n")
}

/// How many runs these projects have in either stage.
pub(super) async fn of_all(connection: &mut Connection, projects: &[ProjectId]) -> Result<u64, StoreError> {
    let mut total = 0;
    for some in projects.chunks(MOST_PROJECTS) {
        let mut sql = Sql::new(
            "SELECT CAST(COALESCE(SUM(n_runs), 0) AS BIGINT) AS n FROM run_counts WHERE project_id IN (",
        );
        sql.push_list(some.iter().copied()).push(")");
        total += connection.fetch_one(sql).await?.get::<u64>("n")?;
    }
    Ok(total)
}

/// How many runs these experiments of a project have in either stage, or all of its experiments.
pub(super) async fn of_experiments(
    connection: &mut Connection,
    project: ProjectId,
    experiments: Option<&[i64]>,
) -> Result<u64, StoreError> {
    if experiments.is_some_and(<[i64]>::is_empty) {
        return Ok(0);
    }
    let mut sql = Sql::new(
        "SELECT CAST(COALESCE(SUM(n_runs), 0) AS BIGINT) AS n FROM run_counts WHERE project_id = $1",
    )
    .with(project);
    if let Some(experiments) = experiments {
        sql.push(" AND experiment_number IN (").push_list(experiments.iter().copied()).push(")");
    }
    connection.fetch_one(sql).await?.get("n")
}
