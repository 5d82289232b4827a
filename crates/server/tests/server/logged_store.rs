//! What runs log, in the store.

use crate::fixture::{Fixture, metrics, new_run, pair, parameters, point, tags};
use models::{
    code::CodeRepository,
    experiment::LifecycleStage,
    id::RunId,
    metric::HistoryRequest,
    page::PageQuery,
    repository::RepositorySearch,
    run::{RunPatch, RunStatus},
};
use server::store::{Batch, DatasetUse, ModelUse, ModelUses, StoreError};
use uuid::Uuid;

#[tokio::test]
async fn a_parameter_is_written_once() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        fixture.log(run.id, parameters(&[("alpha", "1"), ("beta", "2")])).await;
        fixture.log(run.id, parameters(&[("alpha", "1"), ("gamma", "3")])).await;
        let refused = fixture.store.log_batch(run.id, parameters(&[("delta", "4"), ("alpha", "2")])).await;
        let Err(StoreError::Invalid { message, .. }) = refused else { panic!("{refused:?}") };
        assert!(message.contains("'old_value': '1', 'new_value': '2'"), "{message}");
        let data = fixture.store.run_data(fixture.project, run.id).await.unwrap();
        assert_eq!(data.parameters, [pair("alpha", "1"), pair("beta", "2"), pair("gamma", "3")]);
        let keys = fixture.store.run_keys(fixture.project).await.unwrap();
        assert!(keys.parameters.iter().all(|key| key.runs == 1), "{keys:?}");
    })
    .await;
}

#[tokio::test]
async fn the_latest_point_is_that_of_the_greatest_step() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        fixture
            .log(run.id, metrics([point("loss", 1.0, 5), point("loss", 9.0, 3), point("acc", f64::NAN, 0)]))
            .await;
        fixture.log(run.id, metrics([point("loss", 2.0, 4), point("acc", f64::INFINITY, 0)])).await;
        fixture.log(run.id, metrics([point("loss", 1.0, 5)])).await;
        let data = fixture.store.run_data(fixture.project, run.id).await.unwrap();
        let latest: Vec<_> = data.metrics.iter().map(|m| (m.key.as_str(), m.value.0, m.step)).collect();
        assert_eq!(latest, [("acc", f64::INFINITY, 0), ("loss", 1.0, 5)]);
        let page = fixture.store.metric_points(fixture.project, run.number, "loss", 2, None).await.unwrap();
        assert_eq!(page.points.iter().map(|p| p.step).collect::<Vec<_>>(), [3, 4]);
        let rest =
            fixture.store.metric_points(fixture.project, run.number, "loss", 2, page.next).await.unwrap();
        assert_eq!((rest.points.len(), rest.next), (1, None), "the repeated point counts once");
        let keys = fixture.store.run_keys(fixture.project).await.unwrap();
        assert_eq!(
            keys.metrics.iter().map(|k| (k.key.as_str(), k.runs)).collect::<Vec<_>>(),
            [("acc", 1), ("loss", 1)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_history_is_thinned_out_without_losing_extremes() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let value = |step: i64| if step == 777 { 1e6 } else { f64::from(i32::try_from(step % 10).unwrap()) };
        let mut points: Vec<_> = (0..1000).map(|step| point("loss", value(step), step)).collect();
        points.extend([point("loss", f64::NAN, 500), point("loss", f64::INFINITY, 501)]);
        fixture.log(run.id, metrics(points)).await;
        let ask = |points, steps| HistoryRequest {
            keys: vec!["loss".to_owned(), "none".to_owned()],
            points,
            steps,
        };
        let histories =
            fixture.store.metric_histories(fixture.project, run.id, &ask(10, None)).await.unwrap();
        let loss = &histories[0];
        assert_eq!((loss.n_values, loss.n_not_finite, loss.steps.len()), (1002, 2, 10));
        assert_eq!(loss.steps, [99, 199, 299, 399, 499, 599, 699, 799, 899, 999]);
        assert_eq!((loss.low[7], loss.high[7], loss.last[7]), (0.0, 1e6, 9.0));
        assert_eq!((histories[1].n_values, histories[1].steps.len()), (0, 0));
        let few = fixture
            .store
            .metric_histories(fixture.project, run.id, &ask(50, Some((490, 510))))
            .await
            .unwrap();
        assert_eq!((few[0].n_values, few[0].n_not_finite, few[0].steps.len()), (23, 2, 21));
        assert_eq!(few[0].low, few[0].high);
    })
    .await;
}

