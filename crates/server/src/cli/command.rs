//! What can be asked of the program.

use clap::{Parser, Subcommand};

use super::bench::Bench;
use super::token::CreateToken;
use super::user::AddUser;
use crate::config::{Config, Storage};

/// The Mantik server: the REST API, the MLflow tracking API and the console, in one process.
#[derive(Debug, Parser)]
#[command(name = "mantik-server", version)]
pub(super) struct Program {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serves until it is interrupted.
    Serve(Box<Config>),
    /// Tends the users.
    #[command(subcommand)]
    User(UserCommand),
    /// Tends API tokens.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Tends the master keys, with which the secrets of connections are kept.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Brings the database's schema up to date, and ends.
    Migrate(Storage),
    /// Starts the command of a run and watches over it. The server calls this.
    #[cfg(target_os = "linux")]
    #[command(hide = true)]
    Watch {
        /// The folder of the attempt.
        folder: std::path::PathBuf,
    },
    /// Becomes a command within bounds. The watcher calls this.
    #[cfg(target_os = "linux")]
    #[command(hide = true)]
    Execute {
        /// How many bytes of memory each process may have.
        #[arg(long)]
        memory: Option<u64>,
        /// The command and its arguments.
        #[arg(required = true, last = true)]
        command: Vec<std::ffi::OsString>,
    },
    /// Measures the store with many runs, in a data folder of its own.
    #[command(hide = true)]
    Bench(Bench),
}

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Adds a user; the password is read from the standard input.
    Add(AddUser),
}

#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Makes an API token; prints its secret and nothing else.
    Create(CreateToken),
}

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Makes a new master key beside the old one, and wraps all secrets with it. May run beside a server, and again when it
    /// was broken off.
    Rotate(Storage),
    /// Wraps what is left with the newest key, and deletes the older ones. Access tokens of the `mantik` client that an
    /// older one signed stop working; they last for an hour. Backups from before need the older keys.
    Retire(Storage),
}
