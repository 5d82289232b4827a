//! wasm-opt from npm's `binaryen`: makes the console's code smaller.

use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use super::cache;
use crate::command;

/// Older ones, such as Debian's 108, make a console that does not start.
const VERSION: &str = "132.0.0";

/// The program; `None`, explained on one line, when this machine has no npm or cannot install it.
///
/// # Errors
/// When no cache folder is known.
pub(crate) fn find(shell: &Shell) -> Result<Option<PathBuf>> {
    if command::find("npm").is_none() || command::find("node").is_none() {
        eprintln!("wasm-opt is skipped: it needs Node.js and npm; the download becomes about 1 % larger");
        return Ok(None);
    }
    let folder = cache::folder()?.join(format!("binaryen-{VERSION}"));
    let program = folder.join("node_modules/.bin/wasm-opt");
    if program.exists() {
        return Ok(Some(program));
    }
    cache::announce(&format!("wasm-opt {VERSION}"), "makes the console smaller", 10);
    std::fs::create_dir_all(&folder)?;
    let package = format!("binaryen@{VERSION}");
    let install =
        cmd!(shell, "npm install --prefix {folder} --no-audit --no-fund --ignore-scripts {package}");
    if let Err(error) = command::run_quietly(install) {
        eprintln!("wasm-opt is skipped, the download becomes about 1 % larger: {error:#}");
        return Ok(None);
    }
    Ok(Some(program))
}
