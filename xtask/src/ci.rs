//! `cargo xtask ci`: what must hold before a change is taken.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use crate::suite::{self, Suite};
use crate::workspace::Workspace;
use crate::{command, end_to_end, server, test};

/// How long.
#[derive(Args)]
pub(crate) struct Options {
    /// Stops at the first suite that fails.
    #[arg(long)]
    fail_fast: bool,
}

/// Has Clippy compile the tests: it lints what it compiles, so that nothing is compiled once for lints and once more to
/// run. This is how `cargo clippy` calls it, too.
const CLIPPY: &[(&str, &str)] = &[
    ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
    ("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"),
    ("CARGO_INCREMENTAL", "0"), // a check compiles once
];

/// Checks formatting and lints, then runs all tests.
///
/// # Errors
/// When it is interrupted.
pub(crate) fn run(workspace: Workspace, options: &Options) -> Result<ExitCode> {
    let workspace = workspace.with_test_compiler(CLIPPY);
    let mut suites =
        vec![Suite { name: "formatting", run: formatting }, Suite { name: "build and lints", run: lints }];
    suites.extend(test::suites(&workspace));
    suite::run(&workspace, &suites, options.fail_fast, Some(end_to_end::prepare))
}

fn formatting(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    command::run(cmd!(shell, "cargo fmt --all --check"))
}

/// What is for the browser is linted when its tests are compiled.
fn lints(workspace: &Workspace) -> Result<()> {
    server::for_tests(workspace).map(drop)
}
