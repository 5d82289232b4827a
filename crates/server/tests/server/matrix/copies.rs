//! A database for each request that may change something, and a comparison of all that one holds.

use server::store::{DatabaseUrl, Sql, Store};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::TestApp;

/// Copies of a database.
pub(crate) struct Copies {
    folder: tempfile::TempDir,
    template: PathBuf,
    n_copies: AtomicUsize,
}

impl Copies {
    /// Of the database in `folder`, which nobody has open.
    pub(crate) fn new(folder: tempfile::TempDir) -> Self {
        Self { template: folder.path().join("template.sqlite"), folder, n_copies: AtomicUsize::new(0) }
    }

    /// A server over a copy that nobody else uses.
    pub(crate) async fn open(&self) -> TestApp {
        let number = self.n_copies.fetch_add(1, Ordering::Relaxed);
        let copy = self.folder.path().join(format!("{number}.sqlite"));
        std::fs::copy(&self.template, &copy).unwrap();
        TestApp::new(Store::open(&DatabaseUrl::Sqlite(copy)).await.unwrap(), |_| ())
    }
}

/// Stands for all rows of all tables, apart from when something was last used.
pub(crate) async fn fingerprint(store: &Store) -> Vec<u8> {
    let mut connection = store.read().await.unwrap();
    let tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut hash = Sha256::new();
    for table in connection.fetch_all(tables).await.unwrap() {
        let table: String = table.get("name").unwrap();
        let columns =
            connection.fetch_all(text(format!("SELECT name FROM pragma_table_info('{table}')"))).await;
        let columns =
            columns.unwrap().iter().map(|row| row.get::<String>("name").unwrap()).collect::<Vec<_>>();
        let columns =
            columns.iter().filter(|name| !["last_seen_at", "last_used_at"].contains(&name.as_str()));
        let values = columns.map(|name| format!("quote({name})")).collect::<Vec<_>>().join(" || '|' || ");
        let rows =
            connection.fetch_all(text(format!("SELECT {values} AS line FROM {table} ORDER BY 1"))).await;
        hash.update(table.as_bytes());
        for row in rows.unwrap() {
            hash.update(row.get::<String>("line").unwrap().as_bytes());
        }
    }
    hash.finalize().to_vec()
}

/// A statement that is put together: its parts are names of the schema.
fn text(sql: String) -> Sql {
    Sql::new(sql.leak())
}
