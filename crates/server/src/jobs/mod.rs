//! Executes runs: takes their jobs from the queue, hands them to an executor, follows them, and notes how they end.
//!
//! What is known of a job lies in the database and with the executor; nothing is kept in this process alone. So a server
//! that was killed goes on where it was, and another server can take a job over.

#[cfg(target_os = "linux")]
mod command;
#[cfg(target_os = "linux")]
mod end;
#[cfg(target_os = "linux")]
mod environment;
mod executor;
#[cfg(target_os = "linux")]
mod follow;
#[cfg(target_os = "linux")]
pub mod local;
#[cfg(target_os = "linux")]
mod patience;
#[cfg(target_os = "linux")]
mod places;
#[cfg(target_os = "linux")]
mod prepare;
mod start;
#[cfg(target_os = "linux")]
mod tend;
#[cfg(target_os = "linux")]
pub mod unicore;
#[cfg(target_os = "linux")]
mod work;

pub use executor::{
    Attempt, Cause, Executor, Exit, Observed, Order, Outlook, PythonChoice, Refusal, Submitted, Waiting,
};
pub use start::{Options, start};
