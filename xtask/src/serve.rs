//! `cargo xtask serve`: builds what changed, then becomes the server.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use crate::workspace::Workspace;
use crate::{console, interrupt, server};

/// What the server is told.
#[derive(Args)]
pub(crate) struct Options {
    /// Fills an empty database with demonstration data.
    #[arg(long)]
    demo: bool,
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// Where the database and the artifacts are kept; `.mantik/data` of the workspace unless said otherwise.
    #[arg(long)]
    data: Option<PathBuf>,
    /// A PostgreSQL database to use instead of SQLite, as `postgres://user:password@host/name`.
    #[arg(long)]
    database_url: Option<String>,
}

/// Serves until it is interrupted; ends with the server's status.
///
/// # Errors
/// When something does not build, or the server does not start.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    console::ensure(workspace)?;
    let program = server::release(workspace)?;
    interrupt::check()?;
    let data = options.data.clone().unwrap_or_else(|| workspace.path(".mantik/data"));
    let mut server = Command::new(program);
    server.arg("serve").arg("--data").arg(data);
    server.args(["--port", &options.port.to_string()]);
    if options.demo {
        server.arg("--demo");
    }
    if let Some(url) = &options.database_url {
        server.args(["--database-url", url]);
    }
    become_program(server)
}

/// Replaces this process, so that signals and the exit status are the server's own.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;

    Err(program.exec()).context("the server does not start")
}

/// Waits for the server, where a process cannot be replaced.
#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<ExitCode> {
    let status = program.status().context("the server does not start")?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
