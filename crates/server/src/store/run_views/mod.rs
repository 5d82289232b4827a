//! Saved views of the table of runs.

mod opening;
mod read;
mod write;
