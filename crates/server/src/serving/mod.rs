//! Serves deployed models on the machine of the server.
//!
//! Each deployment that is to answer has one server that sees to it (`keep`, `tend`). Its process is an attempt of the
//! executor that executes runs on this machine, with a watcher of its own: it goes on when the server is killed, and the
//! next start finds it again. What is asked of it goes to its own socket alone (`egress::Served`).

#[cfg(target_os = "linux")]
mod backoff;
#[cfg(target_os = "linux")]
mod keep;
#[cfg(target_os = "linux")]
mod log;
#[cfg(target_os = "linux")]
mod prepare;
#[cfg(target_os = "linux")]
mod ready;
mod start;
#[cfg(target_os = "linux")]
mod tend;
#[cfg(target_os = "linux")]
mod words;

pub use start::start;
