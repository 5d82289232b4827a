//! The table of runs: what the SQL answers is what a plain evaluation in memory answers, on both databases.

use crate::fixture::{Fixture, metrics, parameters, point};
use crate::naive::{NaiveGroup, NaiveRun};
use models::{
    experiment::LifecycleStage,
    query::{Field, Filter, RunQuery, SortKey},
    run_table::{
        ColumnContent, ColumnContents, ColumnContentsRequest, ColumnValues, GroupKey, GroupPage,
        GroupPageRequest, RunPage, RunPageRequest,
    },
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use server::store::{RunScope, StoreError};
use std::collections::HashSet;

const N_RUNS: usize = 60;
/// How many questions are asked; many more with `MANTIK_TEST_QUESTIONS`.
const N_QUESTIONS: u64 = 250;

#[tokio::test]
async fn random_questions_are_answered_as_in_memory() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let runs = crate::naive::make_runs(&fixture, &mut StdRng::seed_from_u64(7), N_RUNS).await;
        let n = std::env::var("MANTIK_TEST_QUESTIONS").ok().and_then(|n| n.parse().ok());
        for seed in 0..n.unwrap_or(N_QUESTIONS) {
            let rng = &mut StdRng::seed_from_u64(seed);
            let filter =
                if rng.random_bool(0.2) { Filter::all() } else { crate::naive::random_filter(rng, 3) };
            check_page(&fixture, &runs, &filter, &crate::naive::random_sort(rng), rng, seed).await;
            check_groups(&fixture, &runs, &filter, rng, seed).await;
            check_contents(&fixture, &runs, &filter, rng, seed).await;
        }
    })
    .await;
}

async fn check_page(
    fixture: &Fixture,
    runs: &[NaiveRun],
    filter: &Filter,
    sort: &[SortKey],
    rng: &mut StdRng,
    seed: u64,
) {
    let mut expected: Vec<&NaiveRun> = runs.iter().filter(|run| crate::naive::passes(run, filter)).collect();
    expected.sort_by(|a, b| crate::naive::compare(a, b, sort));
    let column = crate::naive::random_group_field(rng);
    let request = RunPageRequest {
        query: RunQuery {
            filter: filter.to_string(),
            sort: sort.to_vec(),
            columns: vec![column.clone()],
            ..RunQuery::default()
        },
        within: Vec::new(),
        offset: rng.random_range(0..40),
        limit: rng.random_range(1..30),
        lifecycle_stage: LifecycleStage::Active,
    };
    let page = fixture.store.run_page(fixture.project, &request).await.unwrap();
    check_search(fixture, &expected, filter, sort, rng, seed).await;
    let total = u64::try_from(expected.len()).unwrap();
    let skip = usize::try_from(request.offset).unwrap();
    let shown: Vec<&NaiveRun> =
        expected.into_iter().skip(skip).take(usize::try_from(request.limit).unwrap()).collect();
    let ids: Vec<_> = shown.iter().map(|run| run.id).collect();
    assert_eq!((page.total, &page.run_ids), (total, &ids), "question {seed}: {filter} ordered by {sort:?}");
    for (row, run) in shown.iter().enumerate() {
        check_cell(&page, row, run, &column, seed);
    }
}

/// The search of MLflow's API, which the database answers for so few runs, finds the same runs in the same order.
async fn check_search(
    fixture: &Fixture,
    expected: &[&NaiveRun],
    filter: &Filter,
    sort: &[SortKey],
    rng: &mut StdRng,
    seed: u64,
) {
    let stage = Some(LifecycleStage::Active);
    let scope = RunScope { projects: fixture.project.into(), experiments: None, stage };
    let (offset, limit) = (rng.random_range(0..40), rng.random_range(1..30));
    let found = fixture.store.search_runs(&scope, filter, sort, offset, limit).await.unwrap();
    let skip = usize::try_from(offset).unwrap();
    let shown = expected.iter().skip(skip).take(usize::try_from(limit).unwrap());
    let ids: Vec<_> = shown.map(|run| run.id).collect();
    let found: Vec<_> = found.iter().map(|run| run.id).collect();
    assert_eq!(found, ids, "search {seed}: {filter} ordered by {sort:?}");
}

