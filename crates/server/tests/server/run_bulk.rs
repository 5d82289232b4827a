//! Changes of many runs at once: over several batches, with refusals, and only by who may.

use crate::fixture::{Fixture, metrics, new_run, point, tags};
use crate::support::{TestApp, on_each_app, on_each_database};
use models::{
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    label::LabelReference,
    paths,
    permission::Role,
    query::RunQuery,
    run::{
        BulkRunChange, BulkRunOutcome, BulkRunRequest, LabelChange, MatchingRuns, RunSelection, RunStatus,
    },
    run_table::RunPageRequest,
};
use serde_json::json;
use server::store::{ArtifactOwner, ArtifactPlace, ArtifactRecord, Store, StoreError};

fn matching(filter: &str, stage: LifecycleStage) -> RunSelection {
    let filter = filter.to_owned();
    RunSelection::Matching(MatchingRuns { filter, except: Vec::new(), lifecycle_stage: stage })
}

/// Changes all, request by request; says what became of them and how many requests it took.
async fn all(
    fixture: &Fixture,
    project: ProjectId,
    selection: RunSelection,
    change: BulkRunChange,
) -> (BulkRunOutcome, usize) {
    let (mut outcome, mut n_requests) = (BulkRunOutcome::default(), 0);
    loop {
        let after = outcome.next.take();
        let request = BulkRunRequest { selection: selection.clone(), change: change.clone(), after };
        outcome.add(fixture.store.change_runs(project, fixture.user, request).await.unwrap());
        n_requests += 1;
        if outcome.next.is_none() {
            return (outcome, n_requests);
        }
    }
}

async fn total(fixture: &Fixture, filter: &str, stage: LifecycleStage) -> u64 {
    let query = RunQuery { filter: filter.to_owned(), ..RunQuery::default() };
    let request = RunPageRequest { query, within: Vec::new(), offset: 0, limit: 1, lifecycle_stage: stage };
    fixture.store.run_page(fixture.project, &request).await.unwrap().total
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    store.read().await.unwrap().fetch_one(sql).await.unwrap().get("n").unwrap()
}

/// A run, and copies of it.
async fn many(fixture: &Fixture, n: i64) {
    fixture.run("seed").await;
    let experiment = fixture.experiment.number;
    for _ in 1..n {
        let new = new_run(fixture.user, "copy");
        fixture.store.create_run(experiment, new).await.unwrap();
    }
}

#[tokio::test]
async fn many_runs_are_moved_to_the_bin_and_back_batch_by_batch() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        many(&fixture, 1_020).await;
        let (active, bin) = (LifecycleStage::Active, LifecycleStage::Deleted);
        // Asked before, so that the columns in memory must take note.
        assert_eq!(total(&fixture, "name = 'copy'", active).await, 1_019);
        let (outcome, n_requests) =
            all(&fixture, fixture.project, matching("name = 'copy'", active), BulkRunChange::Archive).await;
        assert_eq!((outcome.changed, outcome.unchanged, outcome.refused, n_requests), (1_019, 0, 0, 2));
        assert_eq!(total(&fixture, "name = 'copy'", active).await, 0);
        assert_eq!(total(&fixture, "name = 'copy'", bin).await, 1_019);
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().total(), 1);
        let (outcome, _) = all(&fixture, fixture.project, matching("", bin), BulkRunChange::Restore).await;
        assert_eq!(outcome.changed, 1_019);
        assert_eq!(total(&fixture, "", active).await, 1_020);
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().total(), 1_020);
    })
    .await;
}

#[tokio::test]
async fn runs_that_come_in_meanwhile_are_not_touched() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        many(&fixture, 1_001).await;
        let request = |after| BulkRunRequest {
            selection: matching("", LifecycleStage::Active),
            change: BulkRunChange::Archive,
            after,
        };
        let first = fixture.store.change_runs(fixture.project, fixture.user, request(None)).await.unwrap();
        let late = fixture.run("late").await;
        let second =
            fixture.store.change_runs(fixture.project, fixture.user, request(first.next)).await.unwrap();
        assert_eq!((first.changed, second.changed, second.next), (1_000, 1, None));
        let late = fixture.store.run(fixture.project, late.id).await.unwrap();
        assert_eq!(late.lifecycle_stage, LifecycleStage::Active);
    })
    .await;
}

