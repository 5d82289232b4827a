//! What runs log: parameters, metrics, tags and inputs.

mod along;
mod band;
mod batch;
mod blocks;
mod buckets;
mod budget;
mod comparison;
mod history;
mod inputs;
mod logged;
mod metrics;
mod moving_average;
mod parameters;
mod read;
mod reduce;
mod series;
mod sparklines;
mod tags;

pub use batch::Batch;
pub use history::PointPage;
pub use inputs::{DatasetUse, ModelUse, ModelUses};
pub use logged::Logged;

pub(super) use batch::{active, log};
pub(super) use tags::{notes, set_note, set_tags};
