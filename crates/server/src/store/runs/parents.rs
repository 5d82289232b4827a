//! The runs that others are a part of.

use std::collections::HashMap;

use models::{
    id::{ProjectId, RunId},
    run::ParentRun,
};

use super::RunRecord;
use crate::store::{Connection, Sql, StoreError, run_keys, run_keys::Family};

/// The tag by which MLflow says what a run is a part of.
const PARENT: &str = "mlflow.parentRunId";

/// The parents of the runs, by the number of the child. A parent in another project is none: its name is nobody's business
/// here.
pub(super) async fn parents(
    connection: &mut Connection,
    runs: &[RunRecord],
) -> Result<HashMap<i64, ParentRun>, StoreError> {
    if runs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut projects: Vec<ProjectId> = runs.iter().map(|run| run.project_id).collect();
    projects.sort_unstable();
    projects.dedup();
    let keys = run_keys::in_projects(connection, &projects, Family::Tag, PARENT).await?;
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT run_number, value FROM run_tags WHERE run_number IN (");
    sql.push_list(runs.iter().map(|run| run.number)).push(") AND key_id IN (").push_list(keys).push(")");
    let mut named = HashMap::<i64, RunId>::new();
    for row in connection.fetch_all(sql).await? {
        if let Ok(parent) = row.get::<String>("value")?.parse::<RunId>() {
            named.insert(row.get("run_number")?, parent);
        }
    }
    let known = identified(connection, named.values().copied().collect()).await?;
    let parent = |run: &RunRecord| {
        let (project, parent) = known.get(named.get(&run.number)?)?;
        (*project == run.project_id && parent.run_id != run.id).then(|| (run.number, parent.clone()))
    };
    Ok(runs.iter().filter_map(parent).collect())
}

/// The runs with these ids and the projects that they belong to.
async fn identified(
    connection: &mut Connection,
    mut ids: Vec<RunId>,
) -> Result<HashMap<RunId, (ProjectId, ParentRun)>, StoreError> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT run_id, project_id, name FROM runs WHERE run_id IN (");
    sql.push_list(ids).push(")");
    let rows = connection.fetch_all(sql).await?;
    let read = |row: &crate::store::Row| {
        let run_id: RunId = row.get("run_id")?;
        Ok((run_id, (row.get("project_id")?, ParentRun { run_id, name: row.get("name")? })))
    };
    rows.iter().map(read).collect()
}
