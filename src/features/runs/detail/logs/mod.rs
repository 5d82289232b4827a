//! What a run printed.

mod filtered;
mod levels;
mod page;
mod search;
mod toolbar;

pub(super) use page::Logs;
