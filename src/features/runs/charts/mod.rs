//! The histories of metrics as charts: of one run on its page, of several side by side.

mod along;
mod bands;
mod chart_sections;
mod closer;
mod lines;
mod metric_chart;
mod page;
mod sections;
mod shared;
mod system;
mod which;
mod words;

pub(super) use bands::Reach;
pub(super) use page::MetricCharts;
pub(super) use shared::{Bands, Shared, Shown};
pub(super) use which::Which;
