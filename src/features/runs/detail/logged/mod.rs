//! What a run has logged, as tables that can be searched, with names that begin alike in branches.

mod extremes;
mod metrics;
mod parameters;
mod table;
mod tree;
mod value;

pub(super) use metrics::LatestMetrics;
pub(super) use parameters::Parameters;
pub(super) use table::{Logged, Words};
pub(super) use value::NamedValues;