pub(crate) fn check_cell(page: &RunPage, row: usize, run: &NaiveRun, field: &Field, seed: u64) {
    assert_eq!(page.names[row], run.name);
    assert_eq!(page.statuses[row], run.status);
    assert_eq!(page.start_times[row].map(|time| time.0), run.start_time);
    let shown = match &page.columns[0].values {
        ColumnValues::Numbers(numbers) => numbers[row].map(|number| number.0.to_string()),
        ColumnValues::Texts(texts) => texts.at(row).map(|entry| entry.text.clone()),
        ColumnValues::Labels(labels) => listed(labels.at(row).map(models::label::Label::text)),
    };
    let expected = crate::naive::value_of(run, field).map(|value| match value {
        crate::naive::Plain::Number(number) => number.to_string(),
        crate::naive::Plain::Text(text) | crate::naive::Plain::Named(_, text) => text,
        crate::naive::Plain::Several(several) => {
            listed(several.into_iter().map(|(_, text)| text)).unwrap_or_default()
        }
    });
    assert_eq!(shown, expected, "question {seed}: {field}");
}

/// Texts in the order of their bytes, whatever that of the database is; `None` when there are none.
fn listed(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut texts: Vec<_> = texts.collect();
    texts.sort_unstable();
    (!texts.is_empty()).then(|| texts.join("; "))
}

async fn check_groups(fixture: &Fixture, runs: &[NaiveRun], filter: &Filter, rng: &mut StdRng, seed: u64) {
    let keys = [crate::naive::random_group_field(rng), crate::naive::random_group_field(rng)];
    let metric = Field::Metric("loss".to_owned());
    let query = RunQuery {
        filter: filter.to_string(),
        group_by: keys.to_vec(),
        columns: vec![metric],
        ..RunQuery::default()
    };
    let passing: Vec<&NaiveRun> = runs.iter().filter(|run| crate::naive::passes(run, filter)).collect();
    let outer = crate::naive::group(&passing, &keys[0]);
    let ask = |within: Vec<GroupKey>, offset, limit| GroupPageRequest {
        query: query.clone(),
        within,
        offset,
        limit,
        lifecycle_stage: LifecycleStage::Active,
    };
    let limit = rng.random_range(1..200);
    let page = fixture.store.group_page(fixture.project, &ask(Vec::new(), 0, limit)).await.unwrap();
    check_group_page(&page, &outer, limit, seed);
    let Some(first) = outer.first() else { return };
    let within = GroupKey { field: keys[0].clone(), value: first.value.clone() };
    let inner = crate::naive::group(&first.runs, &keys[1]);
    let page = fixture.store.group_page(fixture.project, &ask(vec![within.clone()], 0, 200)).await.unwrap();
    check_group_page(&page, &inner, 200, seed);
    let runs = RunPageRequest {
        query: query.clone(),
        within: vec![within.clone(), GroupKey { field: keys[1].clone(), value: inner[0].value.clone() }],
        offset: 0,
        limit: 200,
        lifecycle_stage: LifecycleStage::Active,
    };
    let runs = fixture.store.run_page(fixture.project, &runs).await.unwrap();
    assert_eq!(runs.total, u64::try_from(inner[0].runs.len()).unwrap(), "question {seed}: runs of a group");
}

