//! Runs by the thousand: what they are.

use models::{
    id::{CodeRepositoryId, DataRepositoryId, ModelRepositoryId, ProjectId, UserId},
    time::UnixMillis,
};

use super::{bulk, logged};
use crate::store::{Connection, Sql, Store, StoreError, run_counts, run_keys, run_keys::Family};

/// What runs refer to.
#[derive(Debug, Clone)]
pub struct FillPlace {
    /// Their project.
    pub project: ProjectId,
    /// Who started them.
    pub user: UserId,
    /// Their code.
    pub code: CodeRepositoryId,
    /// Their data.
    pub data: DataRepositoryId,
    /// Their models, in turn.
    pub models: Vec<ModelRepositoryId>,
    /// The numbers of their experiments, in turn.
    pub experiments: Vec<i64>,
}

/// Runs to be made. What the n-th of a project is and has logged follows from its number alone.
#[derive(Debug, Clone)]
pub struct FillRuns {
    /// What they refer to.
    pub place: FillPlace,
    /// The number of the first, and the one after the last.
    pub numbers: std::ops::Range<i64>,
    /// When run 0 began; the others began a minute after each other.
    pub first_start: UnixMillis,
}

impl Store {
    /// Makes runs in one transaction.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn fill_runs(&self, fill: FillRuns) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                bulk::prepare(connection).await?;
                let first = next_number(connection).await?;
                insert(connection, &fill).await?;
                let keys = logged::Keys::new(connection, fill.place.project).await?;
                logged::fill(connection, &fill, &keys, first).await
            })
        })
        .await
    }

    /// Counts the runs that were made, and how many have logged what.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn count_filled(&self, place: FillPlace, n: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                bulk::prepare(connection).await?;
                for experiment in place.experiments {
                    run_counts::count_again(connection, place.project, experiment).await?;
                }
                let keys = logged::Keys::new(connection, place.project).await?;
                run_keys::count(connection, keys.all(), n).await
            })
        })
        .await
    }
}

/// The number inside that the next run gets.
async fn next_number(connection: &mut Connection) -> Result<i64, StoreError> {
    let sql = Sql::new("SELECT COALESCE(MAX(run_number), 0) + 1 AS number FROM runs");
    connection.fetch_one(sql).await?.get("number")
}

async fn insert(connection: &mut Connection, fill: &FillRuns) -> Result<(), StoreError> {
    let FillRuns { place, numbers, first_start } = fill;
    let mut sql = Sql::default();
    sql.push(
        "INSERT INTO runs (run_id, project_id, experiment_number, user_id, name, status, lifecycle_stage, ",
    );
    sql.push(
        "created_at, start_time, end_time, artifact_uri, details, version, code_repository_id, git_commit, ",
    );
    sql.push("data_repository_id, data_commit, model_repository_id)");
    sql.append(bulk::numbers(numbers.start, numbers.end));
    sql.push("SELECT ").push(run_id(connection)).push(", ").bind(place.project).push(", ");
    in_turn(&mut sql, "n / 5", &place.experiments);
    sql.push(", ").bind(place.user).push(", 'run-' || ").push(padded(connection));
    sql.push(", CASE n % 20 WHEN 0 THEN 'FAILED' WHEN 1 THEN 'KILLED' ELSE 'FINISHED' END, 'active'");
    for text in [" + n * 60000", " + n * 60000", " + (n + n % 50 + 1) * 60000"] {
        sql.push(", ").bind(first_start.0).push(text);
    }
    sql.push(", 'mantik-artifacts:/filled', '{}', 1, ").bind(place.code);
    sql.push(", '0000000000000000000000000000000000000c' || (n % 3), ").bind(place.data);
    sql.push(", 'v' || (n / 7 % 4), ");
    in_turn(&mut sql, "n / 11", &place.models);
    sql.push(" FROM numbers");
    connection.execute(sql).await.map(drop)
}

/// One value after the other, by a number.
fn in_turn<V: Copy + Into<crate::store::Value>>(sql: &mut Sql, number: &'static str, values: &[V]) {
    let n = u64::try_from(values.len()).unwrap_or(1);
    sql.push("CASE ").push(number).push(" % ").push_number(n.max(1));
    for (place, value) in (0..).zip(values) {
        sql.push(" WHEN ").push_number(place).push(" THEN ").bind(*value);
    }
    sql.push(" END");
}

/// An id that grows with the number, like those of real runs.
fn run_id(connection: &Connection) -> &'static str {
    if connection.is_postgres() {
        "CAST('018f' || LPAD(TO_HEX(n), 8, '0') || '70008000' || LPAD(TO_HEX(n), 12, '0') AS UUID)"
    } else {
        "UNHEX(PRINTF('018f%08x70008000%012x', n, n))"
    }
}

fn padded(connection: &Connection) -> &'static str {
    if connection.is_postgres() { "LPAD(CAST(n AS TEXT), 7, '0')" } else { "PRINTF('%07d', n)" }
}

/// The numbers of the names that every run of a measurement logs.
pub(super) async fn keys(
    connection: &mut Connection,
    project: ProjectId,
    family: Family,
    names: &[&str],
) -> Result<Vec<i64>, StoreError> {
    let numbers = run_keys::numbers(connection, project, family, names).await?;
    Ok(names.iter().filter_map(|name| numbers.get(*name)).copied().collect())
}
