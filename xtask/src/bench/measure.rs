//! `cargo xtask bench`: measures the release build, first the server, then the console in a browser.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use xshell::cmd;

use super::{mlflow, table};
use crate::postgres::Postgres;
use crate::workspace::Workspace;
use crate::{command, console, end_to_end, server};

/// How many runs the smaller databases hold, with which the large one is compared.
const SMALLER: [u32; 2] = [1_000, 10_000];
const QUICK_RUNS: u32 = 5_000;
/// How long the long histories and logs are.
const POINTS: u32 = 1_000_000;
const QUICK_POINTS: u32 = 20_000;

/// How much is measured. All of it takes about half an hour; the databases are filled once and kept in target/bench.
#[derive(Args)]
pub(crate) struct Options {
    /// How many runs the largest database holds.
    #[arg(long, default_value_t = 100_000)]
    runs: u32,
    /// Measures with small databases, to see that measuring works.
    #[arg(long)]
    quick: bool,
    /// Measures one part alone.
    #[arg(long)]
    only: Option<Part>,
    /// Asks the server on PostgreSQL too.
    #[arg(long)]
    postgres: bool,
    /// Has MLflow's own server do the same work.
    #[arg(long)]
    vs_mlflow: bool,
    /// Looks at trainings for so many minutes: 30 minutes are a thousand navigations.
    #[arg(long, value_name = "MINUTES")]
    soak: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What the table of runs asks of the server.
    Server,
    /// What metrics of groups amount to, compared with SQL.
    Aggregates,
    /// The console.
    Browser,
    /// Nothing but what is asked for besides: MLflow's server, a long time.
    Nothing,
}

impl Options {
    fn has(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }

    fn runs(&self) -> u32 {
        if self.quick { QUICK_RUNS } else { self.runs }
    }

    /// How many runs each database holds.
    fn sizes(&self) -> Vec<u32> {
        let smaller = SMALLER.into_iter().filter(|n| *n < self.runs());
        smaller.chain([self.runs()]).collect()
    }
}

/// Prints the figures.
///
/// # Errors
/// When something does not build, or a measurement fails.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    console::ensure(workspace)?;
    let program = server::release(workspace)?;
    for runs in options.sizes() {
        let data = fill(workspace, &program, options, runs)?;
        if options.has(Part::Server) {
            table::measure(&program, &data, &[])?;
        }
    }
    let data = folder(workspace, options, options.runs());
    if options.postgres && options.has(Part::Server) {
        on_postgres(workspace, &program, options)?;
    }
    if options.has(Part::Aggregates) {
        let check = workspace.path("tests/aggregates/check.py");
        command::run(cmd!(workspace.shell, "python3 {check} --server {program} --data {data}"))?;
    }
    if options.vs_mlflow {
        mlflow::compare(workspace, &program, &data, options.runs())?;
    }
    measure_console(workspace, options)
}

/// Where the database with so many runs lies.
fn folder(workspace: &Workspace, options: &Options, runs: u32) -> PathBuf {
    workspace.path(&format!("target/bench/{}", name(options, runs)))
}

fn name(options: &Options, runs: u32) -> String {
    if options.quick { format!("quick-{runs}") } else { format!("runs-{runs}") }
}

fn fill(workspace: &Workspace, program: &Path, options: &Options, runs: u32) -> Result<PathBuf> {
    let data = folder(workspace, options, runs);
    let points = if options.quick || runs < options.runs() { QUICK_POINTS } else { POINTS };
    let (n, points) = (runs.to_string(), points.to_string());
    command::run(cmd!(workspace.shell, "{program} bench --runs {n} --points {points} --data {data}"))?;
    Ok(data)
}

/// The same questions to the same runs in a PostgreSQL that is thrown away.
fn on_postgres(workspace: &Workspace, program: &Path, options: &Options) -> Result<()> {
    let postgres = Postgres::start(&workspace.shell)?;
    let (url, n) = (postgres.url("postgres"), options.runs().to_string());
    let data = workspace.path("target/bench/postgres");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let points = QUICK_POINTS.to_string();
    let fill = cmd!(
        workspace.shell,
        "{program} bench --runs {n} --points {points} --data {data} --database-url {url}"
    );
    command::run(fill)?;
    println!("\non PostgreSQL");
    table::measure(program, &data, &["--database-url", &url])
}

fn measure_console(workspace: &Workspace, options: &Options) -> Result<()> {
    let data = workspace.path("target/bench").display().to_string();
    let folders: Vec<String> = options.sizes().into_iter().map(|runs| name(options, runs)).collect();
    let (folders, soak) = (folders.join(","), options.soak.unwrap_or(0).to_string());
    let environment = [
        ("MANTIK_BENCH_DATA", data.as_str()),
        ("MANTIK_BENCH_FOLDERS", folders.as_str()),
        ("MANTIK_BENCH_SOAK", soak.as_str()),
        ("MANTIK_E2E_DATABASE", "sqlite"),
    ];
    let mut arguments = vec!["--config", "bench.config.ts"];
    match (options.has(Part::Browser), options.soak) {
        (true, _) => {}
        (false, Some(_)) => arguments.push("live"),
        (false, None) => return Ok(()),
    }
    end_to_end::playwright(workspace, server::release, &arguments, &environment).context("the console")
}
