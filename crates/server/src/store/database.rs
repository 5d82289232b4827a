//! Opens either database with the settings that keep what was acknowledged.

use sqlx::{
    ConnectOptions as _, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::PathBuf, str::FromStr, time::Duration};

use super::{Changes, Connection, StoreError, scan::Scanner, writer::Writer};

/// SQLite before this version can corrupt a database whose log is reset while another connection writes.
const MIN_SQLITE: (u32, u32, u32) = (3, 51, 3);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
const N_READERS: u32 = 4;
/// What a reader keeps of the database, in kilobytes, as SQLite spells it: enough for the upper pages of all trees. The
/// system keeps the rest, once for all of them.
const READER_CACHE: &str = "-8000";
/// How many rows SQLite's thread may be ahead of who reads them: with few of them the two wait for each other.
const N_ROWS_AHEAD: usize = 4096;

/// Which database to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

/// A text is no address of a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a database is named by `sqlite:<file>` or `postgres://<user>:<password>@<host>/<name>`")]
pub struct DatabaseUrlError;

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() { Err(DatabaseUrlError) } else { Ok(Self::Sqlite(path.into())) };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(DatabaseUrlError)
    }
}

/// An open database.
#[derive(Debug, Clone)]
pub(super) enum Database {
    Sqlite { readers: SqlitePool, writer: Writer, scanner: Scanner },
    Postgres { pool: PgPool, scanner: Scanner },
}

impl Database {
    /// Opens the database, brings its schema up to date, and starts what writes and listens.
    pub(super) async fn open(url: &DatabaseUrl, changes: Changes) -> Result<Self, StoreError> {
        match url {
            DatabaseUrl::Sqlite(path) => open_sqlite(path.clone(), changes).await,
            DatabaseUrl::Postgres(url) => open_postgres(url, changes).await,
        }
    }
}

async fn open_sqlite(path: PathBuf, changes: Changes) -> Result<Database, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(256)
        .row_buffer_size(N_ROWS_AHEAD)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("mmap_size", "0")
        .pragma("journal_size_limit", "67108864")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-32000")
        .disable_statement_logging();
    let writing = SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT);
    let writing = writing.max_lifetime(None).idle_timeout(None).connect_with(options.clone()).await?;
    let mut connection = Connection::from(writing.acquire().await?);
    check_version(&mut connection).await?;
    super::migrate::run(&mut connection).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(N_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // Who acquires one talks to its thread anyway.
        .test_before_acquire(false)
        .connect_lazy_with(options.pragma("query_only", "ON").pragma("cache_size", READER_CACHE));
    let writer = Writer::start(connection, changes);
    Ok(Database::Sqlite { readers, writer, scanner: Scanner::sqlite(path) })
}

async fn check_version(connection: &mut Connection) -> Result<(), StoreError> {
    let version: String = connection.fetch_one("SELECT sqlite_version() AS version").await?.get("version")?;
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < MIN_SQLITE {
        return Err(StoreError::Corrupt(format!(
            "SQLite {version} can lose data; build with 3.51.3 or later"
        )));
    }
    Ok(())
}

async fn open_postgres(url: &str, changes: Changes) -> Result<Database, StoreError> {
    let options = PgConnectOptions::from_str(url)?
        // To compile a statement takes longer than any of ours is worth.
        .options([
            ("jit", "off"),
            ("statement_timeout", "15s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ])
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await?;
    super::migrate::run(&mut Connection::from(pool.acquire().await?)).await?;
    crate::events::listen(pool.clone(), changes);
    Ok(Database::Postgres { scanner: Scanner::postgres(pool.clone()), pool })
}
