//! Runs scans, as many at once as there are processors.

use futures_util::future::try_join_all;
use sqlx::PgPool;
use std::{num::NonZero, path::PathBuf, sync::Arc, thread::available_parallelism};
use tokio::sync::Semaphore;

use super::{direct, packed, row::Gather, statement::Scan};
use crate::store::{Connection, StoreError};

/// Reads very many rows. All clones share their places.
#[derive(Debug, Clone)]
pub(in crate::store) struct Scanner {
    source: Source,
    places: Arc<Semaphore>,
}

#[derive(Debug, Clone)]
enum Source {
    Sqlite(Arc<PathBuf>),
    Postgres(PgPool),
}

impl Scanner {
    /// Reads a file of the embedded database.
    pub(in crate::store) fn sqlite(path: PathBuf) -> Self {
        Self::of(Source::Sqlite(Arc::new(path)))
    }

    /// Reads through a pool.
    pub(in crate::store) fn postgres(pool: PgPool) -> Self {
        Self::of(Source::Postgres(pool))
    }

    fn of(source: Source) -> Self {
        let n = available_parallelism().map_or(1, NonZero::get).clamp(2, 4);
        Self { source, places: Arc::new(Semaphore::new(n)) }
    }

    /// Reads the scans, each into what stands beside it; gives these in their order.
    pub(in crate::store) async fn run<T: Gather>(&self, scans: Vec<(Scan, T)>) -> Result<Vec<T>, StoreError> {
        try_join_all(scans.into_iter().map(|(scan, into)| self.one(scan, into))).await
    }

    async fn one<T: Gather>(&self, scan: Scan, into: T) -> Result<T, StoreError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| StoreError::Unavailable)?;
        match &self.source {
            Source::Sqlite(path) => {
                let path = Arc::clone(path);
                let read = move || {
                    // Given back when the thread is free, even where nobody waits for the rows any more.
                    let _place = place;
                    direct::read(&path, scan.plain(), into)
                };
                tokio::task::spawn_blocking(read).await.map_err(|_| StoreError::Unavailable)?
            }
            Source::Postgres(pool) => {
                let mut connection = Connection::from(pool.acquire().await?);
                packed::read(&mut connection, scan, into).await
            }
        }
    }
}