#[tokio::test]
async fn only_what_has_not_ended_is_cancelled_and_the_rest_is_told() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (running, ended) = (fixture.run("running").await, fixture.run("ended").await);
        fixture.store.set_run_status(ended.id, RunStatus::Finished, None).await.unwrap();
        let selection = RunSelection::Runs(vec![running.id, ended.id, RunId(uuid::Uuid::nil())]);
        let (outcome, _) = all(&fixture, fixture.project, selection, BulkRunChange::Cancel).await;
        assert_eq!((outcome.changed, outcome.refused), (1, 1));
        assert_eq!(outcome.refusals[0].run_id, ended.id);
        assert_eq!(outcome.refusals[0].reason, "This run has already ended.");
        let run = fixture.store.run(fixture.project, running.id).await.unwrap();
        assert_eq!((run.status, run.end_time.is_some()), (RunStatus::Killed, true));
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().killed, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_for_good_leaves_nothing() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (gone, stays) = (fixture.run("gone").await, fixture.run("stays").await);
        for run in [gone.id, stays.id] {
            fixture.log(run, metrics([point("loss", 0.5, 1)])).await;
            fixture.log(run, tags(&[("team", "red")])).await;
            let place = ArtifactPlace {
                project: fixture.project,
                experiment: fixture.experiment.number,
                owner: ArtifactOwner::Run(run),
            };
            let artifact = ArtifactRecord { path: "a".to_owned(), sha256: vec![1; 32], size: 1 };
            fixture.store.put_artifact(place, artifact).await.unwrap();
        }
        let label =
            LabelReference::Named(serde_json::from_value(json!({"scope": "a", "name": "b"})).unwrap());
        let both = || RunSelection::Runs(vec![gone.id, stays.id]);
        all(&fixture, fixture.project, both(), BulkRunChange::AddLabels(vec![label])).await;
        assert_eq!(total(&fixture, "metrics.loss = 0.5", LifecycleStage::Active).await, 2);
        all(&fixture, fixture.project, RunSelection::Runs(vec![gone.id]), BulkRunChange::Archive).await;
        let (outcome, _) = all(&fixture, fixture.project, both(), BulkRunChange::Delete).await;
        assert_eq!((outcome.changed, outcome.refused), (1, 1));
        assert!(outcome.refusals[0].reason.contains("archive it first"), "{outcome:?}");
        let found = fixture.store.run(fixture.project, gone.id).await;
        assert!(matches!(found, Err(StoreError::NotFound)), "{found:?}");
        for rows in [
            "SELECT COUNT(*) AS n FROM runs",
            "SELECT COUNT(*) AS n FROM artifacts",
            "SELECT COUNT(*) AS n FROM object_labels",
            "SELECT COUNT(*) AS n FROM metric_points",
            "SELECT CAST(SUM(n_runs) AS BIGINT) AS n FROM run_counts",
            "SELECT n_runs AS n FROM run_keys WHERE key = 'loss'",
            "SELECT n_runs AS n FROM run_keys WHERE key = 'team'",
        ] {
            assert_eq!(count(&fixture.store, rows).await, 1, "{rows}");
        }
        assert_eq!(total(&fixture, "metrics.loss = 0.5", LifecycleStage::Active).await, 1);
        assert_eq!(total(&fixture, "metrics.loss = 0.5", LifecycleStage::Deleted).await, 0);
    })
    .await;
}

