//! Git: the server reads code repositories with it.

use anyhow::Result;
use xshell::Shell;

use super::apt;
use crate::command;

/// Makes `git` be there.
///
/// # Errors
/// When it is missing and cannot be installed here.
pub(crate) fn ensure(shell: &Shell) -> Result<()> {
    if command::find("git").is_some() {
        return Ok(());
    }
    apt::install(shell, &["git"], "the server reads code repositories with it", 20)
}
