//! Fills a database with runs, through the functions that requests use.

use anyhow::{Context as _, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use models::id::{CodeRepositoryId, DataRepositoryId, ProjectId, RunId, UserId};
use models::run::RunStatus;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Instant;
use uuid::Uuid;

use super::plan;
use crate::clock;
use crate::random;
use crate::state::AppState;
use crate::store::{NewAccount, NewRun, RunDetails, Sources, Store};

/// How many runs are logged at once.
const N_CLIENTS: usize = 64;
const MINUTE: i64 = 60_000;

/// A database that is ready to be measured, and how to sign in to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seeded {
    /// The project that holds the runs.
    pub project_id: ProjectId,
    /// Who owns it.
    pub username: String,
    /// Her password.
    pub password: String,
    /// How many runs it holds.
    pub runs: u32,
}

/// What each run refers to.
struct Places {
    user: UserId,
    code: CodeRepositoryId,
    data: DataRepositoryId,
    experiments: Vec<i64>,
    first_start: UnixMillis,
}

/// Fills an empty database with `n` runs.
///
/// # Errors
/// When the database holds users already, or something cannot be stored.
pub async fn seed(state: &AppState, n: u32) -> Result<Seeded> {
    let (store, password) = (state.store(), random::secret());
    let new = NewAccount {
        name: "bench".to_owned(),
        email: "bench@example.org".to_owned(),
        password_hash: state.passwords().hash(password.clone()).await?,
        is_admin: false,
    };
    let user = store.create_account(new).await.context("the folder holds a database already")?.user_id;
    let new = serde_json::from_value(json!({"name": format!("{n} runs")}))?;
    let project_id = store.create_project(user, new, None).await?;
    let places = places(store, user, project_id, n).await?;
    let begin = Instant::now();
    let writes = (0..n).map(|number| log_run(store, &places, number));
    stream::iter(writes).buffer_unordered(N_CLIENTS).try_collect::<()>().await?;
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "logged {n} runs in {seconds:.1} s: {:.0} runs/s, each in three durable writes",
        f64::from(n) / seconds
    );
    Ok(Seeded { project_id, username: "bench".to_owned(), password, runs: n })
}

async fn places(store: &Store, user: UserId, project: ProjectId, n: u32) -> Result<Places> {
    let code = json!({"codeRepositoryName": "code", "uri": "https://git.example.org/team/code"});
    let data = json!({"dataRepositoryName": "data", "uri": "https://git.example.org/team/data"});
    let mut experiments = Vec::new();
    for number in 0..plan::N_EXPERIMENTS {
        let name = format!("experiment {number}");
        experiments.push(store.create_experiment(project, name, None, Vec::new()).await?.number);
    }
    Ok(Places {
        user,
        code: store.create_code_repository(project, serde_json::from_value(code)?).await?.code_repository_id,
        data: store.create_data_repository(project, serde_json::from_value(data)?).await?.data_repository_id,
        experiments,
        first_start: UnixMillis(clock::now().0 - i64::from(n) * MINUTE),
    })
}

async fn log_run(store: &Store, places: &Places, n: u32) -> Result<()> {
    let id = RunId(Uuid::now_v7());
    let start = UnixMillis(places.first_start.0 + i64::from(n) * MINUTE);
    let sources = Sources {
        code: Some(places.code),
        commit: Some(format!("{:040x}", n % plan::N_COMMITS)),
        data: Some(places.data),
        data_commit: Some(format!("v{}", n / 7 % plan::N_VERSIONS)),
        ..Sources::default()
    };
    let new = NewRun {
        id,
        user: places.user,
        name: format!("run-{n:06}"),
        status: RunStatus::Running,
        created_at: Some(start),
        start_time: Some(start),
        sources,
        details: RunDetails::default(),
    };
    let experiment =
        places.experiments.get(n as usize / 5 % places.experiments.len()).copied().unwrap_or_default();
    store.create_run(experiment, new).await?;
    store.log_batch(id, plan::batch(n, start)).await?;
    let end = UnixMillis(start.0 + i64::from(n % 50 + 1) * MINUTE);
    store.set_run_status(id, plan::status(n), Some(end)).await?;
    Ok(())
}
