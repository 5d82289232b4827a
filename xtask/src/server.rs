//! Builds the server.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::workspace::Workspace;
use crate::{command, tools};

const PROGRAM: &str = "mantik-server";

/// Builds the release server and returns its program. The console must be in `dist/` before: the server takes it in.
///
/// # Errors
/// When it does not compile.
pub(crate) fn release(workspace: &Workspace) -> Result<PathBuf> {
    let shell = &workspace.shell;
    tools::git::ensure(shell)?;
    let program = workspace.target().join("release").join(PROGRAM);
    if !program.exists() {
        eprintln!("building the server (about 300 s from scratch)");
    }
    command::run(cmd!(shell, "cargo build --release --locked --package server"))?;
    Ok(program)
}

/// Builds the debug server and returns its program.
///
/// # Errors
/// When it does not compile.
pub(crate) fn debug(workspace: &Workspace) -> Result<PathBuf> {
    let shell = &workspace.shell;
    command::run(cmd!(shell, "cargo build --locked --package server"))?;
    Ok(workspace.target().join("debug").join(PROGRAM))
}

/// Builds the server together with the tests of the workspace and returns its program: when those are built it is there
/// already, while a build of its own would choose other features of its dependencies, and compile them anew.
///
/// # Errors
/// When it does not compile.
pub(crate) fn for_tests(workspace: &Workspace) -> Result<PathBuf> {
    let shell = &workspace.shell;
    tools::git::ensure(shell)?;
    command::run(
        cmd!(shell, "cargo test --workspace --locked --no-run --quiet")
            .envs(workspace.test_compiler.iter().copied()),
    )?;
    Ok(workspace.target().join("debug").join(PROGRAM))
}
