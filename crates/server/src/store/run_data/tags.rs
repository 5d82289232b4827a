//! Tags of runs, and what MLflow's own tags mean to us.

use models::query::Field;
use std::collections::HashMap;

use super::batch::publish;
use crate::store::{
    Connection, Sql, StoreError, Value, jobs, repositories, run_keys, run_keys::Family, runs,
    runs::RunRecord, runs::Sources,
};

/// Gives a run tags, or its tags other values. The last value of a key counts.
pub(in crate::store) async fn set_tags(
    connection: &mut Connection,
    run: &RunRecord,
    tags: &[(&str, &str)],
) -> Result<(), StoreError> {
    if tags.is_empty() {
        return Ok(());
    }
    let keys: Vec<&str> = tags.iter().map(|(key, _)| *key).collect();
    let numbers = run_keys::numbers(connection, run.project_id, Family::Tag, &keys).await?;
    let values: HashMap<i64, &str> =
        tags.iter().filter_map(|(key, value)| Some((*numbers.get(*key)?, *value))).collect();
    let mut sql =
        Sql::new("SELECT key_id FROM run_tags WHERE run_number = $1 AND key_id IN (").with(run.number);
    sql.push_list(values.keys().copied()).push(")");
    let rows = connection.fetch_all(sql).await?;
    let had = rows.iter().map(|row| row.get("key_id")).collect::<Result<Vec<i64>, _>>()?;
    let mut sql = Sql::new("INSERT INTO run_tags (run_number, key_id, value) VALUES ");
    sql.push_rows(
        values.iter().map(|(key, value)| [Value::from(run.number), (*key).into(), (*value).into()]),
    );
    sql.push(" ON CONFLICT (run_number, key_id) DO UPDATE SET value = excluded.value");
    connection.execute(sql).await?;
    run_keys::count(connection, values.into_keys().filter(|key| !had.contains(key)).collect(), 1).await
}

/// Says what is noted about a run; the empty text takes the note away.
pub(in crate::store) async fn set_note(
    connection: &mut Connection,
    run: &RunRecord,
    note: &str,
) -> Result<(), StoreError> {
    if note.is_empty() {
        match delete(connection, run, Field::NOTE_TAG).await {
            Ok(()) => {}
            Err(StoreError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        }
    } else {
        set_tags(connection, run, &[(Field::NOTE_TAG, note)]).await?;
        runs::touch(connection, run).await?;
    }
    publish(connection, run);
    Ok(())
}

/// What is noted about each of these runs; runs without a note are absent.
pub(in crate::store) async fn notes(
    connection: &mut Connection,
    runs: Vec<i64>,
) -> Result<HashMap<i64, String>, StoreError> {
    if runs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT t.run_number, t.value FROM run_tags t JOIN run_keys k ON k.key_id = t.key_id \
         WHERE k.family = $1 AND k.key = $2 AND t.run_number IN (",
    )
    .with(Family::Tag.as_str())
    .with(Field::NOTE_TAG);
    sql.push_list(runs).push(")");
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| Ok((row.get("run_number")?, row.get("value")?))).collect()
}

/// Takes a tag from a run.
pub(super) async fn delete(
    connection: &mut Connection,
    run: &RunRecord,
    key: &str,
) -> Result<(), StoreError> {
    let keys = run_keys::in_projects(connection, &[run.project_id], Family::Tag, key).await?;
    let Some(number) = keys.first().copied() else { return Err(StoreError::NotFound) };
    let sql = Sql::new("DELETE FROM run_tags WHERE run_number = $1 AND key_id = $2");
    if connection.execute(sql.with(run.number).with(number)).await? == 0 {
        return Err(StoreError::NotFound);
    }
    run_keys::count(connection, vec![number], -1).await?;
    if key == Field::NOTE_TAG { runs::touch(connection, run).await } else { Ok(()) }
}

/// Does what some of MLflow's tags say: the name of a run, and the code it executes. Another note is a change of the run,
/// so that nobody overwrites one that she has not seen.
pub(super) async fn obey(
    connection: &mut Connection,
    run: &RunRecord,
    tags: &[(&str, &str)],
) -> Result<(), StoreError> {
    let value = |key: &str| {
        tags.iter().rev().find(|(own, value)| *own == key && !value.is_empty()).map(|(_, value)| *value)
    };
    if let Some(name) = value("mlflow.runName") {
        runs::rename(connection, run, name).await?;
    }
    if tags.iter().any(|(key, _)| *key == Field::NOTE_TAG) {
        runs::touch(connection, run).await?;
    }
    if jobs::is_executed(connection, run.number).await? {
        return Ok(());
    }
    let sources = Sources {
        commit: value("mlflow.source.git.commit").map(str::to_owned),
        branch: value("mlflow.source.git.branch").map(str::to_owned),
        code: match value("mlflow.source.git.repoURL") {
            Some(uri) => code_at(connection, run, uri).await?,
            None => None,
        },
        ..Sources::default()
    };
    runs::set_sources(connection, run, sources).await
}

/// The code repository at `uri`; none when the client told nonsense, which must not break its logging.
async fn code_at(
    connection: &mut Connection,
    run: &RunRecord,
    uri: &str,
) -> Result<Option<models::id::CodeRepositoryId>, StoreError> {
    match repositories::code_repository_at(connection, run.project_id, uri).await {
        Ok(code) => Ok(Some(code)),
        Err(StoreError::Invalid { .. } | StoreError::Conflict(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
