//! The names of metrics, parameters and tags: each once in a project, with a small number that stands for it.

use models::{
    id::ProjectId,
    run_table::{KeyCount, RunKeys},
};
use std::collections::HashMap;

use super::{Connection, Projects, Sql, Store, StoreError, Value};

/// Of how many projects names are read by one statement.
const MOST_PROJECTS: usize = 5_000;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Metric,
    Parameter,
    Tag,
}

impl Family {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Parameter => "parameter",
            Self::Tag => "tag",
        }
    }
}

impl Store {
    /// What the runs of projects have logged; of several at most [`RunKeys::MOST_OF_SEVERAL`] names of a kind.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn run_keys(&self, projects: impl Into<Projects>) -> Result<RunKeys, StoreError> {
        match projects.into() {
            Projects::One(project) => self.run_keys_of_one(project).await,
            Projects::Several(projects) => self.run_keys_of_several(&projects).await,
        }
    }

    async fn run_keys_of_one(&self, project: ProjectId) -> Result<RunKeys, StoreError> {
        let sql = Sql::new(
            "SELECT family, key, n_runs FROM run_keys WHERE project_id = $1 AND n_runs > 0 ORDER BY n_runs DESC, key",
        );
        let mut keys = RunKeys::default();
        for row in self.read().await?.fetch_all(sql.with(project)).await? {
            let count = KeyCount { key: row.get("key")?, runs: row.get("n_runs")? };
            match row.get::<String>("family")?.as_str() {
                "metric" => keys.metrics.push(count),
                "parameter" => keys.parameters.push(count),
                _ => {}
            }
        }
        Ok(keys)
    }

    async fn run_keys_of_several(&self, projects: &[ProjectId]) -> Result<RunKeys, StoreError> {
        let mut connection = self.read().await?;
        let mut sums =
            [Family::Metric, Family::Parameter].map(|family| (family, HashMap::<String, u64>::new()));
        for some in projects.chunks(MOST_PROJECTS) {
            for (family, sums) in &mut sums {
                let mut sql = Sql::new(
                    "SELECT key, CAST(SUM(n_runs) AS BIGINT) AS n FROM run_keys WHERE n_runs > 0 AND family = $1 \
                     AND project_id IN (",
                )
                .with(family.as_str());
                sql.push_list(some.iter().copied()).push(") GROUP BY key");
                for row in connection.fetch_all(sql).await? {
                    *sums.entry(row.get("key")?).or_default() += row.get::<u64>("n")?;
                }
            }
        }
        let [metrics, parameters] = sums.map(|(_, sums)| most_common(sums));
        Ok(RunKeys { metrics, parameters })
    }
}

/// The names of most runs first, as many as are told of several projects.
fn most_common(sums: HashMap<String, u64>) -> Vec<KeyCount> {
    let mut keys: Vec<_> = sums.into_iter().map(|(key, runs)| KeyCount { key, runs }).collect();
    keys.sort_unstable_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.key.cmp(&b.key)));
    keys.truncate(RunKeys::MOST_OF_SEVERAL);
    keys
}

/// The numbers of these names in a project; names that are new there get one.
pub(super) async fn numbers(
    connection: &mut Connection,
    project: ProjectId,
    family: Family,
    keys: &[&str],
) -> Result<HashMap<String, i64>, StoreError> {
    let mut found = look_up(connection, project, family, keys).await?;
    let mut missing: Vec<&str> = keys.iter().copied().filter(|key| !found.contains_key(*key)).collect();
    if missing.is_empty() {
        return Ok(found);
    }
    // In order, so that transactions that add the same names do not wait for each other in a circle.
    missing.sort_unstable();
    missing.dedup();
    let mut sql = Sql::new("INSERT INTO run_keys (project_id, family, key, n_runs) VALUES ");
    let row = |key: &&str| [Value::from(project), family.as_str().into(), (*key).into(), 0_i64.into()];
    sql.push_rows(missing.iter().map(row)).push(" ON CONFLICT (project_id, family, key) DO NOTHING");
    connection.execute(sql).await?;
    found.extend(look_up(connection, project, family, &missing).await?);
    Ok(found)
}

async fn look_up(
    connection: &mut Connection,
    project: ProjectId,
    family: Family,
    keys: &[&str],
) -> Result<HashMap<String, i64>, StoreError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql =
        Sql::new("SELECT key_id, key FROM run_keys WHERE project_id = $1 AND family = $2 AND key IN (");
    sql = sql.with(project).with(family.as_str());
    sql.push_list(keys.iter().copied()).push(")");
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| Ok((row.get("key")?, row.get("key_id")?))).collect()
}

/// The numbers of one name in several projects; empty when no run ever had it.
pub(super) async fn in_projects(
    connection: &mut Connection,
    projects: &[ProjectId],
    family: Family,
    key: &str,
) -> Result<Vec<i64>, StoreError> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT key_id FROM run_keys WHERE family = $1 AND key = $2 AND project_id IN (");
    sql = sql.with(family.as_str()).with(key);
    sql.push_list(projects.iter().copied()).push(") ORDER BY key_id");
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| row.get("key_id")).collect()
}

/// How often runs of these projects have any name of this kind.
pub(super) async fn n_rows(
    connection: &mut Connection,
    projects: &[ProjectId],
    family: Family,
) -> Result<u64, StoreError> {
    if projects.is_empty() {
        return Ok(0);
    }
    let mut sql =
        Sql::new("SELECT CAST(COALESCE(SUM(n_runs), 0) AS BIGINT) AS n FROM run_keys WHERE family = $1");
    sql = sql.with(family.as_str());
    sql.push(" AND project_id IN (").push_list(projects.iter().copied()).push(")");
    connection.fetch_one(sql).await?.get("n")
}

/// Counts one more run for each of these names, or one fewer.
pub(super) async fn count(connection: &mut Connection, mut keys: Vec<i64>, n: i64) -> Result<(), StoreError> {
    if keys.is_empty() {
        return Ok(());
    }
    keys.sort_unstable();
    let mut sql = Sql::new("UPDATE run_keys SET n_runs = n_runs + ");
    sql.bind(n).push(" WHERE key_id IN (").push_list(keys).push(")");
    connection.execute(sql).await.map(drop)
}
