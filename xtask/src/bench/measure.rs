//! `cargo xtask bench`: measures the release build, first the server, then the console in a browser.

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use super::table;
use crate::workspace::Workspace;
use crate::{command, console, end_to_end, server};

const QUICK_RUNS: u32 = 5_000;

/// How much is measured.
#[derive(Args)]
pub(crate) struct Options {
    /// How many runs the database holds.
    #[arg(long, default_value_t = 100_000)]
    runs: u32,
    /// Measures with a small database, to see that measuring works.
    #[arg(long)]
    quick: bool,
}

/// How many runs the small database holds, with which the large one is compared.
const FEW_RUNS: u32 = 1_000;

/// Prints the figures.
///
/// # Errors
/// When something does not build, or a measurement fails.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let runs = if options.quick { QUICK_RUNS } else { options.runs };
    console::ensure(workspace)?;
    let program = server::release(workspace)?;
    for n in [FEW_RUNS, runs] {
        let (data, n) = (workspace.path(&format!("target/bench/runs-{n}")), n.to_string());
        let shell = &workspace.shell;
        command::run(cmd!(shell, "{program} bench --runs {n} --data {data}"))?;
        table::measure(&program, &data)?;
    }
    measure_console(workspace, runs)
}

fn measure_console(workspace: &Workspace, runs: u32) -> Result<()> {
    if !workspace.path("tests/e2e/bench.config.ts").exists() {
        println!("the console is not measured: there is no tests/e2e/bench.config.ts");
        return Ok(());
    }
    let folder = workspace.path("target/bench").display().to_string();
    let (few, many) = (format!("runs-{FEW_RUNS}"), format!("runs-{runs}"));
    let environment = [
        ("MANTIK_BENCH_DATA", folder.as_str()),
        ("MANTIK_BENCH_FEW", few.as_str()),
        ("MANTIK_BENCH_MANY", many.as_str()),
    ];
    end_to_end::playwright(workspace, server::release, &["--config", "bench.config.ts"], &environment)
}
