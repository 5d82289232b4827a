//! Opens everything that is kept.

use anyhow::{Context as _, Result};

use super::{Lock, folder, key};
use crate::auth::Keys;
use crate::config::Storage;
use crate::store::{DatabaseUrl, Store};

/// Everything that is kept, open.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub store: Store,
    /// The keys of the installation.
    pub keys: Keys,
    /// Keeps other servers away; `None` for a command that works beside a server.
    pub lock: Option<Lock>,
}

/// Opens the data folder and the database; `exclusively` where no other server may have it open.
///
/// # Errors
/// When something cannot be read or made, with what to do about it.
pub async fn open(storage: &Storage, exclusively: bool) -> Result<Opened> {
    folder::ensure(&storage.data)?;
    let database = storage.database();
    // PostgreSQL is made for several servers.
    let is_ours = matches!(database, DatabaseUrl::Sqlite(_));
    let lock = if exclusively && is_ours { Some(Lock::take(&storage.data)?) } else { None };
    let keys = key::ensure(&storage.data)?;
    let store = Store::open(&database).await.context("the database cannot be opened")?;
    Ok(Opened { store, keys, lock })
}
