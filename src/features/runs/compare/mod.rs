//! Runs side by side: what differs between them, and their metrics over one another.

mod asked;
mod boxes;
mod colours;
mod commits;
mod dimensions;
mod export;
mod facts;
mod facts_table;
mod files;
mod grouped;
mod groupings;
mod importance;
mod launched;
mod made_of;
mod page;
mod parallel;
mod paths;
mod quantities;
mod scatter;

pub use page::CompareRuns;
