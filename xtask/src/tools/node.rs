//! The npm packages of the end-to-end tests.

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use super::{apt, cache};
use crate::command;
use crate::workspace::Workspace;

/// Makes `tests/e2e/node_modules` what the lock file asks for.
///
/// # Errors
/// When Node.js is missing, or the packages cannot be installed.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    ensure_npm(&workspace.shell)?;
    let folder = workspace.path("tests/e2e");
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.installed-lock.json");
    let wanted = std::fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if std::fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    cache::announce("the packages of tests/e2e", "end-to-end tests need them", 20);
    let shell = &workspace.shell;
    let install = cmd!(shell, "npm ci --prefix {folder} --no-audit --no-fund");
    // The tests use the Chromium of the system.
    command::run_quietly(install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    std::fs::write(&installed, wanted)?;
    Ok(())
}

fn ensure_npm(shell: &Shell) -> Result<()> {
    if command::find("npm").is_some() && command::find("node").is_some() {
        return Ok(());
    }
    apt::install(shell, &["nodejs", "npm"], "end-to-end tests are run by Playwright", 60)
}