#[tokio::test]
async fn steps_at_both_ends_of_their_range_fit_into_buckets() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let steps = [i64::MIN, -5, 0, 5, i64::MAX];
        let points = steps.map(|step| models::metric::Metric { step, ..point("loss", 1.0, 0) });
        fixture.log(run.id, metrics(points)).await;
        let ask = HistoryRequest { keys: vec!["loss".to_owned()], points: 4, steps: None };
        let history = &fixture.store.metric_histories(fixture.project, run.id, &ask).await.unwrap()[0];
        assert_eq!(history.n_values, 5);
        assert_eq!((history.steps.first(), history.steps.last()), (Some(&i64::MIN), Some(&i64::MAX)));
        assert!(history.steps.len() <= 4, "{:?}", history.steps);
    })
    .await;
}

#[tokio::test]
async fn tags_of_mlflow_name_the_run_and_its_code() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let batch = tags(&[
            ("mlflow.runName", "renamed"),
            ("mlflow.source.git.commit", "c0ffee"),
            ("mlflow.source.git.branch", "main"),
            ("mlflow.source.git.repoURL", "https://github.com/ann/wine.git"),
        ]);
        fixture.log(run.id, batch.clone()).await;
        fixture.log(run.id, batch).await;
        let run = fixture.store.run(fixture.project, run.id).await.unwrap();
        assert_eq!(
            (run.name.as_str(), run.commit.as_deref(), run.branch.as_deref()),
            ("renamed", Some("c0ffee"), Some("main"))
        );
        assert_eq!(run.code_repository.unwrap().code_repository_name, "wine");
        let all = RepositorySearch::default();
        let code = fixture.store.list_owned::<CodeRepository>(fixture.project, &all, PageQuery::default());
        assert_eq!(code.await.unwrap().total_records, 1);
        fixture.store.delete_run_tag(run.run_id, "mlflow.source.git.commit".to_owned()).await.unwrap();
        let again = fixture.store.delete_run_tag(run.run_id, "mlflow.source.git.commit".to_owned()).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        let patch = RunPatch { name: Some("by hand".parse().unwrap()), ..RunPatch::default() };
        fixture.store.change_run(fixture.project, run.run_id, patch, None).await.unwrap();
        let data = fixture.store.run_data(fixture.project, run.run_id).await.unwrap();
        assert!(data.tags.contains(&pair("mlflow.runName", "by hand")), "{:?}", data.tags);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_logged_to_a_run_in_the_bin() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let bin = RunPatch { lifecycle_stage: Some(LifecycleStage::Deleted), ..RunPatch::default() };
        fixture.store.change_run(fixture.project, run.id, bin, None).await.unwrap();
        let refused = fixture.store.log_batch(run.id, parameters(&[("a", "1")])).await;
        assert!(matches!(refused, Err(StoreError::Invalid { field: "run_id", .. })));
        let unknown = fixture.store.log_batch(RunId(Uuid::nil()), Batch::default()).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn inputs_and_outputs_of_a_run_are_kept_once() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let dataset = DatasetUse {
            name: "wine".to_owned(),
            digest: "d1".to_owned(),
            source_type: "local".to_owned(),
            tags: vec![pair("mlflow.data.context", "training")],
            ..DatasetUse::default()
        };
        let model = Uuid::now_v7();
        let models = ModelUses { inputs: Vec::new(), outputs: vec![ModelUse { model, step: 3 }] };
        for _ in 0..2 {
            fixture.store.log_run_inputs(run.id, vec![dataset.clone()], models.clone()).await.unwrap();
        }
        let data = fixture.store.run_data(fixture.project, run.id).await.unwrap();
        assert_eq!(
            data.inputs.iter().map(|i| (i.name.as_str(), i.context.as_str())).collect::<Vec<_>>(),
            [("wine", "training")]
        );
        let logged = fixture.store.logged(&[run.number]).await.unwrap().remove(&run.number).unwrap();
        assert_eq!((logged.datasets, logged.models), (vec![dataset], models));
    })
    .await;
}

