//! Runs side by side: what differs between them, and their metrics over one another.

mod along;
mod asked;
mod charts;
mod colours;
mod export;
mod facts;
mod facts_table;
mod lines;
mod made_of;
mod metric_chart;
mod page;
mod quantities;
mod scatter;

pub use page::CompareRuns;
