//! Runs: the table of a project's runs, and the pages of a run.

mod actions;
mod address;
mod detail;
mod list;
mod table;
mod toolbar;

pub use actions::SelectionActions;
pub use detail::Run;
pub use list::Runs;
