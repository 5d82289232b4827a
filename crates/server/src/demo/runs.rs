//! Stores the runs of a demonstration, as if they had been logged when they took place.

use bytes::Bytes;
use futures_util::stream;
use models::id::{RunId, UserId};
use models::metric::{Metric, MetricValue};
use models::run::{KeyValue, RunPatch, RunStatus};
use models::time::UnixMillis;
use std::collections::HashMap;
use uuid::Uuid;

use super::plan::{ProjectPlan, RunPlan};
use super::project::Stored;
use crate::blobs::{Blob, Blobs};
use crate::error::Error;
use crate::state::AppState;
use crate::store::{ArtifactOwner, ArtifactPlace, ArtifactRecord, Batch, NewRun, RunDetails, Sources};

/// How many points one request may log.
const BATCH: usize = 1000;

/// When a run was made, began, and ended or stands now.
struct Times {
    created: UnixMillis,
    started: UnixMillis,
    ended: UnixMillis,
}

pub(super) async fn create(
    state: &AppState,
    stored: &Stored,
    plan: &ProjectPlan,
    people: &[UserId],
    now: UnixMillis,
) -> Result<(), Error> {
    let mut written = HashMap::new();
    for run in &plan.runs {
        one(state, stored, plan, run, people, now, &mut written).await?;
    }
    Ok(())
}

/// The id of the run of this name: the same at each start.
pub(super) fn id(plan: &ProjectPlan, run: &str) -> RunId {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(format!("{}/{run}", plan.name));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, hashed)| *byte = hashed);
    RunId(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

async fn one(
    state: &AppState,
    stored: &Stored,
    plan: &ProjectPlan,
    run: &RunPlan,
    people: &[UserId],
    now: UnixMillis,
    written: &mut HashMap<String, Blob>,
) -> Result<(), Error> {
    let created = now.0 - run.age * 1000;
    let started = created + run.wait * 1000;
    let times = Times {
        created: UnixMillis(created),
        started: UnixMillis(started),
        ended: UnixMillis((started + run.duration * 1000).min(now.0)),
    };
    let id = id(plan, &run.name);
    let experiment = stored.experiments.get(run.experiment).copied().unwrap_or_default();
    let store = state.store();
    store.create_run(experiment, new_run(stored, plan, run, people, id, &times)).await?;
    if run.status != RunStatus::Scheduled {
        store.set_run_status(id, RunStatus::Running, Some(times.started)).await?;
        for batch in batches(run, &times) {
            store.log_batch(id, batch).await?;
        }
        let place = ArtifactPlace { project: stored.id, experiment, owner: ArtifactOwner::Run(id) };
        upload(state, place, run, written).await?;
    }
    if run.status.is_final() {
        store.set_run_status(id, run.status, Some(times.ended)).await?;
    }
    let patch = patch(plan, run)?;
    if patch != RunPatch::default() {
        store.change_run(stored.id, id, patch, None).await?;
    }
    Ok(())
}

/// What people did with a run afterwards: labels, and a note about the ones that models were saved from.
fn patch(plan: &ProjectPlan, run: &RunPlan) -> Result<RunPatch, Error> {
    let saved = plan.saved.iter().find(|saved| saved.run == run.name);
    let is_smoke = run.tags.iter().any(|(key, value)| *key == "purpose" && value == "smoke");
    let labels = [
        ("quality", "Released", saved.is_some()),
        ("purpose", "Smoke test", is_smoke),
        ("triage", "To look at", run.status == RunStatus::Failed),
    ];
    let labels: Vec<_> = labels
        .into_iter()
        .filter(|(.., is_had)| *is_had)
        .map(|(scope, name, _)| serde_json::json!({"scope": scope, "name": name}))
        .collect();
    let note = saved.map(|saved| {
        format!(
            "Released as **{}**.\n\n- the best of its sweep on the held-out data\n- compared with the last release",
            saved.name
        )
    });
    let mut patch = serde_json::json!({});
    if !labels.is_empty() {
        patch["labels"] = labels.into();
    }
    if let Some(note) = note {
        patch["note"] = note.into();
    }
    serde_json::from_value(patch).map_err(Error::internal)
}

/// Keeps the artifacts of a run. Many runs leave the same text, whose bytes are written once.
async fn upload(
    state: &AppState,
    place: ArtifactPlace,
    run: &RunPlan,
    written: &mut HashMap<String, Blob>,
) -> Result<(), Error> {
    for (path, text) in &run.artifacts {
        if !written.contains_key(text) {
            let piece: Result<Bytes, std::io::Error> = Ok(Bytes::copy_from_slice(text.as_bytes()));
            let blob = Blobs::new(state.data()).write(stream::iter([piece]), text.len() as u64).await;
            written.insert(text.clone(), blob.map_err(Error::internal)?);
        }
        if let Some(Blob { sha256, size }) = written.get(text) {
            let record = ArtifactRecord { path: (*path).to_owned(), sha256: sha256.clone(), size: *size };
            state.store().put_artifact(place, record).await?;
        }
    }
    Ok(())
}

fn new_run(
    stored: &Stored,
    plan: &ProjectPlan,
    run: &RunPlan,
    people: &[UserId],
    id: RunId,
    times: &Times,
) -> NewRun {
    let (code, commit) = run.code;
    let (data, version) = run.data;
    let commits = plan.code.get(code).map_or(&[][..], |code| code.commits);
    let versions = plan.data.get(data).map_or(&[][..], |data| data.versions);
    let sources = Sources {
        code: stored.code.get(code).copied(),
        branch: Some("main".to_owned()),
        commit: commits.get(commit).map(|commit| (*commit).to_owned()),
        data: stored.data.get(data).copied(),
        data_branch: None,
        data_commit: versions.get(version).map(|(_, commit)| (*commit).to_owned()),
        model: stored.models.get(run.model).copied(),
        connection: None,
    };
    let owner = people.first().copied().unwrap_or(UserId(Uuid::nil()));
    NewRun {
        id,
        user: people.get(run.person).copied().unwrap_or(owner),
        name: run.name.clone(),
        status: RunStatus::Scheduled,
        created_at: Some(times.created),
        start_time: None,
        sources,
        details: RunDetails { entry_point: Some("main".to_owned()), ..RunDetails::default() },
    }
}

/// What the run logged, in batches as a client would send them.
fn batches(run: &RunPlan, times: &Times) -> Vec<Batch> {
    let points: Vec<Metric> =
        run.metrics.iter().flat_map(|(key, values)| points(key, values, times)).collect();
    let mut batches: Vec<Batch> =
        points.chunks(BATCH).map(|metrics| Batch { metrics: metrics.to_vec(), ..Batch::default() }).collect();
    let pair =
        |(key, value): &(&'static str, String)| KeyValue { key: (*key).to_owned(), value: value.clone() };
    batches.push(Batch {
        parameters: run.parameters.iter().map(pair).collect(),
        tags: run.tags.iter().map(pair).collect(),
        ..Batch::default()
    });
    batches
}

/// The values of a metric, spread evenly over the run's time.
fn points(key: &str, values: &[f64], times: &Times) -> Vec<Metric> {
    let n = i64::try_from(values.len()).unwrap_or(i64::MAX);
    let point = |(step, value): (i64, &f64)| Metric {
        key: key.to_owned(),
        value: MetricValue(*value),
        step,
        timestamp: UnixMillis(times.started.0 + (times.ended.0 - times.started.0) * (step + 1) / n),
    };
    (0..).zip(values).map(point).collect()
}
