//! `mantik-server keys rotate` and `keys retire`

use anyhow::{Result, bail};

use crate::config::Storage;
use crate::data::{self, Opened};
use crate::secrets::Safe;
use crate::services;

/// Makes a new master key, and wraps all secrets with it.
pub(super) async fn rotate(storage: &Storage) -> Result<()> {
    let opened = data::open(storage, false).await?;
    let version = data::add_key(&storage.data)?;
    rewrap(&opened).await?;
    opened.store.close().await;
    println!(
        "All secrets are wrapped with version {version} of the master key. Back the key up, apart from the database."
    );
    println!("An hour from now, `mantik-server keys retire` can delete the older keys.");
    Ok(())
}

/// Deletes all master keys but the newest.
pub(super) async fn retire(storage: &Storage) -> Result<()> {
    let opened = data::open(storage, false).await?;
    rewrap(&opened).await?;
    opened.store.close().await;
    let paths = data::delete_older_keys(&storage.data)?;
    if paths.is_empty() {
        println!("There are no older keys.");
    }
    for path in paths {
        println!("Deleted {}; only backups from before need it.", path.display());
    }
    Ok(())
}

async fn rewrap(opened: &Opened) -> Result<()> {
    let done = services::rewrap_all(&opened.store, &Safe::new(&opened.keys)).await?;
    println!("Wrapped {} of {} secrets anew.", done.n_rewrapped, done.n_secrets);
    if done.n_broken > 0 {
        bail!("{} secrets cannot be opened; the older keys stay. The log names them.", done.n_broken);
    }
    Ok(())
}
