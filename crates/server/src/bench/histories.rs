//! A run with histories of a million points.

use anyhow::Result;
use models::id::{ProjectId, RunId, UserId};
use models::run::RunStatus;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::clock;
use crate::store::{FillHistory, NewRun, RunDetails, Sources, Store};

/// How many points the long history has; the others have a tenth.
const N_POINTS: i64 = 1_000_000;
/// How many shorter histories there are.
const N_SERIES: i64 = 10;

/// A run with long histories: `long`, and `series_0` to `series_9`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Histories {
    /// Its project, in which it is alone.
    pub project_id: ProjectId,
    /// The run.
    pub run_id: RunId,
}

/// Makes a project with a run that has long histories.
///
/// # Errors
/// When something cannot be stored.
pub async fn histories(store: &Store, user: UserId) -> Result<Histories> {
    let new = serde_json::from_value(json!({"name": "long histories"}))?;
    let project_id = store.create_project(user, new, None).await?;
    let experiment = store.create_experiment(project_id, "histories".to_owned(), None, Vec::new()).await?;
    let first = UnixMillis(clock::now().0 - N_POINTS * 1000);
    let run_id = RunId(Uuid::now_v7());
    let new = NewRun {
        id: run_id,
        user,
        name: "long".to_owned(),
        status: RunStatus::Running,
        created_at: Some(first),
        start_time: Some(first),
        sources: Sources::default(),
        details: RunDetails::default(),
    };
    store.create_run(experiment.number, new).await?;
    let fill = |metric, n_points, salt| FillHistory { run: run_id, metric, n_points, first, salt };
    store.fill_history(fill("long".to_owned(), N_POINTS, 0)).await?;
    for series in 0..N_SERIES {
        store.fill_history(fill(format!("series_{series}"), N_POINTS / 10, series + 1)).await?;
    }
    store.set_run_status(run_id, RunStatus::Finished, None).await?;
    Ok(Histories { project_id, run_id })
}
