//! The programs of PostgreSQL, which Debian keeps off PATH.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::Shell;

use super::apt;
use crate::command;

/// The folder of `initdb` and `pg_ctl`.
///
/// # Errors
/// When they are missing and cannot be installed here.
pub(crate) fn ensure(shell: &Shell) -> Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    apt::install(shell, &["postgresql"], "tests run on it too", 40)?;
    find().context("postgresql was installed, but `initdb` is nowhere to be found")
}

fn find() -> Option<PathBuf> {
    let on_path = command::find("initdb").and_then(|program| program.parent().map(Path::to_owned));
    on_path.filter(|folder| folder.join("pg_ctl").is_file()).or_else(newest_of_debian)
}

fn newest_of_debian() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
        .max_by_key(|folder| major_version(folder))
}

fn major_version(programs: &Path) -> u32 {
    let name = programs.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}
