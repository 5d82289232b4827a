//! What makes filling fast: no index that grows value by value, and no look at what is referred to.

use crate::store::{Connection, Sql, Store, StoreError};

/// Which tables are filled.
const TABLES: &str = "('runs', 'run_metrics', 'run_parameters', 'run_tags', 'run_statuses', 'metric_points')";

impl Store {
    /// Takes the indexes of runs away, and gives the statements that make them again.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn drop_run_indexes(&self) -> Result<Vec<String>, StoreError> {
        self.write(|connection| {
            Box::pin(async move {
                let mut statements = Vec::new();
                for row in connection.fetch_all(indexes(connection)).await? {
                    let name: String = row.get("name")?;
                    statements.push(row.get("statement")?);
                    connection.run_script(format!("DROP INDEX {name}")).await?;
                }
                Ok(statements)
            })
        })
        .await
    }

    /// Makes the indexes again, and has the database look at what it holds.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn restore_run_indexes(&self, statements: Vec<String>) -> Result<(), StoreError> {
        for statement in statements {
            self.write(|connection| {
                Box::pin(async move {
                    prepare(connection).await?;
                    connection.run_script(statement).await
                })
            })
            .await?;
        }
        let mut connection = self.read().await?;
        if connection.is_postgres() {
            // What its own housekeeping would have done by the time that so many runs had been logged.
            connection.execute("SET statement_timeout = 0").await?;
            connection.execute("VACUUM ANALYZE").await?;
            connection.execute("RESET statement_timeout").await?;
        }
        Ok(())
    }
}

/// The indexes of the tables that are neither a key nor unique.
fn indexes(connection: &Connection) -> Sql {
    let mut sql = Sql::default();
    if connection.is_postgres() {
        sql.push("SELECT i.indexname AS name, i.indexdef AS statement FROM pg_indexes i ");
        sql.push("WHERE i.schemaname = current_schema() AND i.indexdef NOT LIKE 'CREATE UNIQUE%' AND i.tablename IN ");
    } else {
        sql.push("SELECT i.name AS name, i.sql AS statement FROM sqlite_schema i ");
        sql.push("WHERE i.type = 'index' AND i.sql NOT LIKE 'CREATE UNIQUE%' AND i.tbl_name IN ");
    }
    sql.push(TABLES);
    sql
}

/// Lets a transaction take as long as it takes, and trust what it is given.
pub(super) async fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    if connection.is_postgres() {
        connection.execute("SET LOCAL statement_timeout = 0").await?;
        connection.execute("SET LOCAL session_replication_role = replica").await?;
    }
    Ok(())
}

/// `WITH RECURSIVE numbers(n)`: the whole numbers from the first up to but without the end.
pub(super) fn numbers(first: i64, end: i64) -> Sql {
    let mut sql = Sql::default();
    sql.push(" WITH RECURSIVE numbers(n) AS (SELECT CAST(").bind(first);
    sql.push(" AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ").bind(end).push(") ");
    sql
}
