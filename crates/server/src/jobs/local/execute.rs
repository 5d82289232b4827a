//! `mantik-server execute`: bounds what a command may have, and becomes it.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Context as _, Result};
use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};

/// Becomes the command, which ends with its watcher. Returns only with an error.
///
/// # Errors
/// When it cannot be bounded or started.
pub fn execute(memory: Option<u64>, command: &[OsString]) -> Result<()> {
    let (program, arguments) = command.split_first().context("there is no command")?;
    set_parent_process_death_signal(Some(Signal::KILL))?;
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    if memory.is_some() {
        setrlimit(Resource::Data, Rlimit { current: memory, maximum: memory })?;
    }
    Err(Command::new(program).args(arguments).exec())
        .with_context(|| format!("cannot start {}", program.display()))
}
