//! Parameters: written once, never changed.

use models::run::KeyValue;
use std::collections::HashMap;

use crate::store::{Connection, Sql, StoreError, Value, run_keys, run_keys::Family, runs::RunRecord};

/// Logs parameters. The same value again is fine; another one is refused.
pub(super) async fn log(
    connection: &mut Connection,
    run: &RunRecord,
    parameters: &[KeyValue],
) -> Result<(), StoreError> {
    if parameters.is_empty() {
        return Ok(());
    }
    let keys: Vec<&str> = parameters.iter().map(|parameter| parameter.key.as_str()).collect();
    let numbers = run_keys::numbers(connection, run.project_id, Family::Parameter, &keys).await?;
    let mut values = existing(connection, run.number, numbers.values().copied()).await?;
    let mut new = Vec::new();
    let mut changed = Vec::new();
    for KeyValue { key, value } in parameters {
        let number = numbers.get(key).copied().ok_or(StoreError::NotFound)?;
        match values.get(&number) {
            None => {
                new.push((number, value.as_str()));
                values.insert(number, value.clone());
            }
            Some(old) if old != value => {
                changed.push(format!("{{'key': '{key}', 'old_value': '{old}', 'new_value': '{value}'}}"))
            }
            Some(_) => {}
        }
    }
    if !changed.is_empty() {
        let message = format!(
            "Changing param values is not allowed. Params were already logged='[{}]' for run ID='{}'.",
            changed.join(", "),
            run.id.mlflow()
        );
        return Err(StoreError::Invalid { field: "params", message });
    }
    insert(connection, run.number, new).await
}

async fn existing(
    connection: &mut Connection,
    run: i64,
    keys: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, String>, StoreError> {
    let mut sql =
        Sql::new("SELECT key_id, value FROM run_parameters WHERE run_number = $1 AND key_id IN (").with(run);
    sql.push_list(keys).push(")");
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| Ok((row.get("key_id")?, row.get("value")?))).collect()
}

async fn insert(connection: &mut Connection, run: i64, new: Vec<(i64, &str)>) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO run_parameters (run_number, key_id, value) VALUES ");
    sql.push_rows(new.iter().map(|(key, value)| [Value::from(run), (*key).into(), (*value).into()]));
    connection.execute(sql).await?;
    run_keys::count(connection, new.into_iter().map(|(key, _)| key).collect(), 1).await
}