#[tokio::test]
async fn many_clients_log_at_once_and_nothing_is_lost() {
    crate::support::on_each_database(|store| async move {
        let fixture = std::sync::Arc::new(Fixture::new(store).await);
        let clients = (0..12).map(|client| {
            let fixture = fixture.clone();
            tokio::spawn(async move {
                let new = new_run(fixture.user, &format!("run {client}"));
                let run = fixture.store.create_run(fixture.experiment.number, new).await.unwrap();
                for step in 0..5 {
                    let batch = Batch {
                        metrics: vec![point("loss", 1.0, step), point("acc", 2.0, step)],
                        parameters: vec![pair(&format!("p{step}"), "1")],
                        tags: vec![pair("step", &step.to_string())],
                    };
                    fixture.log(run.id, batch).await;
                }
                let patch = RunPatch { status: Some(RunStatus::Finished), ..RunPatch::default() };
                fixture.store.change_run(fixture.project, run.id, patch, None).await.unwrap();
            })
        });
        for client in clients {
            client.await.unwrap();
        }
        let keys = fixture.store.run_keys(fixture.project).await.unwrap();
        assert_eq!(keys.metrics.iter().map(|key| key.runs).collect::<Vec<_>>(), [12, 12]);
        assert_eq!(keys.parameters.iter().map(|key| key.runs).collect::<Vec<_>>(), [12; 5]);
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().finished, 12);
    })
    .await;
}

#[tokio::test]
async fn a_long_history_is_the_same_before_and_after_it_was_summed_up() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let value = |step: i64| {
            if step % 1000 == 777 { f64::NAN } else { f64::sin(step as f64 / 700.0) * step as f64 }
        };
        for start in (0..20_000).step_by(4000) {
            let points = (start..start + 4000).map(|step| point("loss", value(step), step));
            fixture.log(run.id, metrics(points)).await;
        }
        let ask = async |steps| {
            let request = HistoryRequest { keys: vec!["loss".to_owned()], points: 50, steps };
            fixture.store.metric_histories(fixture.project, run.id, &request).await.unwrap().remove(0)
        };
        let ranges = [None, Some((300, 15_000)), Some((0, 19_999)), Some((-5, 18_000)), Some((600, 90_000))];
        let mut before = Vec::new();
        for range in ranges {
            before.push(ask(range).await);
        }
        check_buckets(&before[0], 20_000, value);
        let is_summed_up = async || {
            let sql = "SELECT COUNT(*) AS n FROM metric_blocks";
            let row = fixture.store.read().await.unwrap().fetch_one(sql).await.unwrap();
            row.get::<i64>("n").unwrap()
        };
        while is_summed_up().await < 78 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        for (range, before) in ranges.into_iter().zip(before) {
            assert_eq!(ask(range).await, before, "{range:?}");
        }
        fixture.log(run.id, metrics([point("loss", 1e9, 10_001), point("loss", 5.0, 20_000)])).await;
        assert!(is_summed_up().await < 78, "the sums that are wrong now are gone");
        let after = ask(None).await;
        assert_eq!(after.n_values, 20_002);
        assert!(after.high.contains(&1e9));
    })
    .await;
}

#[track_caller]
fn check_buckets(history: &models::metric::MetricHistory, n_values: i64, value: impl Fn(i64) -> f64) {
    assert_eq!(history.n_values, u64::try_from(n_values).unwrap());
    assert_eq!(history.n_not_finite, u64::try_from(n_values / 1000).unwrap());
    assert!((40..=50).contains(&history.steps.len()), "{}", history.steps.len());
    let all = || (0..n_values).map(&value).filter(|value| value.is_finite());
    let (lowest, highest) = (all().reduce(f64::min).unwrap(), all().reduce(f64::max).unwrap());
    let low = history.low.iter().copied().reduce(f64::min).unwrap();
    let high = history.high.iter().copied().reduce(f64::max).unwrap();
    // Outwards, by the last of seven digits at most.
    assert!(low <= lowest && low >= lowest - lowest.abs() * 1e-6, "{low}, {lowest}");
    assert!(high >= highest && high <= highest + highest.abs() * 1e-6, "{high}, {highest}");
    for (step, last) in history.steps.iter().zip(&history.last) {
        assert_eq!(*last, value(*step));
    }
}
