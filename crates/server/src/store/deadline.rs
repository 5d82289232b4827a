//! How long a statement of SQLite may take: it holds a connection of which there are few. PostgreSQL has a setting for it.

use sqlx::SqliteConnection;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use super::StoreError;

/// How long a statement may take.
const MOST: Duration = Duration::from_secs(15);
/// After how many steps of SQLite's machine the clock is looked at: some hundred times a second.
const N_STEPS: i32 = 100_000;

/// When the statement of a connection ends at the latest.
#[derive(Debug, Clone)]
pub(super) struct Deadline {
    since: Instant,
    /// When the statement began, in milliseconds since then.
    began: Arc<AtomicU64>,
}

impl Deadline {
    /// Has the statements of a connection broken off that take too long.
    pub(super) async fn of(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        Self::after(connection, MOST).await
    }

    async fn after(connection: &mut SqliteConnection, most: Duration) -> Result<Self, StoreError> {
        let deadline = Self { since: Instant::now(), began: Arc::default() };
        let own = deadline.clone();
        let goes_on =
            move || own.since.elapsed() < most + Duration::from_millis(own.began.load(Ordering::Relaxed));
        connection.lock_handle().await?.set_progress_handler(N_STEPS, goes_on);
        Ok(deadline)
    }

    /// A statement begins.
    pub(super) fn begin(&self) {
        let now = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.began.store(now, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::{Connection as _, Executor as _};

    const ENDLESS: &str = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT COUNT(*) FROM numbers";

    #[tokio::test]
    async fn a_statement_that_takes_too_long_is_broken_off() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let deadline = Deadline::after(&mut connection, Duration::from_millis(50)).await.unwrap();
        for _ in 0..2 {
            deadline.begin();
            let error = StoreError::from(connection.fetch_one(ENDLESS).await.unwrap_err());
            assert!(matches!(error, StoreError::Unavailable), "{error:?}");
            deadline.begin();
            connection.fetch_one("SELECT 1").await.unwrap();
        }
    }
}
