//! All calls of MLflow's API, below `/tracking` and for clients that leave that out.

use axum::routing::{MethodRouter, any, delete, get, patch, post};
use models::paths;
use models::permission::Action;

use super::error::{Code, TrackingError};
use super::{artifacts, experiments, logged_models, logging, metrics, model_search, runs, search};
use crate::AppState;
use crate::auth::Routes;
use crate::http::body_limit;

/// The version of MLflow whose clients this server speaks with.
const VERSION: &str = "3.17.2";
/// How many bytes the descriptions of data sets may have.
const MAX_INPUTS: usize = 20 * 1024 * 1024;
/// How many bytes the description of a model may have.
const MAX_MODEL: usize = 4 * 1024 * 1024;

/// All calls whose answers must begin in time.
pub(crate) fn routes(state: &AppState) -> Routes {
    let mut routes = Routes::new(state);
    for base in bases() {
        let mlflow = format!("{base}/mlflow");
        for (path, methods) in experiments_and_runs().into_iter().chain(models()).chain(unsupported()) {
            routes = routes.add_undescribed(Action::UseSession, &format!("{mlflow}/{path}"), methods);
        }
        let list = get(artifacts::list_address);
        routes =
            routes.add_undescribed(Action::UseSession, &format!("{base}/mlflow-artifacts/artifacts"), list);
    }
    let version = || async { VERSION };
    let health = || async { "OK" };
    routes = routes
        .add_undescribed(Action::ReadServer, &format!("{}/version", paths::TRACKING), get(version))
        .add_undescribed(Action::ReadServer, &format!("{}/health", paths::TRACKING), get(health));
    for rest in ["/tracking/{*rest}", "/api/2.0/{*rest}", "/api/3.0/{*rest}"] {
        routes = routes.add_undescribed(Action::ReadServer, rest, any(no_such_endpoint));
    }
    routes
}

/// The calls that send and fetch bytes, which may last.
pub(crate) fn streams(state: &AppState) -> Routes {
    bases().into_iter().fold(Routes::new(state), |routes, base| {
        let methods = get(artifacts::download).put(artifacts::upload).delete(artifacts::delete);
        let path = format!("{base}/mlflow-artifacts/artifacts/{{*address}}");
        routes.add_undescribed(Action::UseSession, &path, methods)
    })
}

fn bases() -> [String; 2] {
    [format!("{}/api/2.0", paths::TRACKING), "/api/2.0".to_owned()]
}

type Call = (&'static str, MethodRouter<AppState>);

fn experiments_and_runs() -> Vec<Call> {
    vec![
        ("experiments/create", post(experiments::create)),
        ("experiments/get", get(experiments::get)),
        ("experiments/get-by-name", get(experiments::get_by_name)),
        ("experiments/search", get(experiments::search).post(experiments::search)),
        ("experiments/update", post(experiments::update)),
        ("experiments/delete", post(experiments::delete)),
        ("experiments/restore", post(experiments::restore)),
        ("experiments/set-experiment-tag", post(experiments::set_tag)),
        ("experiments/delete-experiment-tag", post(experiments::delete_tag)),
        ("runs/create", post(runs::create)),
        ("runs/get", get(runs::get)),
        ("runs/update", post(runs::update)),
        ("runs/delete", post(runs::delete)),
        ("runs/restore", post(runs::restore)),
        ("runs/search", post(search::search)),
        ("runs/log-metric", post(logging::metric)),
        ("runs/log-parameter", post(logging::parameter)),
        ("runs/log-batch", post(logging::batch)),
        ("runs/set-tag", post(logging::set_tag)),
        ("runs/delete-tag", post(logging::delete_tag)),
        ("runs/log-inputs", post(logging::inputs).layer(body_limit(MAX_INPUTS))),
        ("runs/outputs", post(logging::outputs)),
        ("runs/log-model", post(logging::model).layer(body_limit(MAX_MODEL))),
        ("metrics/get-history", get(metrics::history)),
        ("metrics/get-history-bulk-interval", get(metrics::interval)),
        ("artifacts/list", get(artifacts::list)),
    ]
}

fn models() -> Vec<Call> {
    let one = get(logged_models::get).patch(logged_models::finalize).delete(logged_models::delete);
    vec![
        ("logged-models", post(logged_models::create)),
        ("logged-models/search", post(model_search::search)),
        ("logged-models/{model}", one),
        ("logged-models/{model}/tags", patch(logged_models::set_tags)),
        ("logged-models/{model}/tags/{key}", delete(logged_models::delete_tag)),
        ("logged-models/{model}/params", post(logged_models::log_parameters)),
        ("logged-models/{model}/artifacts/directories", get(logged_models::list_artifacts)),
    ]
}

fn unsupported() -> Vec<Call> {
    let registry = || any(no_registry);
    vec![("registered-models/{*rest}", registry()), ("model-versions/{*rest}", registry())]
}

async fn no_registry() -> TrackingError {
    let message =
        "This server keeps no model registry of MLflow's. Add the model to the saved models of its project.";
    TrackingError::new(Code::NotImplemented, message)
}

async fn no_such_endpoint() -> TrackingError {
    TrackingError::new(Code::EndpointNotFound, "This server knows no such call of MLflow's API.")
}
