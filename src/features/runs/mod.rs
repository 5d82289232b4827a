//! Runs: the table of a project's runs, and the pages of a run.

#[allow(dead_code, unused_imports, reason = "whatever selects runs in the table shows these actions")]
mod actions;
mod address;
mod detail;
mod list;
mod table;
mod toolbar;

pub use detail::Run;
pub use list::Runs;
