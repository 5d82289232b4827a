//! Builds the console when its sources have changed.

use std::ffi::OsString;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use xshell::cmd;

use super::{fingerprint, release, split};
use crate::command;
use crate::tools;
use crate::workspace::Workspace;

/// Held by who builds: whoever comes next waits, and finds it done.
static BUILDING: Mutex<()> = Mutex::new(());

/// Makes `dist/` the release build of the sources as they are now.
///
/// # Errors
/// When a tool is missing and cannot be installed, or the build fails.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    let _alone = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let wasm_opt = tools::wasm_opt::find(&workspace.shell)?;
    let wanted = fingerprint::of_sources(workspace, wasm_opt.is_some())?;
    if fingerprint::of_build(workspace).as_ref() == Some(&wanted) {
        return Ok(());
    }
    let path = tools_path(workspace)?;
    eprintln!("building the console (about 100 s from scratch, 25 s after a change)");
    let shell = &workspace.shell;
    // Trunk builds without network, so everything must be here before.
    command::run(cmd!(shell, "cargo fetch --quiet --locked"))?;
    let build = cmd!(shell, "trunk build --release --features split")
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", workspace.web_target())
        .envs(split::ENVIRONMENT);
    // Trunk takes only `true` and `false` for a variable that elsewhere says yes by being there.
    // Its backtraces are about Trunk and hide what the compiler said.
    command::run(build.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0"))
        .context("the console does not build")?;
    release::finish(workspace, wasm_opt.as_deref(), &wanted)?;
    tools::forget_builds()
}

/// The PATH on which Trunk finds itself and its tools, which are installed when missing.
///
/// # Errors
/// When a tool is missing and cannot be installed.
pub(crate) fn tools_path(workspace: &Workspace) -> Result<OsString> {
    tools::wasm_target::ensure(&workspace.shell)?;
    command::path_with(&[tools::wasm_bindgen::ensure(workspace)?, tools::trunk::ensure(&workspace.shell)?])
}
