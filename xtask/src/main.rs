//! Everything one does with this workspace: `cargo xtask <command>`.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod ci;
mod clients;
mod command;
mod console;
mod dev;
mod end_to_end;
mod interrupt;
mod postgres;
mod screenshots;
mod serve;
mod server;
mod suite;
mod test;
mod tidy;
mod tools;
mod workspace;

use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Everything one does with this workspace")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds what changed and serves the console and its API; installs missing tools first.
    Serve(serve::Options),
    /// Runs all tests: tidy, native, in the browser, end to end on both databases.
    Test(test::Options),
    /// Checks formatting and lints, then runs all tests, as the continuous integration does.
    Ci(ci::Options),
    /// Serves a debug build that is built and loaded again whenever a source changes.
    Dev,
    /// Measures the release build.
    Bench(bench::Options),
    /// Checks the rules of the workspace that compilers do not know.
    Tidy,
    /// Takes the pictures of docs/screenshots.
    Screenshots,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    interrupt::listen()?;
    let workspace = Workspace::open()?;
    match command {
        Command::Serve(options) => serve::run(&workspace, &options),
        Command::Test(options) => test::run(&workspace, &options),
        Command::Ci(options) => ci::run(workspace, &options),
        Command::Dev => done(dev::run(&workspace)),
        Command::Bench(options) => done(bench::run(&workspace, &options)),
        Command::Tidy => done(tidy::run(&workspace)),
        Command::Screenshots => done(screenshots::run(&workspace)),
    }
}

fn done(result: Result<()>) -> Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}
