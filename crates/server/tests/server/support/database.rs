//! A fresh store of each database for a test.

use server::store::{DatabaseUrl, Store};
use std::future::Future;

/// Runs `test` on an empty SQLite file, and on an empty PostgreSQL database where `MANTIK_TEST_POSTGRES_URL` names a server.
pub(crate) async fn on_each_database<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = DatabaseUrl::Sqlite(folder.path().join("test.sqlite"));
    let store = Store::open(&sqlite).await.unwrap();
    test(store.clone()).await;
    store.close().await;
    if let Ok(server) = std::env::var("MANTIK_TEST_POSTGRES_URL") {
        let store = Store::open(&new_postgres_database(&server).await).await.unwrap();
        test(store.clone()).await;
        store.close().await;
    }
}

async fn new_postgres_database(server: &str) -> DatabaseUrl {
    use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    DatabaseUrl::Postgres(format!("{base}/{name}"))
}

/// Runs `test` with two servers on one PostgreSQL database, where `MANTIK_TEST_POSTGRES_URL` names one.
pub(crate) async fn on_two_servers<F: Future<Output = ()>>(test: impl Fn(Store, Store) -> F) {
    if let Ok(server) = std::env::var("MANTIK_TEST_POSTGRES_URL") {
        let url = new_postgres_database(&server).await;
        let (here, there) = (Store::open(&url).await.unwrap(), Store::open(&url).await.unwrap());
        test(here.clone(), there.clone()).await;
        here.close().await;
        there.close().await;
    }
}
