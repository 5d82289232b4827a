//! What travels, in MLflow's spelling.

mod experiment;
mod logged_model;
mod numbers;
mod pair;
mod run;

pub(super) use experiment::ExperimentBody;
pub(super) use logged_model::{LoggedModelBody, external_model_id, model_id};
pub(super) use numbers::{integer, list, optional_integer};
pub(super) use pair::{Nothing, Pair};
pub(super) use run::{
    Dataset, DatasetInput, FileInfo, MetricBody, ModelReference, RunBody, RunInfo, ViewType,
};
