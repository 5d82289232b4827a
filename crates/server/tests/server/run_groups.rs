//! Groups of runs stay true while runs change: what memory says is what the database says, after each change.

use crate::fixture::{Fixture, metrics, parameters, point, tags};
use models::{
    code::CodeRepository,
    experiment::LifecycleStage,
    id::RunId,
    label::LabelReference,
    query::{Field, RunQuery},
    run::{BulkRunChange, BulkRunRequest, RunPatch, RunSelection, RunStatus},
    run_table::{GroupKey, GroupPage, GroupPageRequest, RunPageRequest},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use server::store::{Sources, Store};

const KEYS: [&str; 8] =
    ["status", "name", "data_version", "params.k", "tags.t", "experiment", "metrics.loss", "label"];

#[tokio::test]
async fn groups_follow_each_change() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let rng = &mut StdRng::seed_from_u64(3);
        let mut runs: Vec<RunId> = Vec::new();
        for step in 0..160 {
            change(&fixture, &mut runs, rng).await;
            check(&fixture, KEYS[step % KEYS.len()], step).await;
        }
    })
    .await;
}

async fn change(fixture: &Fixture, runs: &mut Vec<RunId>, rng: &mut StdRng) {
    let (store, project) = (&fixture.store, fixture.project);
    let Some(run) = runs.choose(rng).copied().filter(|_| rng.random_bool(0.8)) else {
        let new = crate::fixture::new_run(fixture.user, ["a", "b", "c"].choose(rng).unwrap());
        let sources =
            Sources { data_commit: rng.random_bool(0.5).then(|| "v1".to_owned()), ..Sources::default() };
        let made = store.create_run(fixture.experiment.number, server::store::NewRun { sources, ..new });
        runs.push(made.await.unwrap().id);
        return;
    };
    let other = |stage| RunPatch { lifecycle_stage: Some(stage), ..RunPatch::default() };
    let label = |name| LabelReference::in_query(&format!("s:{name}")).unwrap();
    let labels = |labels| RunPatch { labels: Some(labels), ..RunPatch::default() };
    let many = |change| BulkRunRequest { selection: RunSelection::Runs(vec![run]), change, after: None };
    match rng.random_range(0..12) {
        0 => store.set_run_status(run, *RunStatus::ALL.choose(rng).unwrap(), None).await.unwrap(),
        1 => drop(store.change_run(project, run, other(LifecycleStage::Deleted), None).await),
        2 => drop(store.change_run(project, run, other(LifecycleStage::Active), None).await),
        // What is in the bin refuses the rest, which changes nothing either.
        3 => drop(store.log_batch(run, metrics([point("loss", f64::NAN, rng.random_range(0..9))])).await),
        4 => drop(store.log_batch(run, metrics([point("loss", 0.5, rng.random_range(0..9))])).await),
        5 => drop(store.log_batch(run, parameters(&[("k", "1")])).await),
        6 => drop(store.log_batch(run, tags(&[("t", ["x", "y"].choose(rng).unwrap())])).await),
        7 => drop(store.change_run(project, run, labels(vec![label("x"), label("y")]), None).await),
        8 => drop(store.change_run(project, run, labels(Vec::new()), None).await),
        9 => drop(
            store.change_runs(project, fixture.user, many(BulkRunChange::AddLabels(vec![label("z")]))).await,
        ),
        10 => drop(
            store
                .change_runs(project, fixture.user, many(BulkRunChange::RemoveLabels(vec![label("x")])))
                .await,
        ),
        _ => drop(store.delete_run_tag(run, "t".to_owned()).await),
    }
}

/// Each group of a key holds as many runs as the database has with its value, and as many with the metric.
async fn check(fixture: &Fixture, key: &str, step: usize) {
    let page = groups(&fixture.store, fixture, key, "").await;
    let expected = count(fixture, &[], "").await;
    assert_eq!(page.total_runs, expected, "step {step}: by {key}");
    for group in &page.groups {
        let within = [group.key.clone()];
        let (total, logged) =
            (count(fixture, &within, "").await, count(fixture, &within, "metrics.loss IS SET").await);
        let aggregate = &group.aggregates[0];
        let found = (group.runs.total(), aggregate.count + aggregate.n_not_finite);
        assert_eq!(found, (total, logged), "step {step}: {key} = {:?}", group.key.value);
    }
}

