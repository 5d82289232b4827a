//! Trunk: bundles the console.

use std::path::PathBuf;

use anyhow::Result;
use xshell::Shell;

use super::cargo_tool::CargoTool;

/// The folder of `trunk`.
///
/// # Errors
/// When it is missing and cannot be installed.
pub(crate) fn ensure(shell: &Shell) -> Result<PathBuf> {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(), // the last one for the compiler of this workspace
        tells_version: true,
        why: "bundles the console",
        // Without TLS: it is told to fetch nothing, and serves this machine only.
        options: &["--no-default-features"],
        opt_level: "0",
        seconds: 210,
    }
    .ensure(shell)
}
