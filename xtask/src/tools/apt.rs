//! Packages of the operating system, where it is one with apt.

use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use super::cache;
use crate::command;

/// Held by who installs: apt refuses a second one.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Installs packages, or fails with the command that a person with the right to do so would type.
pub(super) fn install(shell: &Shell, packages: &[&str], why: &str, seconds: u32) -> Result<()> {
    let names = packages.join(" ");
    let by_hand =
        format!("{names}: missing ({why}). Install it and try again: `sudo apt-get install -y {names}`");
    let is_root = command::output(cmd!(shell, "id -u")).is_some_and(|id| id == "0");
    if !is_root || command::find("apt-get").is_none() {
        bail!(by_hand);
    }
    let _alone = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    cache::announce(&names, why, seconds);
    command::run_quietly(cmd!(shell, "apt-get update -qq"))?;
    let install = cmd!(shell, "apt-get install -y -qq --no-install-recommends {packages...}");
    command::run_quietly(install.env("DEBIAN_FRONTEND", "noninteractive")).context(by_hand)
}
