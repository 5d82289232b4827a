//! Chromium and its driver: the browser that tests use. The end-to-end tests use it without the parts that draw windows,
//! which takes a seventh of their time away.

use anyhow::Result;
use xshell::Shell;

use super::apt;
use crate::command;

const PROGRAMS: [&str; 3] = ["chromium", "chromium-headless-shell", "chromedriver"];
const PACKAGES: [&str; 3] = ["chromium", "chromium-headless-shell", "chromium-driver"];

/// Installs the browser and its driver when one of the programs is missing.
///
/// # Errors
/// When they are missing and cannot be installed here.
pub(crate) fn ensure(shell: &Shell) -> Result<()> {
    if PROGRAMS.iter().all(|program| command::find(program).is_some()) {
        return Ok(());
    }
    apt::install(shell, &PACKAGES, "tests run in a browser", 30)
}
