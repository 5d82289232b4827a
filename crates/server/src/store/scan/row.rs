//! A row of a scan, however it came.

use std::borrow::Cow;
use uuid::Uuid;

use super::packed::Packed;
use crate::store::{Row, StoreError};

/// What rows are read into.
pub(in crate::store) trait Gather: Send + 'static {
    /// Takes what the next row says.
    fn add(&mut self, row: ScanRow<'_>) -> Result<(), StoreError>;
}

/// A row of a scan.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) enum ScanRow<'r> {
    /// It came by itself.
    Single(&'r Row),
    /// SQLite stands at it.
    Direct(&'r rusqlite::Row<'r>),
    /// It is at this place of arrays.
    Packed(&'r [Packed], usize),
}

impl<'r> ScanRow<'r> {
    pub(in crate::store) fn integer(self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Single(row) => row.at(column),
            Self::Direct(row) => Ok(row.get_ref(column)?.as_i64_or_null().map_err(rusqlite::Error::from)?),
            Self::Packed(columns, place) => match columns.get(column) {
                Some(Packed::Integers(values)) => Ok(values.get(place).copied().flatten()),
                _ => Err(unexpected(column)),
            },
        }
    }

    pub(in crate::store) fn real(self, column: usize) -> Result<Option<f64>, StoreError> {
        match self {
            Self::Single(row) => row.at(column),
            Self::Direct(row) => Ok(row.get_ref(column)?.as_f64_or_null().map_err(rusqlite::Error::from)?),
            Self::Packed(columns, place) => match columns.get(column) {
                Some(Packed::Reals(values)) => Ok(values.get(place).copied().flatten()),
                _ => Err(unexpected(column)),
            },
        }
    }

    pub(in crate::store) fn text(self, column: usize) -> Result<Option<Cow<'r, str>>, StoreError> {
        match self {
            Self::Single(row) => Ok(row.at::<Option<String>>(column)?.map(Cow::Owned)),
            Self::Direct(row) => {
                let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                Ok(text.map(Cow::Borrowed))
            }
            Self::Packed(columns, place) => match columns.get(column) {
                Some(Packed::Texts(values)) => {
                    Ok(values.get(place).and_then(Option::as_deref).map(Cow::Borrowed))
                }
                _ => Err(unexpected(column)),
            },
        }
    }

    pub(in crate::store) fn id(self, column: usize) -> Result<Option<Uuid>, StoreError> {
        match self {
            Self::Single(row) => row.at(column),
            Self::Direct(row) => {
                let bytes = row.get_ref(column)?.as_blob_or_null().map_err(rusqlite::Error::from)?;
                let id = bytes.map(Uuid::from_slice).transpose();
                id.map_err(|error| StoreError::Corrupt(error.to_string()))
            }
            Self::Packed(columns, place) => match columns.get(column) {
                Some(Packed::Ids(values)) => Ok(values.get(place).copied().flatten()),
                _ => Err(unexpected(column)),
            },
        }
    }
}

fn unexpected(column: usize) -> StoreError {
    StoreError::Corrupt(format!("column {column} is of another kind"))
}
