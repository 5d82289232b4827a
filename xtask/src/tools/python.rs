//! The Python packages of the tests: the clients that people use with the server.

use std::path::PathBuf;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use xshell::{Shell, cmd};

use super::{apt, cache};
use crate::command;
use crate::workspace::Workspace;

/// The Python of a virtual environment with the packages that `list` names: the path of a requirements file from the top
/// of the project.
///
/// # Errors
/// When Python is missing, or the packages cannot be installed.
pub(crate) fn ensure(workspace: &Workspace, list: &str) -> Result<PathBuf> {
    let requirements = workspace.path(list);
    let wanted =
        std::fs::read(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let hash: String = Sha256::digest(&wanted).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let folder = cache::folder()?.join(format!("python-{hash}"));
    let python = folder.join("bin/python");
    let complete = folder.join("complete");
    if complete.is_file() {
        return Ok(python);
    }
    let shell = &workspace.shell;
    ensure_venv(shell)?;
    cache::announce(&format!("the packages of {list}"), "tests use the Python clients", 60);
    command::run_quietly(cmd!(shell, "python3 -m venv --clear {folder}"))?;
    command::run_quietly(cmd!(shell, "{python} -m pip install --quiet -r {requirements}"))?;
    std::fs::write(complete, "")?;
    Ok(python)
}

fn ensure_venv(shell: &Shell) -> Result<()> {
    // `venv` alone is there without `ensurepip` on Debian, and then makes an environment without pip.
    if command::output(cmd!(shell, "python3 -c 'import venv, ensurepip'")).is_some() {
        return Ok(());
    }
    apt::install(shell, &["python3", "python3-venv"], "tests use the Python clients", 30)
}
