//! `cargo xtask ci`: what must hold before a change is taken.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use crate::suite::{self, Suite};
use crate::workspace::Workspace;
use crate::{command, test, tools};

/// How long.
#[derive(Args)]
pub(crate) struct Options {
    /// Stops at the first suite that fails.
    #[arg(long)]
    fail_fast: bool,
}

/// Checks formatting and lints, then runs all tests.
///
/// # Errors
/// When it is interrupted.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let mut suites = vec![
        Suite { name: "formatting", run: formatting },
        Suite { name: "lints", run: lints },
        Suite { name: "lints for the browser", run: browser_lints },
    ];
    suites.extend(test::suites(workspace));
    suite::run(workspace, &suites, options.fail_fast)
}

fn formatting(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    command::run(cmd!(shell, "cargo fmt --all --check"))
}

fn lints(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    command::run(cmd!(shell, "cargo clippy --workspace --all-targets --locked -- -D warnings"))
}

fn browser_lints(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    tools::wasm_target::ensure(shell)?;
    let lints = cmd!(
        shell,
        "cargo clippy -p mantik-console --target wasm32-unknown-unknown --lib --bins --test web --locked -- -D warnings"
    );
    command::run(lints.env("CARGO_TARGET_DIR", workspace.web_target()))
}
