//! `cargo xtask test`: every test there is.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use xshell::cmd;

use crate::postgres::Postgres;
use crate::suite::{self, Suite};
use crate::workspace::Workspace;
use crate::{clients, command, end_to_end, tidy, tools};

const TEST_THREADS: &str = "4";

/// Which tests, and how long.
#[derive(Args)]
pub(crate) struct Options {
    /// Stops at the first suite that fails.
    #[arg(long)]
    pub fail_fast: bool,
    /// Runs one kind of test alone.
    #[arg(long)]
    only: Option<Kind>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Tidy,
    Native,
    Clients,
    Browser,
    E2e,
}

/// Runs the tests; fails when one suite does.
///
/// # Errors
/// When it is interrupted.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let wanted: Vec<Suite> = kinds(workspace)
        .into_iter()
        .filter(|(kind, _)| options.only.is_none_or(|only| only == *kind))
        .map(|(_, suite)| suite)
        .collect();
    let beside = options.only.is_none().then_some(end_to_end::prepare as suite::Work);
    suite::run(workspace, &wanted, options.fail_fast, beside)
}

/// All suites, quick ones first.
pub(crate) fn suites(workspace: &Workspace) -> Vec<Suite> {
    kinds(workspace).into_iter().map(|(_, suite)| suite).collect()
}

fn kinds(workspace: &Workspace) -> Vec<(Kind, Suite)> {
    let mut kinds = vec![
        (Kind::Tidy, Suite { name: "tidy", run: tidy::run }),
        (Kind::Native, Suite { name: "native, on SQLite and PostgreSQL", run: native }),
        (Kind::Clients, Suite { name: "the mlflow and mantik clients", run: clients::run }),
        (Kind::Browser, Suite { name: "in the browser", run: browser }),
    ];
    if workspace.path("tests/e2e/package.json").exists() {
        kinds.push((Kind::E2e, Suite { name: "end to end, SQLite", run: end_to_end::on_sqlite }));
        kinds.push((Kind::E2e, Suite { name: "end to end, PostgreSQL", run: end_to_end::on_postgres }));
    } else {
        println!("end-to-end tests are skipped: there is no tests/e2e/package.json");
    }
    kinds
}

fn native(workspace: &Workspace) -> Result<()> {
    let postgres = Postgres::start(&workspace.shell)?;
    let shell = &workspace.shell;
    command::run(
        cmd!(shell, "cargo test --workspace --locked")
            .envs(workspace.test_compiler.iter().copied())
            .env("MANTIK_TEST_POSTGRES_URL", postgres.url("postgres"))
            // Some tests wait for a limit to pass; others work meanwhile.
            .env("RUST_TEST_THREADS", TEST_THREADS),
    )
}

fn browser(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    tools::wasm_target::ensure(shell)?;
    tools::chromium::ensure(shell)?;
    let path = command::path_with(&[tools::wasm_bindgen::ensure(workspace)?])?;
    let test = cmd!(
        shell,
        "cargo test --locked -p mantik-console --target wasm32-unknown-unknown --features browser-tests --test web"
    );
    command::run(
        test.envs(workspace.test_compiler.iter().copied())
            .env("PATH", path)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}