fn check_group_page(page: &GroupPage, expected: &[NaiveGroup<'_>], limit: u64, seed: u64) {
    let n_runs =
        expected.iter().flat_map(|group| &group.runs).map(|run| run.id).collect::<HashSet<_>>().len();
    let totals = (u64::try_from(expected.len()).unwrap(), u64::try_from(n_runs).unwrap());
    assert_eq!((page.total, page.total_runs), totals, "question {seed}");
    let shown = &expected[..expected.len().min(usize::try_from(limit).unwrap())];
    let titles: Vec<_> =
        page.groups.iter().map(|group| (group.key.value.clone(), group.title.clone())).collect();
    let names: Vec<_> = shown.iter().map(|group| (group.value.clone(), group.title.clone())).collect();
    assert_eq!(titles, names, "question {seed}");
    for (group, expected) in page.groups.iter().zip(shown) {
        assert_eq!(group.runs.total(), u64::try_from(expected.runs.len()).unwrap());
        let latest = expected.runs.iter().filter_map(|run| run.start_time).max();
        assert_eq!(group.last_start_time.map(|time| time.0), latest);
        let values: Vec<f64> =
            expected.runs.iter().filter_map(|run| run.metrics.get("loss").copied()).collect();
        check_aggregate(&group.aggregates[0], &values);
    }
}

async fn check_contents(fixture: &Fixture, runs: &[NaiveRun], filter: &Filter, rng: &mut StdRng, seed: u64) {
    let fields = [0; 4].map(|_| crate::naive::random_group_field(rng));
    let found = contents(fixture, &filter.to_string(), &fields, LifecycleStage::Active).await;
    let passing: Vec<&NaiveRun> = runs.iter().filter(|run| crate::naive::passes(run, filter)).collect();
    assert_eq!(found.total, u64::try_from(passing.len()).unwrap(), "question {seed}: {filter}");
    for (field, summary) in fields.iter().zip(found.columns) {
        let mut values: Vec<Option<String>> = passing
            .iter()
            .map(|run| crate::naive::value_of(run, field).map(|value| format!("{value:?}")))
            .collect();
        values.sort();
        values.dedup();
        let expected = match values.as_slice() {
            [] | [None] => ColumnContent::Empty,
            [Some(_)] => ColumnContent::Same,
            _ => ColumnContent::Differing,
        };
        let told = (&summary.field, summary.content);
        assert_eq!(told, (field, expected), "question {seed}: {field} of {filter}: {values:?}");
    }
}

async fn contents(
    fixture: &Fixture,
    filter: &str,
    columns: &[Field],
    lifecycle_stage: LifecycleStage,
) -> ColumnContents {
    let query = RunQuery { filter: filter.to_owned(), columns: columns.to_vec(), ..RunQuery::default() };
    let request = ColumnContentsRequest { query, lifecycle_stage };
    fixture.store.column_contents(fixture.project, &request).await.unwrap()
}

#[tokio::test]
async fn one_run_of_many_makes_a_column_differ_and_a_filter_makes_it_the_same_again() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let mut last = None;
        for number in 0..70 {
            let run = fixture.run("run").await.id;
            let rate = if number == 69 { "0.2" } else { "0.1" };
            fixture.log(run, parameters(&[("rate", rate), ("seed", "7")])).await;
            fixture.log(run, metrics([point("loss", f64::NAN, 0)])).await;
            last = Some(run);
        }
        let columns: Vec<Field> = ["params.rate", "params.seed", "metrics.loss", "params.never", "run_id"]
            .iter()
            .map(|name| name.parse().unwrap())
            .collect();
        let ask = async |filter: &str, stage| {
            let found = contents(&fixture, filter, &columns, stage).await.columns;
            found.iter().map(|column| column.content).collect::<Vec<_>>()
        };
        use ColumnContent::{Differing, Empty, Same};
        let active = LifecycleStage::Active;
        assert_eq!(ask("", active).await, [Differing, Same, Same, Empty, Differing]);
        assert_eq!(ask("params.rate = '0.1'", active).await, [Same, Same, Same, Empty, Differing]);
        assert_eq!(ask("params.rate = '0.2'", active).await, [Same, Same, Same, Empty, Same]);
        assert_eq!(ask("", LifecycleStage::Deleted).await, [Empty; 5]);
        // It follows what is logged since.
        fixture.log(last.unwrap(), metrics([point("loss", 1.0, 1)])).await;
        assert_eq!(ask("", active).await, [Differing, Same, Differing, Empty, Differing]);
    })
    .await;
}

fn check_aggregate(aggregate: &models::run_table::Aggregate, values: &[f64]) {
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let counts = (u64::try_from(finite.len()).unwrap(), u64::try_from(values.len() - finite.len()).unwrap());
    assert_eq!((aggregate.count, aggregate.n_not_finite), counts);
    let n = finite.len() as f64;
    let mean = (!finite.is_empty()).then(|| finite.iter().sum::<f64>() / n);
    close(aggregate.mean, mean);
    // Divided by the greatest value, so that no square overflows.
    let greatest = finite.iter().copied().map(f64::abs).fold(f64::MIN_POSITIVE, f64::max);
    let squares = |mean: f64| finite.iter().map(|value| ((value - mean) / greatest).powi(2)).sum::<f64>();
    let deviation =
        mean.filter(|_| finite.len() > 1).map(|mean| (squares(mean) / (n - 1.0)).sqrt() * greatest);
    close(aggregate.standard_deviation, deviation);
    assert_eq!(aggregate.min, finite.iter().copied().reduce(f64::min));
    assert_eq!(aggregate.max, finite.iter().copied().reduce(f64::max));
}

fn close(actual: Option<f64>, expected: Option<f64>) {
    match (actual.filter(|value| value.is_finite()), expected.filter(|value| value.is_finite())) {
        (Some(actual), Some(expected)) => {
            assert!(
                (actual - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
                "{actual} is not {expected}"
            );
        }
        (actual, expected) => assert_eq!(actual, expected),
    }
}

#[tokio::test]
async fn a_deviation_is_exact_where_the_values_are_great_and_alike() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        for value in [1.0, 2.0, 3.0, 4.0] {
            let run = fixture.run("run").await;
            fixture.log(run.id, metrics([point("t", 1.7e12 + value, 0)])).await;
        }
        let request = serde_json::json!({"query": {"groupBy": ["status"], "columns": ["metrics.t"]}});
        let request = serde_json::from_value(request).unwrap();
        let page = fixture.store.group_page(fixture.project, &request).await.unwrap();
        close(page.groups[0].aggregates[0].standard_deviation, Some((5.0_f64 / 3.0).sqrt()));
    })
    .await;
}

