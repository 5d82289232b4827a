//! Starts to execute runs.

use std::path::PathBuf;

use anyhow::Result;
use tokio::task::JoinHandle;

use crate::AppState;

/// How runs are executed.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where programs on this machine reach the server, such as `http://127.0.0.1:8090`. Those elsewhere do where people
    /// do, if the operator says where that is.
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
    use super::executor::Executor;
    use super::local::Local;
    use super::places::Places;
    use super::unicore::Unicore;
    use super::work::{Workshop, work};
    use crate::settings::Origin;
    use crate::store::{ExecutorKind, Tender};
    use anyhow::Context as _;
    use std::sync::Arc;

    /// How many jobs are seen to at once that other machines execute.
    const MOST_ELSEWHERE: usize = 500;
    /// How many of these may be one person's: a job can wait for days at its site, and others are not to wait for it.
    const MOST_ELSEWHERE_OF_ONE: usize = 100;
    /// For how many at once code is fetched, and for how many of one person.
    const MOST_PREPARED: usize = 8;
    const MOST_OF_ONE: usize = 3;

    let data = state.data().canonicalize().context("the data folder is not there")?;
    let place = super::local::place(&data).context("cannot note in the data folder which one it is")?;
    let shop = |executor: Arc<dyn Executor>, kind, address: &str, most, most_of_one| {
        Arc::new(Workshop {
            executor,
            kind,
            tender: Tender { place, owner: uuid::Uuid::new_v4() },
            tracking_uri: format!("{address}{}", models::paths::TRACKING),
            most,
            most_of_one,
            preparing: Places::new(MOST_PREPARED, MOST_OF_ONE),
            state: state.clone(),
        })
    };
    let local = Arc::new(Local::new(&data, options.program));
    let local_jobs = state.settings().local_jobs.unwrap_or(0);
    let local = shop(local, ExecutorKind::Local, &options.address, local_jobs, None);
    let public = state.settings().public_url.as_ref().map_or(options.address.as_str(), Origin::as_str);
    let unicore = Arc::new(Unicore::new(state.clone(), &data));
    let unicore = shop(unicore, ExecutorKind::Unicore, public, MOST_ELSEWHERE, Some(MOST_ELSEWHERE_OF_ONE));
    Ok(tokio::spawn(async {
        tokio::join!(work(local), work(unicore));
    }))
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
