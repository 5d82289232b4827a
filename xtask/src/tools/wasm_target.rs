//! The compiler's standard library for the browser.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use super::cache;
use crate::command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain when it is missing.
///
/// # Errors
/// When it is missing and rustup is not there to add it.
pub(crate) fn ensure(shell: &Shell) -> Result<()> {
    let library = command::output(cmd!(shell, "rustc --print target-libdir --target {TARGET}"));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    cache::announce(TARGET, "the console is compiled for the browser", 5);
    command::run(cmd!(shell, "rustup target add {TARGET}")).with_context(|| {
        format!("the compiler cannot build for {TARGET}; add that target to your Rust installation")
    })
}
