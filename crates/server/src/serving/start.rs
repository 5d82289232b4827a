//! Starts to serve models.

use std::path::PathBuf;

use anyhow::Result;
use tokio::task::JoinHandle;

use crate::AppState;

/// Serves deployed models until the server ends, as its settings say; `program` is the server's own. What an earlier start
/// left is adopted, or ended where models are not served any more. The task ends soon after the shutdown.
///
/// # Errors
/// When the data folder cannot be used.
#[cfg(target_os = "linux")]
pub fn start(state: AppState, program: PathBuf) -> Result<JoinHandle<()>> {
    use super::keep::{Host, keep};
    use crate::jobs::local::{Local, place};
    use crate::store::{ServingHost, Tender};
    use anyhow::Context as _;
    use std::sync::Arc;

    let data = state.data().canonicalize().context("the data folder is not there")?;
    let place = place(&data).context("cannot note in the data folder which one it is")?;
    let tender = Tender { place, owner: uuid::Uuid::new_v4() };
    let most = state.settings().local_models;
    if let Some(most) = most {
        let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        state.serve_models(ServingHost { tender, machine: machine.trim().to_owned(), most });
    }
    let executor = Arc::new(Local::of_models(&data, program));
    let host = Host { executor, tender, is_allowed: most.is_some(), state };
    Ok(tokio::spawn(keep(Arc::new(host))))
}

/// Serves no models: that takes Linux.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn start(_: AppState, _: PathBuf) -> Result<JoinHandle<()>> {
    Ok(tokio::spawn(std::future::ready(())))
}
