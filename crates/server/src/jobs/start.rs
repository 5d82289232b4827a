//! Starts to execute runs.

use std::path::PathBuf;

use anyhow::Result;
use tokio::task::JoinHandle;

use crate::AppState;

/// How runs are executed.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where programs on this machine reach the server, such as `http://127.0.0.1:8090`.
    pub address: String,
    /// The server's own program, which watches over processes.
    pub program: PathBuf,
}

/// Executes runs until the server ends, as its settings say. What earlier starts began is followed in any case. The task
/// ends soon after the shutdown, and leaves the processes of runs alone.
///
/// # Errors
/// When the data folder cannot be used; where the machine cannot execute runs and the operator wants it to.
#[cfg(target_os = "linux")]
pub fn start(state: AppState, options: Options) -> Result<JoinHandle<()>> {
    use super::local::Local;
    use super::work::{Workshop, work};
    use crate::store::{ExecutorKind, Tender};
    use anyhow::Context as _;
    use std::sync::Arc;

    let data = state.data().canonicalize().context("the data folder is not there")?;
    let place = super::local::place(&data).context("cannot note in the data folder which one it is")?;
    let shop = Workshop {
        executor: Arc::new(Local::new(&data, options.program)),
        kind: ExecutorKind::Local,
        tender: Tender { place, owner: uuid::Uuid::new_v4() },
        tracking_uri: format!("{}{}", options.address, models::paths::TRACKING),
        most: state.settings().local_jobs.unwrap_or(0),
        state,
    };
    Ok(tokio::spawn(work(Arc::new(shop))))
}

/// Executes no runs: that takes Linux.
///
/// # Errors
/// When the operator wants it to.
#[cfg(not(target_os = "linux"))]
pub fn start(state: AppState, _: Options) -> Result<JoinHandle<()>> {
    if state.settings().local_jobs.is_some() {
        anyhow::bail!("--local-executor works on Linux alone; leave it out");
    }
    Ok(tokio::spawn(std::future::ready(())))
}
