//! Changes many runs, a bounded number in each transaction.

use models::{
    event::{Event, EventTopic},
    experiment::LifecycleStage,
    id::{ProjectId, RunId, UserId},
    label::LabelReference,
    permission::Action,
    run::{BulkRunChange, BulkRunOutcome, BulkRunRequest, RunSelection},
};
use std::collections::{BTreeMap, BTreeSet};

use super::{RunRecord, erase, labels, numbered};
use crate::store::{
    Connection, Projects, Sql, Store, StoreError, access, jobs, run_counts, run_query::still_matching,
};

/// How many runs are cancelled by one request: each has a history of its own to add to.
const BATCH_CANCELLED: u64 = 200;
/// How many runs are deleted by one request: each may have logged a million points.
const BATCH_DELETED: u64 = 50;
/// How many runs are told of one by one; of more it is said that the project's runs have changed, because who listens
/// would fall behind.
const MAX_EVENTS: usize = 100;

impl Store {
    /// Changes the newest runs of a selection of the runs of projects that are older than the request's `after`. Those that
    /// `by` may see and not change, as her roles are when the change is made, are refused; those that the filter does not
    /// select any more by then are left alone.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the request asks for too much, or its filter cannot be read.
    pub async fn change_runs(
        &self,
        projects: impl Into<Projects>,
        by: UserId,
        request: BulkRunRequest,
    ) -> Result<BulkRunOutcome, StoreError> {
        let projects = projects.into();
        let before = check(&request)?;
        let BulkRunRequest { selection, change, .. } = request;
        let batch = batch(&change);
        // Looked for outside of the transaction, which on SQLite all writers share.
        let numbers = self.selected(&projects, &selection, before, batch).await?;
        let is_last = u64::try_from(numbers.len()).unwrap_or(u64::MAX) < batch;
        let next = numbers.last().filter(|_| !is_last).map(i64::to_string);
        let mut outcome = self
            .write(move |connection| {
                Box::pin(async move {
                    let runs = locked(connection, &projects, &selection, numbers).await?;
                    let mut outcome = BulkRunOutcome::default();
                    let runs = permitted(connection, by, runs, &mut outcome).await?;
                    for (project, runs) in by_project(runs) {
                        let changed = apply(connection, project, runs, &change).await?;
                        publish(connection, project, &change, &changed.changed_runs);
                        outcome.add(changed);
                    }
                    Ok(outcome)
                })
            })
            .await?;
        outcome.next = next;
        Ok(outcome)
    }
}

fn batch(change: &BulkRunChange) -> u64 {
    match change {
        BulkRunChange::Delete => BATCH_DELETED,
        BulkRunChange::Cancel => BATCH_CANCELLED,
        BulkRunChange::AddLabels(_)
        | BulkRunChange::RemoveLabels(_)
        | BulkRunChange::Archive
        | BulkRunChange::Restore => BulkRunRequest::BATCH,
    }
}

/// The number that all runs to be changed are below.
fn check(request: &BulkRunRequest) -> Result<i64, StoreError> {
    let invalid = |field, message| Err(StoreError::Invalid { field, message });
    if let Some((field, message)) = request.selection.why_not() {
        return invalid(field, message);
    }
    let labels = match &request.change {
        BulkRunChange::AddLabels(labels) => Some(("change.addLabels", labels)),
        BulkRunChange::RemoveLabels(labels) => Some(("change.removeLabels", labels)),
        BulkRunChange::Archive | BulkRunChange::Restore | BulkRunChange::Delete | BulkRunChange::Cancel => {
            None
        }
    };
    if let Some((field, _)) = labels.filter(|(_, names)| names.len() > LabelReference::MAX_PER_OBJECT) {
        return invalid(field, format!("name at most {} labels", LabelReference::MAX_PER_OBJECT));
    }
    match request.after.as_deref().map(str::parse) {
        None => Ok(i64::MAX),
        Some(Ok(before)) => Ok(before),
        Some(Err(_)) => invalid("after", "use what the answer before called `next`".to_owned()),
    }
}

/// The runs as they are now, kept from being changed by others. Those that were moved or changed meanwhile may not be
/// meant any more.
async fn locked(
    connection: &mut Connection,
    projects: &Projects,
    selection: &RunSelection,
    mut numbers: Vec<i64>,
) -> Result<Vec<RunRecord>, StoreError> {
    if connection.is_postgres() && !numbers.is_empty() {
        // Always in the same order, so that two who change the same runs do not wait for each other.
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        let mut sql = Sql::new("SELECT run_number FROM runs WHERE run_number IN (");
        sql.push_list(numbers.iter().copied()).push(") ORDER BY run_number DESC FOR UPDATE");
        connection.fetch_all(sql).await?;
    }
    let projects = projects.set();
    let mut runs = numbered(connection, numbers).await?;
    runs.retain(|run| projects.contains(&run.project_id));
    if let RunSelection::Matching(matching) = selection {
        let meant = still_matching(connection, matching, &runs).await?;
        runs.retain(|run| meant.contains(&run.number));
    }
    Ok(runs)
}

