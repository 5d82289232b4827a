//! How to do a run again: the commands, and the environment that it had.

mod environment;
mod page;
mod recipes;
mod source;

pub(super) use page::Reproduce;
