//! MLflow's API over the same store: what `MLFLOW_TRACKING_URI` leads to.

mod artifacts;
mod caller;
mod error;
mod experiments;
mod limits;
mod logged_models;
mod logging;
mod metrics;
mod model_search;
mod namespace;
mod order;
mod page_token;
mod parameters;
mod place;
mod routes;
mod run_names;
mod runs;
mod search;
mod validate;
mod wire;

pub(crate) use error::{is_tracking, refusal};
pub(crate) use routes::{routes, streams};
