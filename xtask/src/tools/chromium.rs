//! Chromium and its driver: the browser that tests use.

use anyhow::Result;
use xshell::Shell;

use super::apt;
use crate::command;

/// Installs the browser and its driver when one of them is missing.
///
/// # Errors
/// When they are missing and cannot be installed here.
pub(crate) fn ensure(shell: &Shell) -> Result<()> {
    if command::find("chromium").is_some() && command::find("chromedriver").is_some() {
        return Ok(());
    }
    apt::install(shell, &["chromium", "chromium-driver"], "tests run in a browser", 30)
}
