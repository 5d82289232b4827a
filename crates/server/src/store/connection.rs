//! One connection to either database, and the statements that go through it.

use futures_util::{FutureExt as _, TryStream, TryStreamExt as _};
use models::event::Event;
use sqlx::{
    AssertSqlSafe, Executor as _, Postgres, Sqlite, pool::PoolConnection, postgres::PgArguments,
    query::Query, sqlite::SqliteArguments,
};
use std::time::Duration;

use super::{StoreError, deadline::Deadline, row::Row, sql::Sql, value::Value};

/// From so many rows on they are taken in heaps.
const N_ROWS_AT_ONCE: usize = 500;
/// In which SQLite's thread makes a heap of rows.
const PAUSE: Duration = Duration::from_millis(1);

/// A connection, and the events that become known when its transaction is committed.
#[derive(Debug)]
pub struct Connection {
    inner: Inner,
    events: Vec<Event>,
    /// Where statements may not take as long as they like.
    deadline: Option<Deadline>,
}

#[derive(Debug)]
enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl From<PoolConnection<Sqlite>> for Connection {
    fn from(connection: PoolConnection<Sqlite>) -> Self {
        Self { inner: Inner::Sqlite(connection), events: Vec::new(), deadline: None }
    }
}

impl From<PoolConnection<Postgres>> for Connection {
    fn from(connection: PoolConnection<Postgres>) -> Self {
        Self { inner: Inner::Postgres(connection), events: Vec::new(), deadline: None }
    }
}

macro_rules! bind_all {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Uuid(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Integer(value) => query.bind(value),
                Value::Real(value) => query.bind(value),
                Value::Boolean(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

// `Sql` grows by literals of the program alone, which is what these two assertions say.
fn sqlite_query(sql: Sql) -> Query<'static, Sqlite, SqliteArguments> {
    let (text, values) = sql.into_unnamed();
    bind_all!(sqlx::query(AssertSqlSafe(text)), values)
}

fn postgres_query(sql: Sql) -> Query<'static, Postgres, PgArguments> {
    let (text, values) = sql.into_parts();
    bind_all!(sqlx::query(AssertSqlSafe(text)), values)
}

/// The next row of SQLite's thread. Who waits for each row is woken for each, which costs more than the row; so after some
/// of them the thread is left alone until it has a heap of them ready.
async fn next_of_many<S>(rows: &mut S, n_before: usize) -> Result<Option<S::Ok>, S::Error>
where
    S: TryStream + Unpin,
{
    if let Some(next) = rows.try_next().now_or_never() {
        return next;
    }
    if n_before > N_ROWS_AT_ONCE {
        tokio::time::sleep(PAUSE).await;
    }
    rows.try_next().await
}

impl Connection {
    /// A connection to read from SQLite, whose statements are broken off when they take too long.
    pub(super) async fn reading(mut connection: PoolConnection<Sqlite>) -> Result<Self, StoreError> {
        let deadline = Deadline::of(&mut connection).await?;
        Ok(Self { deadline: Some(deadline), ..connection.into() })
    }

    /// A statement begins.
    fn begin(&self, sql: impl Into<Sql>) -> Sql {
        self.deadline.iter().for_each(Deadline::begin);
        sql.into()
    }

    /// Whether the other end is PostgreSQL: for the few statements that need a text of their own.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.inner, Inner::Postgres(_))
    }

    /// Runs a statement; gives how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn execute(&mut self, sql: impl Into<Sql>) -> Result<u64, StoreError> {
        let sql = self.begin(sql);
        Ok(match &mut self.inner {
            Inner::Sqlite(connection) => sqlite_query(sql).execute(&mut **connection).await?.rows_affected(),
            Inner::Postgres(connection) => {
                postgres_query(sql).execute(&mut **connection).await?.rows_affected()
            }
        })
    }

    /// Runs a statement; gives its rows.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn fetch_all(&mut self, sql: impl Into<Sql>) -> Result<Vec<Row>, StoreError> {
        let sql = self.begin(sql);
        Ok(match &mut self.inner {
            Inner::Sqlite(connection) => {
                let rows = sqlite_query(sql).fetch_all(&mut **connection).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Inner::Postgres(connection) => {
                let rows = postgres_query(sql).fetch_all(&mut **connection).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Runs a statement; gives each of its rows to `take` as it comes, where there are too many to hold at once.
    ///
    /// # Errors
    /// [`StoreError`], or the first of `take`, after which no more rows are given to it.
    pub async fn for_each_row(
        &mut self,
        sql: impl Into<Sql>,
        mut take: impl FnMut(&Row) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let sql = self.begin(sql);
        match &mut self.inner {
            Inner::Sqlite(connection) => {
                let mut rows = sqlite_query(sql).fetch(&mut **connection);
                let mut n_rows = 0;
                while let Some(row) = next_of_many(&mut rows, n_rows).await? {
                    take(&Row::Sqlite(row))?;
                    n_rows += 1;
                }
            }
            Inner::Postgres(connection) => {
                let mut rows = postgres_query(sql).fetch(&mut **connection);
                while let Some(row) = rows.try_next().await? {
                    take(&Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }

    /// Runs a statement; gives its first row.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn fetch_optional(&mut self, sql: impl Into<Sql>) -> Result<Option<Row>, StoreError> {
        let sql = self.begin(sql);
        Ok(match &mut self.inner {
            Inner::Sqlite(connection) => {
                sqlite_query(sql).fetch_optional(&mut **connection).await?.map(Row::Sqlite)
            }
            Inner::Postgres(connection) => {
                postgres_query(sql).fetch_optional(&mut **connection).await?.map(Row::Postgres)
            }
        })
    }

    /// Runs a statement that always gives a row.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it gives none.
    pub async fn fetch_one(&mut self, sql: impl Into<Sql>) -> Result<Row, StoreError> {
        self.fetch_optional(sql).await?.ok_or(StoreError::NotFound)
    }

    /// Runs a script of several statements without values.
    pub(super) async fn run_script(&mut self, script: String) -> Result<(), StoreError> {
        match &mut self.inner {
            Inner::Sqlite(connection) => connection.execute(AssertSqlSafe(script)).await.map(drop)?,
            Inner::Postgres(connection) => connection.execute(AssertSqlSafe(script)).await.map(drop)?,
        }
        Ok(())
    }

    /// Makes an event known once the transaction is committed.
    pub fn publish(&mut self, event: Event) {
        if !self.events.contains(&event) {
            self.events.push(event);
        }
    }

    /// How many events wait; what is published later can be taken back by [`Connection::forget_events`].
    pub(super) fn n_events(&self) -> usize {
        self.events.len()
    }

    pub(super) fn forget_events(&mut self, keep: usize) {
        self.events.truncate(keep);
    }

    pub(super) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }
}
