//! `mantik-server serve`

use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::net::TcpListener;

use super::logging;
use crate::blobs::{self, Blobs};
use crate::config::Config;
use crate::serve::{Limits, Signals, serve};
use crate::store::Store;
use crate::{AppState, app, data, demo, jobs, services, serving};

/// Serves until a signal.
pub(super) async fn run(config: Config) -> Result<()> {
    logging::start(config.log_format);
    let opened = data::open(&config.storage, true).await?;
    let listener = TcpListener::bind((config.listen, config.port))
        .await
        .with_context(|| format!("cannot listen on {} port {}", config.listen, config.port))?;
    let port = listener.local_addr()?.port();
    let address = config.address(port);
    let store = opened.store;
    let state = AppState::new(store.clone(), config.settings(), opened.keys);
    // From here on a signal ends the server well.
    let signals = Signals::receive()?;
    greet(&config, &state, &address).await?;
    let options = jobs::Options { address: config.own_address(port), program: "/proc/self/exe".into() };
    let jobs = jobs::start(state.clone(), options)?;
    let models = serving::start(state.clone(), "/proc/self/exe".into())?;
    tokio::spawn(sweep_up(state.clone()));
    state.set_warming_up(store.is_slow_at_first().await?);
    tokio::spawn(read_ahead(state.clone()));
    tokio::spawn(services::keep_schedules(state.clone()));
    let limits = Limits { per_address: config.connections_per_address, ..Limits::default() };
    let shutdown = state.shutdown().clone();
    tokio::select! {
        () = serve(listener, app(state.clone()), limits, shutdown.clone()) => {}
        () = signals.end(shutdown) => {}
    }
    if state.shutdown().is_cancelled() {
        // The jobs are left as they are, for the next start, and the models are told to end; should that fail, it finds
        // them all the same.
        let _ = tokio::join!(jobs, models);
    }
    store.close().await;
    drop(opened.lock);
    Ok(())
}

/// How long after the start what will be asked for is read: those who waited for the start come first.
const REST: Duration = Duration::from_secs(1);

/// Reads what the first questions about runs will ask for. Where it fails, they read it themselves. Nobody is sent here before
/// that is done where there are very many runs, so it need not wait then.
async fn read_ahead(state: AppState) {
    let read = async {
        if !state.is_warming_up() {
            tokio::time::sleep(REST).await;
        }
        if let Err(error) = state.store().read_columns_ahead().await {
            tracing::warn!(%error, "cannot read ahead");
        }
    };
    state.shutdown().run_until_cancelled(read).await;
    state.set_warming_up(false);
}

/// Deletes the bytes that no artifact names, now and once a day. Should it fail, the next day tries again.
async fn sweep_up(state: AppState) {
    let mut days = tokio::time::interval(Duration::from_secs(24 * 3600));
    while state.shutdown().run_until_cancelled(days.tick()).await.is_some() {
        match blobs::sweep(&Blobs::new(state.data()), state.store()).await {
            Ok(0) => {}
            Ok(n_files) => tracing::info!(n_files, "deleted what no artifact names"),
            Err(error) => tracing::warn!(%error, "cannot delete what no artifact names"),
        }
    }
}

/// Says where the server is, and how to get in.
async fn greet(config: &Config, state: &AppState, address: &str) -> Result<()> {
    println!("Mantik listens at {address}");
    if config.demo {
        let token = demonstrate(state).await?;
        println!("Open the demonstration, signed in: {address}/link?token={token}");
    } else if !state.store().has_users().await? {
        let token = services::create_setup_link(state.store()).await?;
        println!("Make the first user: {address}/setup?token={token}");
    }
    Ok(())
}

async fn demonstrate(state: &AppState) -> Result<String> {
    let store: &Store = state.store();
    let account = demo::seed(state).await?;
    Ok(services::create_sign_in_link(store, &account).await?)
}
