//! Runs what Python asks of the server: the clients that people use, and groups that SQL computes anew.

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;
use crate::{command, server, tools};

/// The tests of `tests/clients` and `tests/aggregates`.
///
/// # Errors
/// When something is missing, does not build, or a test fails.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let program = server::for_tests(workspace)?;
    for (requirements, script) in [
        ("tests/e2e/requirements.txt", "tests/clients/mlflow_client.py"),
        ("tests/clients/mantik_requirements.txt", "tests/clients/mantik_client.py"),
    ] {
        let python = tools::python::ensure(workspace, requirements)?;
        let path = workspace.path(script);
        let test = cmd!(workspace.shell, "{python} {path}").env("MANTIK_SERVER", &program);
        command::run(test).context(script)?;
    }
    let path = workspace.path("tests/aggregates/check.py");
    command::run(cmd!(workspace.shell, "python3 {path} --server {program}")).context("tests/aggregates")
}
