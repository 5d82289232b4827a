//! The environment of a run's processes: what the backend config wants, and what this server adds and nobody can change.

use std::collections::BTreeMap;

use crate::store::RunRecord;

/// What the environment holds besides what the executor itself decides, such as where the home folder is.
pub(super) fn variables(
    run: &RunRecord,
    wanted: &BTreeMap<String, String>,
    tracking_uri: &str,
    token: &str,
    commit: &str,
    n_cpus: Option<u32>,
) -> Vec<(String, String)> {
    let mut variables = BTreeMap::new();
    if let Some(n_cpus) = n_cpus {
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
            variables.insert(name.to_owned(), n_cpus.to_string());
        }
    }
    variables.extend(
        wanted.iter().filter(|(name, _)| is_usable(name)).map(|(name, value)| (name.clone(), value.clone())),
    );
    let text = |value: &Option<String>| value.clone();
    let own = [
        ("MLFLOW_TRACKING_URI", Some(tracking_uri.to_owned())),
        ("MLFLOW_TRACKING_TOKEN", Some(token.to_owned())),
        ("MLFLOW_RUN_ID", Some(run.id.mlflow())),
        ("MLFLOW_EXPERIMENT_ID", Some(run.experiment_number.to_string())),
        ("MANTIK_PROJECT_ID", Some(run.project_id.to_string())),
        ("MANTIK_RUN_ID", Some(run.id.to_string())),
        ("MANTIK_CODE_REPOSITORY_ID", run.code.map(|id| id.to_string())),
        ("MANTIK_CODE_REPOSITORY_BRANCH", text(&run.branch)),
        ("MANTIK_CODE_REPOSITORY_COMMIT", Some(commit.to_owned())),
        ("MANTIK_MODEL_ID", run.model.map(|id| id.to_string())),
        ("MANTIK_DATA_REPOSITORY_ID", run.data.map(|id| id.to_string())),
        ("MANTIK_DATA_REPOSITORY_BRANCH", text(&run.data_branch)),
        ("MANTIK_DATA_REPOSITORY_COMMIT", text(&run.data_commit)),
    ];
    variables.extend(own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    variables.into_iter().filter(|(_, value)| !value.contains('\0')).collect()
}

/// Whether a name can stand in an environment, and is not one by which MLflow would pass over the token.
fn is_usable(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0']) && !name.starts_with("MLFLOW_TRACKING_")
}
