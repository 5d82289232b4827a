//! wasm-split: takes the parts of the console that a first view does not need out of its code.

use std::path::PathBuf;

use anyhow::Result;
use xshell::Shell;

use super::cargo_tool::CargoTool;

/// The folder of `wasm-split-cli`.
///
/// # Errors
/// When it is missing and cannot be installed.
pub(crate) fn ensure(shell: &Shell) -> Result<PathBuf> {
    CargoTool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: "0.2.4".to_owned(), // understands what the `wasm_split_macros` of the lock file write
        tells_version: false,
        why: "splits the console into parts that are fetched when they are needed",
        options: &["--features", "build-binary"],
        opt_level: "1",
        seconds: 60,
    }
    .ensure(shell)
}
