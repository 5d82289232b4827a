//! The signals that ask a server to end.

use anyhow::Result;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// SIGINT and SIGTERM, received from the moment that this is made.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
}

impl Signals {
    /// Begins to receive signals; before, they end the process as it is.
    ///
    /// # Errors
    /// When signals cannot be received.
    #[cfg(unix)]
    pub fn receive() -> Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Begins to receive Ctrl-C.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn receive() -> Result<Self> {
        Ok(Self {})
    }

    /// Cancels `shutdown` at the first signal; returns at the second, for who does not want to wait.
    pub async fn end(mut self, shutdown: CancellationToken) {
        self.next().await;
        tracing::info!("ending; send the signal again to end at once");
        shutdown.cancel();
        self.next().await;
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        // Where Ctrl-C cannot be received, the process is ended by other means.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
