//! The metrics of a run as charts.

mod metric_chart;
mod page;
mod points;
mod system;
mod which;

pub(super) use page::Charts;
pub(super) use which::Which;