/// The runs that a person may change; the others are refused. Those that she may not even see any more are not told of.
async fn permitted(
    connection: &mut Connection,
    by: UserId,
    runs: Vec<RunRecord>,
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let projects: BTreeSet<ProjectId> = runs.iter().map(|run| run.project_id).collect();
    let roles = access::roles_in(connection, projects, by).await?;
    let mut permitted = Vec::with_capacity(runs.len());
    for run in runs {
        match roles.get(&run.project_id).map(|role| role.why_not(Action::EditRuns)) {
            Some(Some(reason)) => outcome.refuse(run.id, &run.name, &reason),
            Some(None) => permitted.push(run),
            None => {}
        }
    }
    Ok(permitted)
}

/// The runs of each project, in their order; the projects in theirs, so that two who change runs of the same projects
/// do not wait for each other.
fn by_project(runs: Vec<RunRecord>) -> BTreeMap<ProjectId, Vec<RunRecord>> {
    let mut of_projects = BTreeMap::<ProjectId, Vec<RunRecord>>::new();
    for run in runs {
        of_projects.entry(run.project_id).or_default().push(run);
    }
    of_projects
}

/// Changes the runs; says what became of them.
async fn apply(
    connection: &mut Connection,
    project: ProjectId,
    runs: Vec<RunRecord>,
    change: &BulkRunChange,
) -> Result<BulkRunOutcome, StoreError> {
    let mut outcome = BulkRunOutcome::default();
    let changed = match change {
        BulkRunChange::AddLabels(names) => {
            let added = labels::add(connection, project, runs, names, &mut outcome).await?;
            note_version(connection, &added).await?;
            added
        }
        BulkRunChange::RemoveLabels(names) => {
            let removed = labels::remove(connection, runs, names, &mut outcome).await?;
            note_version(connection, &removed).await?;
            removed
        }
        BulkRunChange::Archive => move_all(connection, runs, LifecycleStage::Deleted, &mut outcome).await?,
        BulkRunChange::Restore => move_all(connection, runs, LifecycleStage::Active, &mut outcome).await?,
        BulkRunChange::Delete => erase::runs(connection, runs, &mut outcome).await?,
        BulkRunChange::Cancel => cancel(connection, runs, &mut outcome).await?,
    };
    outcome.changed = u64::try_from(changed.len()).unwrap_or(u64::MAX);
    outcome.changed_runs = changed.into_iter().map(|run| run.id).collect();
    Ok(outcome)
}

async fn note_version(connection: &mut Connection, runs: &[RunRecord]) -> Result<(), StoreError> {
    if runs.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("UPDATE runs SET version = version + 1 WHERE run_number IN (");
    sql.push_list(runs.iter().map(|run| run.number)).push(")");
    connection.execute(sql).await.map(drop)
}

/// Moves runs to the bin or back.
async fn move_all(
    connection: &mut Connection,
    mut runs: Vec<RunRecord>,
    stage: LifecycleStage,
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let n_all = runs.len();
    runs.retain(|run| run.lifecycle_stage != stage);
    outcome.unchanged = u64::try_from(n_all - runs.len()).unwrap_or(u64::MAX);
    if runs.is_empty() {
        return Ok(runs);
    }
    let deleted_at = (stage == LifecycleStage::Deleted).then(crate::clock::now);
    let mut sql = Sql::new(
        "UPDATE runs SET lifecycle_stage = $1, deleted_at = $2, version = version + 1 WHERE run_number IN (",
    )
    .with(stage.as_str())
    .with(deleted_at);
    sql.push_list(runs.iter().map(|run| run.number)).push(")");
    connection.execute(sql).await?;
    let there = |run: &RunRecord| run_counts::Place { stage, ..run.place() };
    let gone = runs.iter().map(|run| (run.place(), -1));
    run_counts::add_all(connection, gone.chain(runs.iter().map(|run| (there(run), 1)))).await?;
    Ok(runs)
}

async fn cancel(
    connection: &mut Connection,
    runs: Vec<RunRecord>,
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let mut cancelled = Vec::with_capacity(runs.len());
    for run in runs {
        if let Some(reason) = run.status.why_not_cancel() {
            outcome.refuse(run.id, &run.name, reason);
        } else {
            jobs::cancel(connection, &run).await?;
            cancelled.push(run);
        }
    }
    Ok(cancelled)
}

/// Tells of the changed runs. Cancelling has told run by run already.
fn publish(connection: &mut Connection, project: ProjectId, change: &BulkRunChange, changed: &[RunId]) {
    let mut tell = |run_id| {
        connection.publish(Event { project_id: project, topic: EventTopic::Run, run_id });
    };
    match changed.len() {
        _ if *change == BulkRunChange::Cancel => {}
        0..=MAX_EVENTS => changed.iter().for_each(|run| tell(Some(*run))),
        _ => tell(None),
    }
}
