//! Runs that have logged much: long histories, many metrics, a long log.

use anyhow::Result;
use models::id::{ProjectId, RunId, UserId};
use models::run::RunStatus;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fmt::Write as _;
use uuid::Uuid;

use crate::clock;
use crate::store::{FillHistory, NewRun, RunDetails, Sources, Store};

/// How many shorter histories the long run has, and how many runs share a metric.
const N_SERIES: i64 = 10;
/// How many metrics one run has.
const N_METRICS: i64 = 200;
/// How many lines are appended at once: a megabyte.
const N_LINES: i64 = 10_000;

/// Runs that have logged much, in a project of their own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Histories {
    /// Their project.
    pub project_id: ProjectId,
    /// The run with the histories `long`, and `series_0` to `series_9` of a tenth, and with a log of as many lines.
    pub run_id: RunId,
    /// Ten runs with a history `curve`, each a tenth as long.
    pub curves: Vec<RunId>,
    /// A run with 200 metrics.
    pub wide: RunId,
}

/// Makes a project with runs that have logged much; the longest history has `n_points`.
///
/// # Errors
/// When something cannot be stored.
pub async fn histories(store: &Store, user: UserId, n_points: i64) -> Result<Histories> {
    let new = serde_json::from_value(json!({"name": "long histories"}))?;
    let project_id = store.create_project(user, new, None).await?;
    let experiment = store.create_experiment(project_id, "histories".to_owned(), None, Vec::new()).await?;
    let first = UnixMillis(clock::now().0 - n_points * 1000);
    let maker = Maker { store, user, experiment: experiment.number, first };
    let run_id = maker.run("long").await?;
    maker.fill(run_id, "long".to_owned(), n_points, 0).await?;
    for series in 0..N_SERIES {
        maker.fill(run_id, format!("series_{series}"), n_points / 10, series + 1).await?;
    }
    log(store, project_id, run_id, n_points).await?;
    let mut curves = Vec::new();
    for number in 0..N_SERIES {
        let run = maker.run(&format!("curve {number}")).await?;
        maker.fill(run, "curve".to_owned(), n_points / 10, 100 + number).await?;
        curves.push(run);
    }
    let wide = maker.run("wide").await?;
    for metric in 0..N_METRICS {
        maker.fill(wide, format!("wide_{metric:03}"), 100.min(n_points), 200 + metric).await?;
    }
    for run in [run_id, wide].into_iter().chain(curves.iter().copied()) {
        store.set_run_status(run, RunStatus::Finished, None).await?;
    }
    Ok(Histories { project_id, run_id, curves, wide })
}

/// Lines of about a hundred bytes, of which every thousandth is an error.
async fn log(store: &Store, project: ProjectId, run: RunId, n_lines: i64) -> Result<()> {
    let mut text = String::new();
    for number in 1..=n_lines {
        let level = if number % 1000 == 0 { "ERROR" } else { "INFO" };
        let fingerprint = number.wrapping_mul(2_654_435_761) & 0xffff_ffff;
        writeln!(
            text,
            "2026-11-29 12:00:00 {level} step {number}: loss is {fingerprint:010}, and the batch was {fingerprint:08x}"
        )?;
        if number % N_LINES == 0 || number == n_lines {
            store.append_run_log(project, run, None, std::mem::take(&mut text).into_bytes()).await?;
        }
    }
    Ok(())
}

struct Maker<'s> {
    store: &'s Store,
    user: UserId,
    experiment: i64,
    first: UnixMillis,
}

impl Maker<'_> {
    async fn run(&self, name: &str) -> Result<RunId> {
        let id = RunId(Uuid::now_v7());
        let new = NewRun {
            id,
            user: self.user,
            name: name.to_owned(),
            status: RunStatus::Running,
            created_at: Some(self.first),
            start_time: Some(self.first),
            sources: Sources::default(),
            details: RunDetails::default(),
        };
        self.store.create_run(self.experiment, new).await?;
        Ok(id)
    }

    async fn fill(&self, run: RunId, metric: String, n_points: i64, salt: i64) -> Result<()> {
        let first = self.first;
        Ok(self.store.fill_history(FillHistory { run, metric, n_points, first, salt }).await?)
    }
}
