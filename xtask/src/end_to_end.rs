//! Runs Playwright against a server of its own.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::postgres::Postgres;
use crate::workspace::Workspace;
use crate::{command, console, server, tools};

/// Makes what these tests need and takes long: the console.
///
/// # Errors
/// When something is missing, or does not build.
pub(crate) fn prepare(workspace: &Workspace) -> Result<()> {
    tools::node::ensure(workspace)?; // first: with it the console is made smaller
    console::ensure(workspace)
}

/// The tests of `tests/e2e`, the server's data in SQLite.
///
/// # Errors
/// When something is missing, does not build, or a test fails.
pub(crate) fn on_sqlite(workspace: &Workspace) -> Result<()> {
    let dist = dist(workspace);
    playwright(
        workspace,
        server::for_tests,
        &[],
        &[("MANTIK_E2E_DATABASE", "sqlite"), ("MANTIK_DIST", &dist)],
    )
}

/// The same tests, the server's data in PostgreSQL.
///
/// # Errors
/// When something is missing, does not build, or a test fails.
pub(crate) fn on_postgres(workspace: &Workspace) -> Result<()> {
    let postgres = Postgres::start(&workspace.shell)?;
    let url = postgres.url("postgres");
    let dist = dist(workspace);
    let environment =
        [("MANTIK_E2E_DATABASE", "postgres"), ("MANTIK_E2E_DATABASE_URL", &*url), ("MANTIK_DIST", &*dist)];
    playwright(workspace, server::for_tests, &[], &environment)
}

/// The console: a server that was built before it does not hold it.
fn dist(workspace: &Workspace) -> String {
    workspace.path("dist").display().to_string()
}

/// Builds the console and, by `server`, the server, and starts Playwright in `tests/e2e`.
///
/// The scripts find the server's program in `MANTIK_SERVER`, and a Python with the clients in `MANTIK_E2E_PYTHON`.
///
/// # Errors
/// When something is missing, does not build, or a test fails.
pub(crate) fn playwright(
    workspace: &Workspace,
    server: fn(&Workspace) -> Result<PathBuf>,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Result<()> {
    tools::chromium::ensure(&workspace.shell)?;
    prepare(workspace)?;
    let python = tools::python::ensure(workspace, "tests/e2e/requirements.txt")?;
    let program = server(workspace)?;
    let shell = &workspace.shell;
    let _there = shell.push_dir(workspace.path("tests/e2e"));
    let test = cmd!(shell, "npx --no-install playwright test {arguments...}")
        .env("MANTIK_SERVER", program)
        .env("MANTIK_E2E_PYTHON", python)
        .envs(environment.iter().copied());
    command::run(test).context("Playwright")
}
