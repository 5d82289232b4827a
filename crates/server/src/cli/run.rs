//! Carries out what the program is asked.

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use super::command::{Command, KeysCommand, Program, TokenCommand, UserCommand};
use super::{bench, keys, migrate, serve, token, user};
use crate::data::Held;
#[cfg(target_os = "linux")]
use crate::jobs;

/// The status when another server works with the data folder.
const HELD: u8 = 3;

/// Carries out the command in the arguments; gives the status of the process.
pub async fn run() -> ExitCode {
    match carry_out(Program::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain of causes on one line, for people; a stack of ours tells an operator nothing.
            eprintln!("error: {error:#}");
            ExitCode::from(if error.is::<Held>() { HELD } else { 1 })
        }
    }
}

async fn carry_out(command: Command) -> Result<()> {
    match command {
        Command::Serve(config) => serve::run(*config).await,
        Command::User(UserCommand::Add(user)) => user::add(user).await,
        Command::Token(TokenCommand::Create(token)) => token::create(token).await,
        Command::Keys(KeysCommand::Rotate(storage)) => keys::rotate(&storage).await,
        Command::Keys(KeysCommand::Retire(storage)) => keys::retire(&storage).await,
        Command::Migrate(storage) => migrate::run(&storage).await,
        #[cfg(target_os = "linux")]
        Command::Watch { folder } => jobs::local::watch(&folder),
        #[cfg(target_os = "linux")]
        Command::Execute { memory, command } => jobs::local::execute(memory, &command),
        Command::Bench(options) => bench::run(options).await,
    }
}
