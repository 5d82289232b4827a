//! Makes an order of a run: its code, its command and its environment.

use models::backend_config::{self, BackendConfig, Execution};
use models::code::CodeRepository;
use models::id::CodeRepositoryId;
use models::time::UnixMillis;
use models::token::TokenScope;
use serde_json::{Map, Value};
use std::path::Path;
use std::time::Duration;

use super::command::{Command, command};
use super::environment::variables;
use super::executor::{Attempt, Order, PythonChoice, Refusal};
use super::work::Workshop;
use crate::auth::{new_api_token, sha256};
use crate::services::{RunCode, RunCodeError, check_out_code};
use crate::store::{Actor, ExecutorKind, JobRecord, NewToken, Prepared, RunRecord, StoreError};

/// How much longer the token of a run works than the run may take: what it logs last must arrive.
const REST: Duration = Duration::from_secs(3_600);
/// How long the token of a run without a limit works.
const LONG: Duration = Duration::from_secs(366 * 24 * 3_600);

impl From<RunCodeError> for Refusal {
    fn from(error: RunCodeError) -> Self {
        match error {
            RunCodeError::Passing(message) => Self::passing(message),
            RunCodeError::Lasting(message) => Self::lasting(message),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Invalid { message, .. } | StoreError::Conflict(message) => Self::lasting(message),
            StoreError::NotFound
            | StoreError::Stale
            | StoreError::Full
            | StoreError::Unavailable
            | StoreError::Corrupt(_)
            | StoreError::Database(_) => Self::passing(error.to_string()),
        }
    }
}

/// The backend config of a run; `None` where it cannot be read, which was checked when the run was made.
pub(super) fn config_of(run: &RunRecord) -> Option<BackendConfig> {
    let config = run.details.backend_config.clone()?;
    backend_config::check(&Value::Object(config)).ok().map(|(config, _)| config)
}

/// Writes the code of a run into the executor's workspace, notes what is executed, and makes the order.
///
/// # Errors
/// [`Refusal`]
pub(super) async fn prepare(shop: &Workshop, job: &JobRecord, run: &RunRecord) -> Result<Order, Refusal> {
    let attempt = Attempt { run: run.id, number: job.attempt };
    let config = config_of(run)
        .ok_or_else(|| Refusal::lasting("The backend config cannot be read. Submit the run anew."))?;
    let workspace = shop.executor.make_workspace(attempt)?;
    let code = check_out(shop, run, &workspace).await?;
    let name = run.details.entry_point.as_deref().filter(|name| !name.is_empty()).unwrap_or("main");
    let no_values = Map::new();
    let given = run.details.mlflow_parameters.as_ref().unwrap_or(&no_values);
    let Command { text, parameters } =
        command(code.project.as_ref(), name, given).map_err(Refusal::lasting)?;
    let wall_limit = config.resources.wall_limit();
    let secret = new_api_token();
    let n_cpus = config.resources.cpus_per_node.filter(|_| shop.kind == ExecutorKind::Local);
    let wanted = &config.environment.variables;
    let variables = variables(run, wanted, &shop.tracking_uri, &secret, &code.commit, n_cpus);
    // How long it waits in a queue of another machine, nobody knows.
    let limit = wall_limit.filter(|_| shop.kind == ExecutorKind::Local);
    let lifetime = limit.map_or(LONG, |limit| limit + REST);
    let expires_at = crate::clock::now().0 + i64::try_from(lifetime.as_millis()).unwrap_or(i64::MAX / 2);
    let token = NewToken {
        secret_hash: sha256(&secret),
        user_id: run.user.user_id,
        name: format!("Run {}", run.name).chars().take(64).collect(),
        scopes: vec![TokenScope::Mlflow],
        project_id: Some(run.project_id),
        expires_at: UnixMillis(expires_at),
    };
    let prepared = Prepared { commit: code.commit.clone(), parameters, token };
    shop.state.store().prepare_job(job.number, shop.tender.owner, prepared).await?;
    let python = match &config.environment.execution {
        Execution::Python { path } => PythonChoice::At(path.clone()),
        Execution::Plain | Execution::Apptainer(_) => PythonChoice::Project,
    };
    Ok(Order {
        attempt,
        name: run.name.clone(),
        account: run.details.compute_budget_account.clone(),
        folder: code.folder,
        commit: code.commit,
        command: text,
        variables,
        project_environment: code.environment,
        python,
        wall_limit,
        memory: config.resources.memory(),
        config,
    })
}

async fn check_out(shop: &Workshop, run: &RunRecord, into: &Path) -> Result<RunCode, Refusal> {
    let gone =
        || Refusal::lasting("The code repository of this run was deleted. Choose another one for a new run.");
    let id: CodeRepositoryId = run.code.ok_or_else(gone)?;
    let repository: CodeRepository = match shop.state.store().owned(run.project_id, id).await {
        Err(StoreError::NotFound) => return Err(gone()),
        other => other?,
    };
    let actor =
        Actor { user_id: run.user.user_id, credential: "run".to_owned(), request_id: run.id.to_string() };
    let reference = run.commit.as_deref().or(run.branch.as_deref());
    let path = run.details.mlflow_mlproject_file_path.as_deref().unwrap_or_default();
    Ok(check_out_code(&shop.state, actor, &repository, reference, path, into).await?)
}
