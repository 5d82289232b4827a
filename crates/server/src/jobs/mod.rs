//! Executes runs: takes their jobs from the queue, hands them to an executor, follows them, and notes how they end.
//!
//! What is known of a job lies in the database and with the executor; nothing is kept in this process alone. So a server
//! that was killed goes on where it was, and another server can take a job over.

mod command;
mod end;
mod environment;
mod executor;
#[cfg(target_os = "linux")]
pub mod local;
mod prepare;
mod start;
mod tend;
mod work;

pub use executor::{Attempt, Cause, Executor, Exit, Observed, Order, PythonChoice, Refusal, Submitted};
pub use start::{Options, start};
