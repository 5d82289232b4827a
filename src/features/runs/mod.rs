//! Runs: the tables of a project's runs and of those of all projects, the pages of a run, and runs side by side.

mod actions;
mod address;
mod again;
mod charts;
mod compare;
mod detail;
mod folded;
mod list;
mod part;
mod table;
mod toolbar;
mod views;

pub use compare::CompareRuns;
pub use detail::Run;
pub use list::{AllRuns, Runs};
