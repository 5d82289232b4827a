//! Runs: the table of a project's runs, the pages of a run, and runs side by side.

mod actions;
mod address;
mod compare;
mod detail;
mod folded;
mod list;
mod sections;
mod table;
mod toolbar;

pub use compare::CompareRuns;
pub use detail::Run;
pub use list::Runs;
