//! The log: lines on the standard error.

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts the log. `MANTIK_LOG` says what is in it, as `info` or `warn,server=debug`.
pub(super) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("MANTIK_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that others have started is theirs.
    let _ = match format {
        LogFormat::Text => builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
