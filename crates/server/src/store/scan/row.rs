//! A row of a scan, however it came.

use std::borrow::Cow;
use uuid::Uuid;

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
    /// These are its columns as PostgreSQL sends them.
    Packed(&'r [Option<&'r [u8]>]),
}

impl<'r> ScanRow<'r> {
    pub(in crate::store) fn integer(self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Single(row) => row.at(column),
            Self::Direct(row) => Ok(row.get_ref(column)?.as_i64_or_null().map_err(rusqlite::Error::from)?),
            Self::Packed(cells) => Ok(fixed(cells, column)?.map(i64::from_be_bytes)),
        }
    }

    pub(in crate::store) fn real(self, column: usize) -> Result<Option<f64>, StoreError> {
        match self {
            Self::Single(row) => row.at(column),
            Self::Direct(row) => Ok(row.get_ref(column)?.as_f64_or_null().map_err(rusqlite::Error::from)?),
            Self::Packed(cells) => Ok(fixed(cells, column)?.map(f64::from_be_bytes)),
        }
    }

    pub(in crate::store) fn text(self, column: usize) -> Result<Option<Cow<'r, str>>, StoreError> {
        match self {
            Self::Single(row) => Ok(row.at::<Option<String>>(column)?.map(Cow::Owned)),
            Self::Direct(row) => {
                let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                Ok(text.map(Cow::Borrowed))
            }
            Self::Packed(cells) => {
                let text = cell(cells, column)?.map(str::from_utf8).transpose();
                text.map(|text| text.map(Cow::Borrowed)).map_err(|_| unexpected(column))
            }
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
            Self::Packed(cells) => Ok(fixed(cells, column)?.map(Uuid::from_bytes)),
        }
    }
}

fn cell<'r>(cells: &[Option<&'r [u8]>], column: usize) -> Result<Option<&'r [u8]>, StoreError> {
    cells.get(column).copied().ok_or_else(|| unexpected(column))
}

/// What takes so many bytes.
fn fixed<const N: usize>(cells: &[Option<&[u8]>], column: usize) -> Result<Option<[u8; N]>, StoreError> {
    let bytes = cell(cells, column)?.map(<[u8; N]>::try_from).transpose();
    bytes.map_err(|_| unexpected(column))
}

fn unexpected(column: usize) -> StoreError {
    StoreError::Corrupt(format!("column {column} is of another kind"))
}
