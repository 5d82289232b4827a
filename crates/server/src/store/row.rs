//! Rows on their way out of the database.

use sqlx::{ColumnIndex, Row as _, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

use super::StoreError;

/// A row of either database.
#[derive(Debug)]
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when there is no such column, or its value is of another kind.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, StoreError> {
        T::read(self, Place::Named(column))
    }

    /// The value of the n-th column, from 0: where so many rows are read that to look for its name takes long.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn at<T: Column>(&self, column: usize) -> Result<T, StoreError> {
        T::read(self, Place::Numbered(column))
    }
}

/// Which column is read.
#[derive(Debug, Clone, Copy)]
pub enum Place<'c> {
    Named(&'c str),
    Numbered(usize),
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => formatter.write_str(name),
            Self::Numbered(number) => write!(formatter, "{number}"),
        }
    }
}

impl ColumnIndex<SqliteRow> for Place<'_> {
    fn index(&self, row: &SqliteRow) -> Result<usize, sqlx::Error> {
        match self {
            Self::Named(name) => name.index(row),
            Self::Numbered(number) => number.index(row),
        }
    }
}

impl ColumnIndex<PgRow> for Place<'_> {
    fn index(&self, row: &PgRow) -> Result<usize, sqlx::Error> {
        match self {
            Self::Named(name) => name.index(row),
            Self::Numbered(number) => number.index(row),
        }
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads the column.
    ///
    /// # Errors
    /// As [`Row::get`].
    fn read(row: &Row, column: Place<'_>) -> Result<Self, StoreError>;
}

fn corrupt(column: Place<'_>, error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("column {column}: {error}"))
}

macro_rules! column {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn read(row: &Row, column: Place<'_>) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => row.try_get_unchecked(column),
                    Row::Postgres(row) => row.try_get_unchecked(column),
                }
                .map_err(|error| corrupt(column, error))
            }
        }
        impl Column for Option<$type> {
            fn read(row: &Row, column: Place<'_>) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => row.try_get_unchecked(column),
                    Row::Postgres(row) => row.try_get_unchecked(column),
                }
                .map_err(|error| corrupt(column, error))
            }
        }
    )+};
}

column!(Uuid, String, i64, f64, bool, Vec<u8>);

impl Column for u64 {
    fn read(row: &Row, column: Place<'_>) -> Result<Self, StoreError> {
        i64::read(row, column)?.try_into().map_err(|error| corrupt(column, error))
    }
}

macro_rules! wrapped {
    ($($type:path => $inner:ty),+ $(,)?) => {$(
        impl Column for $type {
            fn read(row: &Row, column: Place<'_>) -> Result<Self, StoreError> {
                <$inner>::read(row, column).map($type)
            }
        }
        impl Column for Option<$type> {
            fn read(row: &Row, column: Place<'_>) -> Result<Self, StoreError> {
                Option::<$inner>::read(row, column).map(|value| value.map($type))
            }
        }
    )+};
}

wrapped!(
    models::time::UnixMillis => i64,
    models::id::PredictionId => Uuid,
    models::id::UserId => Uuid,
    models::id::UserGroupId => Uuid,
    models::id::OrganizationId => Uuid,
    models::id::ProjectId => Uuid,
    models::id::CodeRepositoryId => Uuid,
    models::id::DataRepositoryId => Uuid,
    models::id::ExperimentRepositoryId => Uuid,
    models::id::ModelRepositoryId => Uuid,
    models::id::SavedModelId => Uuid,
    models::id::DeploymentId => Uuid,
    models::id::RunId => Uuid,
    models::id::LabelId => Uuid,
    models::id::ConnectionId => Uuid,
    models::id::PaymentInfoId => Uuid,
    models::id::ApiTokenId => Uuid,
    models::id::SessionId => Uuid,
    models::id::InvitationId => Uuid,
    models::id::AuditEventId => Uuid,
    models::id::RunViewId => Uuid,
    models::id::RunTemplateId => Uuid,
    models::id::ScheduleId => Uuid,
);
