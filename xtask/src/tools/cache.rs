//! The folder outside the work tree that holds our tools, one folder a tool and version.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// `$MANTIK_TOOLS`, else `$XDG_CACHE_HOME/mantik-console`, else `~/.cache/mantik-console`.
///
/// # Errors
/// When no home folder is known.
pub(super) fn folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("MANTIK_TOOLS") {
        return Ok(PathBuf::from(folder));
    }
    let cache = match std::env::var_os("XDG_CACHE_HOME") {
        Some(cache) => PathBuf::from(cache),
        None => std::env::home_dir()
            .context("no home folder; set MANTIK_TOOLS to where tools may go")?
            .join(".cache"),
    };
    Ok(cache.join("mantik-console"))
}

/// Says on one line what is about to be installed and how long that takes.
pub(super) fn announce(what: &str, why: &str, seconds: u32) {
    eprintln!("installing {what}: {why} (about {seconds} s)");
}
