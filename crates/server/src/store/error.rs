//! Why the store could not do what it was asked.

use std::borrow::Cow;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing, or it is not in the place where it was looked for.
    #[error("not found")]
    NotFound,
    /// It was changed since the version that the change was made for.
    #[error("changed meanwhile")]
    Stale,
    /// It contradicts what is stored; the text says how, for people.
    #[error("{0}")]
    Conflict(String),
    /// A value is not allowed there; the text says why, for people.
    #[error("{field}: {message}")]
    Invalid {
        /// The dotted name of the field.
        field: &'static str,
        /// What to do.
        message: String,
    },
    /// There is no room left.
    #[error("no room left on the disk")]
    Full,
    /// The database cannot be reached, or gives no connection in time.
    #[error("the database is not available")]
    Unavailable,
    /// The stored data are not what this version writes.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// The database refused a statement.
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        const SQLITE_INTERRUPT: &str = "9";
        const SQLITE_FULL: &str = "13";
        const POSTGRES_DISK_FULL: &str = "53100";
        const POSTGRES_CANCELLED: &str = "57014";
        const POSTGRES_NO_SUCH_CHARACTER: &str = "22021";
        let code = error.as_database_error().and_then(|cause| cause.code()).map(Cow::into_owned);
        if matches!(error, sqlx::Error::RowNotFound) {
            Self::NotFound
        } else if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_)) {
            Self::Unavailable
        } else if matches!(code.as_deref(), Some(SQLITE_INTERRUPT | POSTGRES_CANCELLED)) {
            // It took longer than any statement may.
            Self::Unavailable
        } else if matches!(code.as_deref(), Some(SQLITE_FULL | POSTGRES_DISK_FULL)) {
            Self::Full
        } else if code.as_deref() == Some(POSTGRES_NO_SUCH_CHARACTER) {
            // PostgreSQL keeps and compares no text with the character of the code 0.
            Self::Invalid { field: "text", message: "remove the character with the code 0".to_owned() }
        } else {
            Self::Database(error)
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(sqlx::Error::AnyDriverError(Box::new(error)))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl StoreError {
    /// Whether a unique constraint refused it: the same thing is there already.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(cause)) if cause.is_unique_violation())
    }

    /// The same error for one more who waited for the same commit.
    pub(super) fn again(&self) -> Self {
        if matches!(self, Self::Full) {
            Self::Full
        } else if matches!(self, Self::Unavailable) {
            Self::Unavailable
        } else {
            Self::Database(sqlx::Error::Protocol(self.to_string()))
        }
    }

    /// Words the refusal of a duplicate; other errors stay as they are.
    #[must_use]
    pub fn or_conflict(self, message: &str) -> Self {
        if self.is_duplicate() { Self::Conflict(message.to_owned()) } else { self }
    }
}