async fn groups(store: &Store, fixture: &Fixture, key: &str, filter: &str) -> GroupPage {
    let request = GroupPageRequest {
        query: RunQuery {
            filter: filter.to_owned(),
            group_by: vec![key.parse().unwrap()],
            columns: vec![Field::Metric("loss".to_owned())],
            ..RunQuery::default()
        },
        within: Vec::new(),
        offset: 0,
        limit: 200,
        lifecycle_stage: LifecycleStage::Active,
    };
    store.group_page(fixture.project, &request).await.unwrap()
}

/// How many runs the database finds.
async fn count(fixture: &Fixture, within: &[GroupKey], filter: &str) -> u64 {
    let request = RunPageRequest {
        query: RunQuery { filter: filter.to_owned(), ..RunQuery::default() },
        within: within.to_vec(),
        offset: 0,
        limit: 1,
        lifecycle_stage: LifecycleStage::Active,
    };
    fixture.store.run_page(fixture.project, &request).await.unwrap().total
}

#[tokio::test]
async fn a_new_name_of_an_experiment_shows_and_is_filtered_by() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        fixture.run("run").await;
        assert_eq!(titles(&fixture, "").await, ["wine"]);
        let id = fixture.experiment.repository.experiment_repository_id;
        let patch = serde_json::from_value(serde_json::json!({"name": "cheese"})).unwrap();
        fixture.store.change_experiment(fixture.project, id, patch, None).await.unwrap();
        assert_eq!(titles(&fixture, "").await, ["cheese"]);
        assert_eq!(titles(&fixture, "experiment = 'cheese'").await, ["cheese"]);
        assert!(titles(&fixture, "experiment = 'wine'").await.is_empty());
    })
    .await;
}

async fn titles(fixture: &Fixture, filter: &str) -> Vec<String> {
    let page = groups(&fixture.store, fixture, "experiment", filter).await;
    page.groups.into_iter().filter_map(|group| group.title).collect()
}

#[tokio::test]
async fn groups_follow_the_end_of_what_their_runs_belong_to() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (store, project) = (&fixture.store, fixture.project);
        let new = serde_json::json!({"codeRepositoryName": "code", "uri": "https://git.example/code"});
        let code = store.create_code_repository(project, serde_json::from_value(new).unwrap()).await.unwrap();
        let sources = Sources { code: Some(code.code_repository_id), ..Sources::default() };
        let new = server::store::NewRun { sources, ..crate::fixture::new_run(fixture.user, "run") };
        store.create_run(fixture.experiment.number, new).await.unwrap();
        let by_code = groups(store, &fixture, "code", "").await;
        assert_eq!(by_code.groups[0].title.as_deref(), Some("code"));
        store.delete_owned::<CodeRepository>(project, code.code_repository_id).await.unwrap();
        let by_code = groups(store, &fixture, "code", "").await;
        assert_eq!((by_code.total_runs, by_code.groups[0].key.value.as_deref()), (1, None));
        for (stage, n_runs) in [(LifecycleStage::Deleted, 0), (LifecycleStage::Active, 1)] {
            let patch = serde_json::from_value(serde_json::json!({"lifecycleStage": stage})).unwrap();
            let id = fixture.experiment.repository.experiment_repository_id;
            store.change_experiment(project, id, patch, None).await.unwrap();
            assert_eq!(groups(store, &fixture, "code", "").await.total_runs, n_runs, "{stage:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn groups_follow_changes_that_another_server_makes() {
    crate::support::on_two_servers(|here, there| async move {
        let fixture = Fixture::new(here).await;
        fixture.run("run").await;
        assert_eq!(groups(&there, &fixture, "status", "").await.total_runs, 1);
        fixture.run("another").await;
        // What a server is told of by the database takes a moment.
        let mut patience = 100;
        while groups(&there, &fixture, "status", "").await.total_runs != 2 {
            patience -= 1;
            assert!(patience > 0, "the other server never heard of the run");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await;
}
