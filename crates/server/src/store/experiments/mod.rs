//! Experiments of a project, each of which is one MLflow experiment.

mod change;
mod create;
mod read;
mod record;
mod search;
mod tags;

pub(super) use read::{experiments_by_number, identified, numbered};
pub use record::Experiment;
pub(super) use record::lifecycle_stage;
pub use search::{ExperimentOrder, ExperimentSearch};
