//! Rows that are read from SQLite past its driver.

use rusqlite::{Connection, OpenFlags, types};
use std::{
    path::Path,
    time::{Duration, Instant},
};

use super::row::{Gather, ScanRow};
use crate::store::{Sql, StoreError, Value};

/// How long a statement may take.
const MOST: Duration = Duration::from_secs(15);
/// After how many rows it is asked how long it has taken.
const N_ROWS: usize = 4096;

/// Reads all rows. Holds up the thread.
pub(super) fn read<T: Gather>(path: &Path, sql: Sql, mut into: T) -> Result<T, StoreError> {
    let begin = Instant::now();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let (text, values) = sql.into_parts();
    let mut statement = connection.prepare(&text)?;
    for (number, value) in (1_usize..).zip(values) {
        if let Some(place) = statement.parameter_index(&format!("${number}"))? {
            statement.raw_bind_parameter(place, bound(value))?;
        }
    }
    let mut rows = statement.raw_query();
    let mut n_rows = 0_usize;
    while let Some(row) = rows.next()? {
        into.add(ScanRow::Direct(row))?;
        n_rows += 1;
        if n_rows.is_multiple_of(N_ROWS) && begin.elapsed() > MOST {
            return Err(StoreError::Unavailable);
        }
    }
    Ok(into)
}

fn bound(value: Value) -> types::Value {
    let value = match value {
        Value::Uuid(value) => value.map(|id| types::Value::Blob(id.as_bytes().to_vec())),
        Value::Text(value) => value.map(types::Value::Text),
        Value::Integer(value) => value.map(types::Value::Integer),
        Value::Real(value) => value.map(types::Value::Real),
        Value::Boolean(value) => value.map(|value| types::Value::Integer(value.into())),
        Value::Bytes(value) => value.map(types::Value::Blob),
    };
    value.unwrap_or(types::Value::Null)
}
