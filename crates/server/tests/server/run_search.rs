//! Where a project has many runs, memory answers; it must say what the database says.

use crate::fixture::Fixture;
use models::{
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    query::{Filter, SortKey, parse},
    time::UnixMillis,
};
use serde_json::json;
use server::store::{FillPlace, FillRuns, RunScope, Sql, Store};

const N_RUNS: i64 = 5_000;
const FILTERS: [&str; 5] =
    ["", "metrics.metric_4 < 0.5", "metrics.metric_4 < -1", "params.parameter_1 != '7'", "status = 'FAILED'"];
const ORDERS: [&str; 5] = ["start_time", "metrics.metric_3", "params.parameter_0", "duration", "name"];

#[tokio::test]
async fn a_search_among_many_runs_finds_what_the_database_finds() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let place = fill(&fixture).await;
        let other = crate::fixture::add_project(&fixture.store, fixture.user).await;
        let half = RunScope {
            projects: fixture.project.into(),
            experiments: Some(vec![place.experiments[0]]),
            stage: Some(LifecycleStage::Active),
        };
        let all = RunScope { experiments: Some(place.experiments.clone()), stage: None, ..half.clone() };
        for scope in [half, all] {
            compare(&fixture.store, &scope, other).await;
        }
    })
    .await;
}

#[tokio::test]
async fn columns_that_are_read_in_pieces_are_whole() {
    are_whole(1).await;
}

#[tokio::test]
async fn columns_of_runs_that_logged_much_else_are_whole() {
    are_whole(1_000_000).await;
}

async fn are_whole(n_more: i64) {
    crate::support::on_each_database(move |store| async move {
        let (fixture, scope, other) = in_pieces(store, n_more).await;
        compare(&fixture.store, &scope, other).await;
    })
    .await;
}

#[tokio::test]
async fn questions_are_answered_right_while_columns_are_read_ahead() {
    crate::support::on_each_database(|store| async move {
        let (fixture, scope, other) = in_pieces(store, 1).await;
        let (ahead, ()) =
            tokio::join!(fixture.store.read_columns_ahead(), compare(&fixture.store, &scope, other));
        ahead.unwrap();
        compare(&fixture.store, &scope, other).await;
    })
    .await;
}

/// Pretends that there are so many runs that they are read in several pieces, and that they have logged as much as they
/// have, times `n_more`; gives where they are, and another project.
async fn in_pieces(store: Store, n_more: i64) -> (Fixture, RunScope, ProjectId) {
    let fixture = Fixture::new(store).await;
    let place = fill(&fixture).await;
    let other = crate::fixture::add_project(&fixture.store, fixture.user).await;
    let pretended = fixture.store.write(move |connection| {
        Box::pin(async move {
            connection.execute("UPDATE run_counts SET n_runs = n_runs * 40").await?;
            connection.execute(Sql::new("UPDATE run_keys SET n_runs = n_runs * $1").with(n_more)).await
        })
    });
    pretended.await.unwrap();
    let scope =
        RunScope { projects: fixture.project.into(), experiments: Some(place.experiments), stage: None };
    (fixture, scope, other)
}

/// Memory finds the runs of a project that the database finds, which is asked what concerns several projects.
async fn compare(store: &Store, scope: &RunScope, other: ProjectId) {
    let only = scope.projects.only().unwrap();
    let of_database = RunScope { projects: vec![only, other].into(), ..scope.clone() };
    for (filter, order, offset) in questions() {
        let found = search(store, scope, &filter, &order, offset).await;
        let expected = search(store, &of_database, &filter, &order, offset).await;
        assert_eq!(found, expected, "{filter} ordered by {order:?} from {offset}");
    }
}

#[tokio::test]
async fn a_page_far_behind_the_first_shows_what_the_database_finds() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let place = fill(&fixture).await;
        let scope = RunScope {
            projects: vec![fixture.project, crate::fixture::add_project(&fixture.store, fixture.user).await]
                .into(),
            experiments: Some(place.experiments),
            stage: Some(LifecycleStage::Active),
        };
        // At first the columns are not there, and an index is walked along.
        for order in ORDERS.into_iter().chain(ORDERS) {
            let query = json!({"sort": [{"field": order, "descending": true}]});
            let request = json!({"query": query, "offset": 2_500, "limit": 20});
            let request = serde_json::from_value(request).unwrap();
            let page = fixture.store.run_page(fixture.project, &request).await.unwrap();
            let expected = search(&fixture.store, &scope, &Filter::all(), &request.query.sort, 2_500).await;
            assert_eq!((page.total, page.run_ids), (5_000, expected), "{order}");
        }
    })
    .await;
}

/// Runs of two experiments, in turn, a few more of which are in the bin.
async fn fill(fixture: &Fixture) -> FillPlace {
    let (store, project) = (&fixture.store, fixture.project);
    let code = json!({"codeRepositoryName": "code", "uri": "https://git.example/code"});
    let code = store.create_code_repository(project, serde_json::from_value(code).unwrap()).await.unwrap();
    let data = json!({"dataRepositoryName": "data", "uri": "s3://data"});
    let data = store.create_data_repository(project, serde_json::from_value(data).unwrap()).await.unwrap();
    let code = code.code_repository_id;
    let model = json!({"name": "model", "codeRepositoryId": code, "commit": "c0"});
    let model = store.create_model_repository(project, serde_json::from_value(model).unwrap()).await.unwrap();
    let second = store.create_experiment(project, "beer".to_owned(), None, Vec::new()).await.unwrap();
    let place = FillPlace {
        project,
        user: fixture.user,
        code,
        data: data.data_repository_id,
        models: vec![model.model_repository_id],
        experiments: vec![fixture.experiment.number, second.number],
    };
    let fill = FillRuns { place: place.clone(), numbers: 0..N_RUNS, first_start: UnixMillis(0) };
    store.fill_runs(fill).await.unwrap();
    store.count_filled(place.clone(), N_RUNS).await.unwrap();
    let deleted = fixture.run("deleted").await.id;
    let patch = serde_json::from_value(json!({"lifecycleStage": "deleted"})).unwrap();
    store.change_run(project, deleted, patch, None).await.unwrap();
    place
}

fn questions() -> impl Iterator<Item = (Filter, Vec<SortKey>, u64)> {
    FILTERS.into_iter().flat_map(|filter| {
        ORDERS.into_iter().flat_map(move |order| {
            [(false, 0), (true, 700), (true, 2_400)].map(|(descending, offset)| {
                let order = SortKey { field: order.parse().unwrap(), descending };
                (parse(filter).unwrap(), vec![order], offset)
            })
        })
    })
}

async fn search(
    store: &Store,
    scope: &RunScope,
    filter: &Filter,
    order: &[SortKey],
    offset: u64,
) -> Vec<RunId> {
    let found = store.search_runs(scope, filter, order, offset, 20).await.unwrap();
    found.iter().map(|run| run.id).collect()
}
