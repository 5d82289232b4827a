//! Accepts connections until the server shall end.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::addresses::Addresses;
use super::connection;

/// How long answers under way may last once the server shall end.
const DRAIN: Duration = Duration::from_secs(30);
/// How long to wait when no connection can be accepted, for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// How many connections are served.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From all addresses together.
    pub connections: usize,
    /// From one address.
    pub per_address: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 1024, per_address: 64 }
    }
}

/// Serves until `shutdown`; then takes no more, and returns when the answers under way are given, or after 30 s.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, shutdown: CancellationToken) {
    let addresses = Addresses::new(limits.per_address);
    let places = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Whoever finds no place is hung up on: to answer would take the place that is missing.
        let (Ok(place), Some(of_address)) =
            (Arc::clone(&places).try_acquire_owned(), addresses.enter(peer.ip()))
        else {
            continue;
        };
        let serving = connection::serve(stream, peer.ip(), router.clone(), shutdown.clone());
        connections.spawn(async move {
            serving.await;
            drop((place, of_address));
        });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(DRAIN, connections.wait()).await.is_err() {
        tracing::warn!(n = connections.len(), "broke off connections that did not end");
    }
}
