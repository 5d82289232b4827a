//! Executes runs on this machine.
//!
//! Each attempt has a folder and a watcher: a process of this program that starts the command, ends it when it must, and
//! writes down how it ended. The server talks to it by files alone, so the watcher goes on when the server ends, and the
//! next server finds it again. Who creates the file `started` first decides whether an attempt is executed: its watcher, or
//! a server that gives it up. So it is executed once or not at all.

mod execute;
mod executor;
mod folder;
mod place;
mod plan;
mod processes;
mod python;
mod watch;
mod watched;

pub use execute::execute;
pub use executor::{Local, MODEL_MARK};
pub use place::place;
pub use processes::holds_socket;
pub use watch::watch;
