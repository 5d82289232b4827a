//! The metrics of a run as charts.

mod metric_chart;
mod page;
mod points;

pub(super) use page::Charts;
