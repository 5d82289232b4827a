//! Fills an empty database with runs, as varied as those of a year's work.

use anyhow::{Context as _, Result};
use models::id::{ProjectId, UserId};
use models::time::UnixMillis;
use models::token::TokenScope;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Instant;

use super::{Histories, histories};
use crate::auth::{new_api_token, sha256};
use crate::clock;
use crate::random;
use crate::state::AppState;
use crate::store::{FillPlace, FillRuns, NewAccount, NewToken, Store};

/// How many runs one transaction makes.
const CHUNK: i64 = 20_000;
const MINUTE: i64 = 60_000;
const N_EXPERIMENTS: usize = 6;
const N_MODELS: usize = 5;
const DAYS: i64 = 90;

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
    /// A token of hers, for programs; good for the project with the runs.
    pub token: String,
    /// How many runs it holds.
    pub runs: u32,
    /// Runs that have logged much.
    pub histories: Histories,
    /// A token that is good for their project.
    pub histories_token: String,
}

/// Fills an empty database with `n` runs, and others with histories of up to `n_points`.
///
/// # Errors
/// When the database holds users already, or something cannot be stored.
pub async fn seed(state: &AppState, n: u32, n_points: u32) -> Result<Seeded> {
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
    let place = place(store, user, project_id).await?;
    let begin = Instant::now();
    let indexes = store.drop_run_indexes().await?;
    fill(store, &place, i64::from(n)).await?;
    let histories = histories(store, user, n_points.into()).await?;
    store.restore_run_indexes(indexes).await?;
    println!("filled with {n} runs in {:.1} s", begin.elapsed().as_secs_f64());
    let token = self::token(store, user, project_id).await?;
    let histories_token = self::token(store, user, histories.project_id).await?;
    let username = "bench".to_owned();
    Ok(Seeded { project_id, username, password, token, runs: n, histories, histories_token })
}

async fn place(store: &Store, user: UserId, project: ProjectId) -> Result<FillPlace> {
    let code = json!({"codeRepositoryName": "code", "uri": "https://git.example.org/team/code"});
    let data = json!({"dataRepositoryName": "data", "uri": "https://git.example.org/team/data"});
    let code = store.create_code_repository(project, serde_json::from_value(code)?).await?.code_repository_id;
    let data = store.create_data_repository(project, serde_json::from_value(data)?).await?.data_repository_id;
    let (mut experiments, mut models) = (Vec::new(), Vec::new());
    for number in 0..N_EXPERIMENTS {
        let name = format!("experiment {number}");
        experiments.push(store.create_experiment(project, name, None, Vec::new()).await?.number);
    }
    for number in 0..N_MODELS {
        let model = json!({"name": format!("model {number}"), "codeRepositoryId": code, "commit": "c0"});
        models.push(
            store.create_model_repository(project, serde_json::from_value(model)?).await?.model_repository_id,
        );
    }
    Ok(FillPlace { project, user, code, data, models, experiments })
}

async fn fill(store: &Store, place: &FillPlace, n: i64) -> Result<()> {
    let first_start = UnixMillis(clock::now().0 - n * MINUTE);
    let mut begin = 0;
    while begin < n {
        let numbers = begin..(begin + CHUNK).min(n);
        begin = numbers.end;
        store.fill_runs(FillRuns { place: place.clone(), numbers, first_start }).await?;
    }
    Ok(store.count_filled(place.clone(), n).await?)
}

async fn token(store: &Store, user_id: UserId, project: ProjectId) -> Result<String> {
    let secret = new_api_token();
    let new = NewToken {
        secret_hash: sha256(&secret),
        user_id,
        name: "bench".to_owned(),
        scopes: vec![TokenScope::Write, TokenScope::Mlflow],
        project_id: Some(project),
        expires_at: UnixMillis(clock::now().0 + DAYS * 86_400_000),
    };
    store.create_api_token(new).await?;
    Ok(secret)
}