#[tokio::test]
async fn labels_are_given_and_taken() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (one, two) = (fixture.run("one").await, fixture.run("two").await);
        let label = |name: &str| {
            LabelReference::Named(serde_json::from_value(json!({"scope": "topic", "name": name})).unwrap())
        };
        let add = |names: &[&str]| BulkRunChange::AddLabels(names.iter().map(|name| label(name)).collect());
        let both = || RunSelection::Runs(vec![one.id, two.id]);
        let only = RunSelection::Runs(vec![one.id]);
        let change = async |selection, change| all(&fixture, fixture.project, selection, change).await.0;
        assert_eq!(change(only, add(&["rain"])).await.changed, 1);
        let outcome = change(both(), add(&["rain", "sun"])).await;
        assert_eq!((outcome.changed, outcome.unchanged, outcome.knows_labels()), (2, 0, true));
        // Exactly what was given can be taken again: the first run had one of the labels before.
        let of_two = |change: &LabelChange| change.run_ids == [two.id];
        assert_eq!(outcome.changed_labels.iter().filter(|change| of_two(change)).count(), 1);
        for given in outcome.changed_labels {
            let label = BulkRunChange::RemoveLabels(vec![LabelReference::Id(given.label_id)]);
            let taken = change(RunSelection::Runs(given.run_ids.clone()), label).await;
            assert_eq!(taken.changed_labels[0].run_ids, given.run_ids);
        }
        assert_eq!(count(&fixture.store, "SELECT COUNT(*) AS n FROM object_labels").await, 1);
        let outcome = change(both(), add(&["rain"])).await;
        assert_eq!((outcome.changed, outcome.unchanged), (1, 1));
        let names: Vec<String> = (0..100).map(|n| format!("n{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let outcome = change(both(), add(&names)).await;
        assert_eq!((outcome.changed, outcome.refused), (0, 2));
        let n_made = count(&fixture.store, "SELECT COUNT(*) AS n FROM labels").await;
        let unknown = change(both(), BulkRunChange::RemoveLabels(vec![label("unknown")])).await;
        assert_eq!((unknown.changed, unknown.unchanged), (0, 2));
        assert_eq!(count(&fixture.store, "SELECT COUNT(*) AS n FROM labels").await, n_made);
        let outcome = change(both(), BulkRunChange::RemoveLabels(vec![label("rain")])).await;
        assert_eq!(outcome.changed, 2);
        assert_eq!(count(&fixture.store, "SELECT COUNT(*) AS n FROM object_labels").await, 0);
    })
    .await;
}

#[tokio::test]
async fn only_who_may_edit_runs_changes_many() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let reporter = app.member(project, "Rob", Role::Reporter).await;
        let researcher = app.member(project, "Rea", Role::Researcher).await;
        let body = json!({"selection": {"matching": {"filter": ""}}, "change": "archive"});
        let ask = |by| app.post(paths::runs_bulk(project)).by(by).json(&body);
        ask(&reporter).await.expect(403);
        assert_eq!(ask(&researcher).await.expect(200).json()["changed"], 0);
        for wrong in [
            json!({"selection": {"matching": {"filter": "metrics.loss <"}}, "change": "archive"}),
            json!({"selection": {"runs": []}, "change": "explode"}),
            json!({"selection": {"runs": []}, "change": "archive", "after": "x"}),
            json!({"selection": {"matching": {"filter": "a".repeat(5_000)}}, "change": "archive"}),
            json!({"selection": {"runs": vec![RunId(uuid::Uuid::nil()); 10_001]}, "change": "archive"}),
        ] {
            app.post(paths::runs_bulk(project)).by(&ann).json(&wrong).await.expect(422);
        }
    })
    .await;
}

#[tokio::test]
async fn expressions_select_what_is_changed() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (copy, other) = (fixture.run("copy").await, fixture.run("other").await);
        fixture.log(copy.id, tags(&[("t", "abc")])).await;
        let filters = [
            "name ~ '^o'",
            "tags.t ~ '^b'",
            "user ~ 'n' AND experiment !~ '^w'",
            "tags.t ~ 'b' AND name ~ 'p'",
        ];
        for (filter, changed) in filters.into_iter().zip([vec![other.id], vec![], vec![], vec![copy.id]]) {
            let selection = matching(filter, LifecycleStage::Active);
            let (outcome, _) = all(&fixture, fixture.project, selection, BulkRunChange::Archive).await;
            assert_eq!(outcome.changed_runs, changed, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_her_role_changes_nothing() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let bob = app.member(project, "Bob", Role::Reporter).await;
        let cyd = app.person("Cyd").await;
        let experiment =
            app.store().create_experiment(project, "e".to_owned(), None, Vec::new()).await.unwrap();
        let run = app.store().create_run(experiment.number, new_run(ann.id, "run")).await.unwrap();
        for (by, n_refused) in [(bob.id, 1), (cyd.id, 0)] {
            let selection = RunSelection::Runs(vec![run.id]);
            let request = BulkRunRequest { selection, change: BulkRunChange::Archive, after: None };
            let outcome = app.store().change_runs(project, by, request).await.unwrap();
            assert_eq!((outcome.changed, outcome.refused), (0, n_refused));
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_the_runs_of_another_project() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("mine").await;
        let other = crate::fixture::add_project(&fixture.store, fixture.user).await;
        for selection in [RunSelection::Runs(vec![run.id]), matching("", LifecycleStage::Active)] {
            let (outcome, _) = all(&fixture, other, selection, BulkRunChange::Archive).await;
            assert_eq!(outcome, BulkRunOutcome::default());
        }
    })
    .await;
}
