//! The commands of the program.

mod bench;
mod command;
mod keys;
mod logging;
mod migrate;
mod run;
mod serve;
mod token;
mod user;

pub use run::run;
