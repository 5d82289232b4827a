//! The store: how the rest of the server reads and writes.

use futures_util::future::BoxFuture;

use super::{
    Changes, Connection, DatabaseUrl, StoreError, database::Database, run_columns::RunColumns, scan::Scanner,
};
use crate::events::Events;

/// What is kept. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Store {
    database: Database,
    changes: Changes,
}

/// What happens in one transaction: `|connection| Box::pin(async move { … })`.
pub trait Work<T>:
    for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static
{
}

impl<T, F> Work<T> for F where
    F: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static
{
}

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`], when it cannot be reached or was written by a newer version.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let changes = Changes::default();
        Ok(Self { database: Database::open(url, changes.clone()).await?, changes })
    }

    /// What has changed, as it changes.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.changes.events
    }

    pub(super) fn run_columns(&self) -> &RunColumns {
        &self.changes.columns
    }

    pub(super) fn scanner(&self) -> &Scanner {
        match &self.database {
            Database::Sqlite { scanner, .. } | Database::Postgres { scanner, .. } => scanner,
        }
    }

    /// A connection to read through.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when none is free in time.
    pub async fn read(&self) -> Result<Connection, StoreError> {
        Ok(match &self.database {
            Database::Sqlite { readers, .. } => Connection::reading(readers.acquire().await?).await?,
            Database::Postgres { pool, .. } => pool.acquire().await?.into(),
        })
    }

    /// Runs `work` in a transaction, and returns once it is durable. Nothing of it remains when it fails, and it is
    /// not broken off when the one who asked goes away.
    ///
    /// # Errors
    /// That of `work`, or of the commit.
    pub async fn write<T: Send + 'static>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        match &self.database {
            Database::Sqlite { writer, .. } => writer.write(work).await,
            Database::Postgres { pool, .. } => {
                let connection = Connection::from(pool.acquire().await?);
                let changes = self.changes.clone();
                tokio::spawn(transaction(connection, changes, work))
                    .await
                    .map_err(|_| StoreError::Unavailable)?
            }
        }
    }

    /// Closes all connections, after the writes under way.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { readers, .. } => {
                // The next start is quicker when the log is empty; if it cannot be emptied, nothing is lost.
                if let Ok(mut connection) = self.read().await {
                    let _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
                }
                readers.close().await;
            }
            Database::Postgres { pool, .. } => pool.close().await,
        }
    }
}

async fn transaction<T>(
    mut connection: Connection,
    changes: Changes,
    work: impl Work<T>,
) -> Result<T, StoreError> {
    connection.execute("BEGIN").await?;
    let result = work(&mut connection).await;
    let events = connection.take_events();
    if result.is_err() {
        connection.execute("ROLLBACK").await?;
        return result;
    }
    for event in &events {
        crate::events::notify(&mut connection, event).await?;
    }
    connection.execute("COMMIT").await?;
    events.iter().for_each(|event| changes.note(event));
    result
}
