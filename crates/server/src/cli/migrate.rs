//! `mantik-server migrate`

use anyhow::Result;

use crate::config::Storage;
use crate::data;

/// Brings the schema up to date: opening the database does it.
pub(super) async fn run(storage: &Storage) -> Result<()> {
    let opened = data::open(storage, true).await?;
    opened.store.close().await;
    println!("The database is up to date.");
    Ok(())
}