#[tokio::test]
async fn a_page_beyond_the_last_still_knows_the_totals() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        for n in ["1", "2"] {
            let run = fixture.run("run").await;
            fixture.log(run.id, parameters(&[("n", n)])).await;
        }
        let request = serde_json::json!({"query": {"groupBy": ["params.n"]}, "offset": 10});
        let page = fixture
            .store
            .group_page(fixture.project, &serde_json::from_value(request).unwrap())
            .await
            .unwrap();
        assert_eq!((page.total, page.total_runs, page.groups.len()), (2, 2, 0));
        let request = serde_json::json!({"query": {"sort": [{"field": "metrics.none"}]}, "offset": 10});
        let page =
            fixture.store.run_page(fixture.project, &serde_json::from_value(request).unwrap()).await.unwrap();
        assert_eq!((page.total, page.run_ids.len()), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_refused() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        for filter in ["metrics.loss <", "name = 'a\0b'", "colour = 'red'"] {
            let query = RunQuery { filter: filter.to_owned(), ..RunQuery::default() };
            let request = serde_json::from_value(serde_json::json!({ "query": query })).unwrap();
            let refused = fixture.store.run_page(fixture.project, &request).await;
            assert!(matches!(refused, Err(StoreError::Invalid { field: "query.filter", .. })), "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn times_are_compared_with_dates_and_with_now() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let now = server::clock::now().0;
        for (name, age) in [("old", 10 * 86_400_000), ("new", 60_000)] {
            let new = crate::fixture::new_run(fixture.user, name);
            let start_time = Some(models::time::UnixMillis(now - age));
            let new = server::store::NewRun { start_time, ..new };
            let run = fixture.store.create_run(fixture.experiment.number, new).await.unwrap();
            let end = models::time::UnixMillis(now - age + 5_400_000);
            fixture.store.set_run_status(run.id, models::run::RunStatus::Finished, Some(end)).await.unwrap();
        }
        for (filter, names) in [
            ("start_time > now - 7d", vec!["new"]),
            ("start_time < now - 1w AND start_time > '2020-01-01'", vec!["old"]),
            ("start_time > '9999-12-31 23:59'", vec![]),
            ("duration > 1h AND duration < 2h", vec!["new", "old"]),
            ("duration > 90m OR name !~ '^(new|old)$'", vec![]),
        ] {
            let request = serde_json::json!({"query": {"filter": filter}});
            let request = serde_json::from_value(request).unwrap();
            let page = fixture.store.run_page(fixture.project, &request).await.unwrap();
            assert_eq!(page.names, names, "{filter}");
            let scope = RunScope::project(fixture.project, LifecycleStage::Active);
            let filter = models::query::parse(filter).unwrap();
            let found = fixture.store.search_runs(&scope, &filter, &[], 0, 10).await.unwrap();
            assert_eq!(found.iter().map(|run| run.name.as_str()).collect::<Vec<_>>(), names, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_covers_the_experiments_of_several_projects() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let other = crate::fixture::add_project(&fixture.store, fixture.user).await;
        let there =
            fixture.store.create_experiment(other, "there".to_owned(), None, Vec::new()).await.unwrap();
        let here = fixture.run("here").await;
        let new = crate::fixture::new_run(fixture.user, "elsewhere");
        let elsewhere = fixture.store.create_run(there.number, new).await.unwrap();
        for (run, value) in [(&here, 1.0), (&elsewhere, 2.0)] {
            fixture.log(run.id, metrics([point("loss", value, 0)])).await;
        }
        let scope = RunScope {
            projects: vec![fixture.project, other].into(),
            experiments: Some(vec![fixture.experiment.number, there.number]),
            stage: None,
        };
        let filter = models::query::parse("metrics.loss > 0").unwrap();
        let order = [SortKey { field: Field::Metric("loss".to_owned()), descending: true }];
        let found = fixture.store.search_runs(&scope, &filter, &order, 0, 10).await.unwrap();
        assert_eq!(found.iter().map(|run| run.id).collect::<Vec<_>>(), [elsewhere.id, here.id]);
        let none = RunScope { experiments: Some(Vec::new()), ..scope };
        assert!(fixture.store.search_runs(&none, &filter, &order, 0, 10).await.unwrap().is_empty());
    })
    .await;
}
