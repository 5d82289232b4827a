//! Rows that PostgreSQL packs into arrays.

use sqlx::{Decode, Postgres, Row as _};
use uuid::Uuid;

use super::{
    row::{Gather, ScanRow},
    statement::{Kind, Scan},
};
use crate::store::{Connection, Row, StoreError};

/// The values of a column.
#[derive(Debug)]
pub(in crate::store) enum Packed {
    Integers(Vec<Option<i64>>),
    Reals(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
    Ids(Vec<Option<Uuid>>),
}

impl Packed {
    fn of(row: &Row, column: usize, kind: Kind) -> Result<Self, StoreError> {
        Ok(match kind {
            Kind::Integer => Self::Integers(array(row, column)?),
            Kind::Real => Self::Reals(array(row, column)?),
            Kind::Text => Self::Texts(array(row, column)?),
            Kind::Id => Self::Ids(array(row, column)?),
        })
    }

    fn len(&self) -> usize {
        match self {
            Self::Integers(values) => values.len(),
            Self::Reals(values) => values.len(),
            Self::Texts(values) => values.len(),
            Self::Ids(values) => values.len(),
        }
    }
}

/// The array in a column; an empty one where there are no rows.
fn array<T>(row: &Row, column: usize) -> Result<Vec<T>, StoreError>
where
    Vec<T>: for<'r> Decode<'r, Postgres>,
{
    let corrupt = |error: sqlx::Error| StoreError::Corrupt(format!("column {column}: {error}"));
    match row {
        Row::Postgres(row) => {
            row.try_get_unchecked::<Option<Vec<T>>, _>(column).map(Option::unwrap_or_default).map_err(corrupt)
        }
        Row::Sqlite(_) => Err(StoreError::Corrupt(format!("column {column}: no array"))),
    }
}

/// Reads all rows.
pub(super) async fn read<T: Gather>(
    connection: &mut Connection,
    scan: Scan,
    mut into: T,
) -> Result<T, StoreError> {
    let kinds: Vec<Kind> = scan.columns.iter().map(|(kind, _)| *kind).collect();
    let row = connection.fetch_one(scan.packed()).await?;
    let columns = kinds.into_iter().enumerate().map(|(column, kind)| Packed::of(&row, column, kind));
    let columns: Vec<Packed> = columns.collect::<Result<_, _>>()?;
    for place in 0..columns.first().map_or(0, Packed::len) {
        into.add(ScanRow::Packed(&columns, place))?;
    }
    Ok(into)
}
