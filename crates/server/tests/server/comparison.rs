//! Runs side by side, in the store and over the REST API.

use models::{
    comparison::{ComparedHistoriesRequest, ComparedHistory},
    id::{ExperimentRepositoryId, RunId},
    metric::{HistoryRequest, MetricValue},
    paths,
};
use serde_json::{Value, json};
use server::store::StoreError;
use uuid::Uuid;

use crate::fixture::{Fixture, metrics, parameters, point, tags};
use crate::support::{Person, TestApp, on_each_app, on_each_database};

fn ask(runs: &[RunId], key: &str) -> ComparedHistoriesRequest {
    ComparedHistoriesRequest {
        run_ids: runs.to_vec(),
        keys: vec![key.to_owned()],
        points: 100,
        steps: None,
        along: None,
        places: None,
        smoothing: 0,
    }
}

async fn histories(fixture: &Fixture, request: ComparedHistoriesRequest) -> Vec<ComparedHistory> {
    let compared = fixture.store.compared_histories(fixture.project, &request).await.unwrap();
    compared.into_iter().map(|mut run| run.histories.remove(0)).collect()
}

#[tokio::test]
async fn each_row_has_the_value_of_each_run_in_the_order_asked_for() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (one, two) = (fixture.run("one").await, fixture.run("two").await);
        fixture.log(one.id, parameters(&[("lr", "0.1"), ("depth", "4")])).await;
        fixture.log(two.id, parameters(&[("lr", "0.2")])).await;
        fixture.log(two.id, tags(&[("team", "weather")])).await;
        fixture
            .log(one.id, metrics([point("loss", 3.0, 0), point("loss", f64::NAN, 1), point("loss", 1.0, 2)]))
            .await;
        fixture.log(two.id, metrics([point("loss", f64::INFINITY, 0)])).await;
        let absent = RunId(Uuid::now_v7());
        let comparison =
            fixture.store.compare_runs(fixture.project, &[two.id, absent, one.id]).await.unwrap();
        assert_eq!(comparison.runs.iter().map(|run| run.run_id).collect::<Vec<_>>(), [two.id, one.id]);
        assert_eq!(comparison.missing, [absent]);
        let rows: Vec<_> =
            comparison.parameters.iter().map(|row| (row.key.as_str(), row.values.clone())).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(rows, [("depth", vec![None, text("4")]), ("lr", vec![text("0.2"), text("0.1")])]);
        let team = comparison.tags.iter().find(|row| row.key == "team").unwrap();
        assert_eq!(team.values, [text("weather"), None]);
        let loss = &comparison.metrics[0];
        assert_eq!(loss.last, [Some(MetricValue(f64::INFINITY)), Some(MetricValue(1.0))]);
        assert_eq!((loss.low.clone(), loss.high.clone()), (vec![None, Some(1.0)], vec![None, Some(3.0)]));
        assert_eq!(comparison.inputs.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn extremes_count_what_was_summed_up_and_what_came_after() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let value = |step: i64| if step == 100 { -7.0 } else { 1.0 };
        for start in (0..20_000).step_by(4000) {
            fixture
                .log(run.id, metrics((start..start + 4000).map(|step| point("loss", value(step), step))))
                .await;
        }
        // Buckets of more than a block have the blocks summed up.
        histories(&fixture, ComparedHistoriesRequest { points: 50, ..ask(&[run.id], "loss") }).await;
        let is_summed_up = async || {
            let sql = "SELECT COUNT(*) AS n FROM metric_blocks";
            let row = fixture.store.read().await.unwrap().fetch_one(sql).await.unwrap();
            row.get::<i64>("n").unwrap()
        };
        while is_summed_up().await < 78 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        fixture.log(run.id, metrics([point("loss", 9.0, 20_000)])).await;
        let comparison = fixture.store.compare_runs(fixture.project, &[run.id]).await.unwrap();
        let loss = &comparison.metrics[0];
        assert_eq!((loss.low[0], loss.high[0]), (Some(-7.0), Some(9.0)));
    })
    .await;
}

#[tokio::test]
async fn smoothing_is_the_same_however_much_is_shown() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let value = |step: i64| {
            if step % 97 == 0 { f64::NAN } else { f64::from(i32::try_from(step * 7919 % 101).unwrap()) }
        };
        for start in (0..12_000).step_by(4000) {
            fixture
                .log(run.id, metrics((start..start + 4000).map(|step| point("loss", value(step), step))))
                .await;
        }
        let mut expected = std::collections::HashMap::new();
        let (mut sum, mut weight) = (0.0, 0.0);
        for step in (0..12_000).filter(|step| value(*step).is_finite()) {
            sum = 0.99 * sum + 0.01 * value(step);
            weight = 0.99 * weight + 0.01;
            expected.insert(step, sum / weight);
        }
        for steps in [None, Some((0, 500)), Some((9_000, 9_050)), Some((11_990, 20_000))] {
            let request = ComparedHistoriesRequest { steps, smoothing: 99, ..ask(&[run.id], "loss") };
            let shown = histories(&fixture, request).await.remove(0);
            assert!(!shown.history.steps.is_empty());
            assert_eq!(shown.smoothed.len(), shown.history.steps.len());
            for (step, smoothed) in shown.history.steps.iter().zip(&shown.smoothed) {
                assert!((smoothed - expected[step]).abs() < 1e-9, "{steps:?} {step}: {smoothed}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_line_leads_over_values_that_are_not_finite() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let value = |step: i64| if (400..600).contains(&step) { f64::NAN } else { 1.0 };
        let points =
            (0..2000).flat_map(|step| [point("loss", value(step), step), point("epoch", step as f64, step)]);
        fixture.log(run.id, metrics(points)).await;
        let gaps = async |points, steps, along: Option<&str>| {
            let along = along.map(str::to_owned);
            let request = ComparedHistoriesRequest { points, steps, along, ..ask(&[run.id], "loss") };
            let history = histories(&fixture, request).await.remove(0).history;
            history.gaps.iter().map(|place| history.steps[*place as usize]).collect::<Vec<_>>()
        };
        assert_eq!(gaps(5000, None, None).await, [600], "each value");
        assert_eq!(gaps(200, None, None).await, [609], "by step");
        assert_eq!(gaps(200, Some((0, 399)), None).await, [0_i64; 0], "nothing is missing");
        assert_eq!(gaps(5000, None, Some("epoch")).await, [600], "along another metric");
        let coarse = gaps(200, None, Some("epoch")).await;
        assert!(coarse.len() == 1 && (600..610).contains(&coarse[0]), "{coarse:?}");
        let blocks = (0..60_000).map(|step| {
            point("long", if (20_000..30_000).contains(&step) { f64::INFINITY } else { 1.0 }, step)
        });
        let blocks: Vec<_> = blocks.collect();
        for part in blocks.chunks(4000) {
            fixture.log(run.id, metrics(part.to_vec())).await;
        }
        let request = ComparedHistoriesRequest { points: 100, ..ask(&[run.id], "long") };
        let history = histories(&fixture, request).await.remove(0).history;
        assert_eq!(history.gaps.len(), 1);
        let place = history.gaps[0] as usize;
        assert!(
            history.steps[place - 1] < 20_000 && history.steps[place] >= 30_000,
            "{:?}",
            &history.steps[place - 1..=place]
        );
    })
    .await;
}

#[tokio::test]
async fn several_values_of_one_step_are_smoothed_in_their_order() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let points =
            [point("loss", 1.0, 0), point("loss", 3.0, 0), point("loss", 2.0, 0), point("loss", 5.0, 1)];
        fixture.log(run.id, metrics(points)).await;
        let request = ComparedHistoriesRequest { smoothing: 50, ..ask(&[run.id], "loss") };
        let shown = histories(&fixture, request).await.remove(0);
        let (mut sum, mut weight) = (0.0, 0.0);
        for (value, smoothed) in shown.history.last.iter().zip(&shown.smoothed) {
            sum = 0.5 * sum + 0.5 * value;
            weight = 0.5 * weight + 0.5;
            assert!((smoothed - sum / weight).abs() < 1e-12);
        }
        assert_eq!(shown.smoothed.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_history_runs_along_the_values_of_another_metric() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let spike = |step: i64| if step == 500 { 1e6 } else { 1.0 };
        let mut points: Vec<_> = (0..1000).map(|step| point("loss", spike(step), step)).collect();
        // The epoch is known at even steps alone, and falls.
        let epoch = |step: i64| 1000.0 - f64::from(i32::try_from(step).unwrap());
        points.extend((0..1000).step_by(2).map(|step| point("epoch", epoch(step), step)));
        fixture.log(run.id, metrics(points)).await;
        let along = |places| ComparedHistoriesRequest {
            along: Some("epoch".to_owned()),
            points: 10,
            places,
            ..ask(&[run.id], "loss")
        };
        let shown = histories(&fixture, along(None)).await.remove(0);
        assert_eq!((shown.history.n_values, shown.n_without_place, shown.places.len()), (1000, 500, 10));
        assert!(shown.places.is_sorted());
        assert!(shown.history.high.contains(&1e6), "no extreme is lost");
        let near = histories(&fixture, along(Some((495.0, 505.0)))).await.remove(0);
        assert_eq!(near.places, [496.0, 498.0, 500.0, 502.0, 504.0]);
        assert_eq!(near.history.steps, [504, 502, 500, 498, 496]);
        let unknown = ComparedHistoriesRequest { along: Some("none".to_owned()), ..ask(&[run.id], "loss") };
        assert!(histories(&fixture, unknown).await.remove(0).history.steps.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_named_twice_is_told_once() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        fixture.log(run.id, metrics([point("loss", 1.0, 0), point("f1", 0.5, 0)])).await;
        let keys = ["loss", "f1", "loss"].map(str::to_owned).to_vec();
        let request = ComparedHistoriesRequest { keys: keys.clone(), ..ask(&[run.id, run.id], "loss") };
        let compared = fixture.store.compared_histories(fixture.project, &request).await.unwrap();
        assert_eq!(compared.len(), 1);
        let told: Vec<&str> =
            compared[0].histories.iter().map(|history| history.history.key.as_str()).collect();
        assert_eq!(told, ["loss", "f1"]);
        let request = HistoryRequest { keys, points: 10, steps: None };
        let alone = fixture.store.metric_histories(fixture.project, run.id, &request).await.unwrap();
        assert_eq!(alone.iter().map(|history| history.key.as_str()).collect::<Vec<_>>(), ["loss", "f1"]);
    })
    .await;
}

#[tokio::test]
async fn runs_of_too_many_names_are_not_put_side_by_side() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let mut runs = Vec::new();
        for n in 0..20 {
            let run = fixture.run(&format!("run {n}")).await;
            // Names of its own: each is a row of three cells for each run.
            let names = (0..900).map(|name| format!("{n}.{name}"));
            fixture.log(run.id, metrics(names.map(|name| point(&name, 1.0, 0)))).await;
            runs.push(run.id);
        }
        let compare = async |runs: &[RunId]| fixture.store.compare_runs(fixture.project, runs).await;
        let Err(StoreError::Invalid { field, message }) = compare(&runs).await else {
            panic!("it is too much")
        };
        assert_eq!(field, "runIds");
        assert!(message.ends_with("compare at most 18"), "{message}");
        assert_eq!(compare(&runs[..10]).await.unwrap().metrics.len(), 9000);
    })
    .await;
}

#[tokio::test]
async fn courses_of_runs_on_screen_come_at_once_and_within_limits() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let (project, other) = (app.project(&ann, "wine").await, app.project(&ann, "beer").await);
        let here = add_run(&app, &ann, project).await;
        let there = add_run(&app, &ann, other).await;
        let long = (0..1000).map(|step| point("loss", f64::from(i32::try_from(step).unwrap()), step));
        app.store().log_batch(here, metrics(long)).await.unwrap();
        app.store()
            .log_batch(here, metrics([point("f1", 0.5, 0), point("f1", f64::NAN, 1), point("f1", 0.75, 2)]))
            .await
            .unwrap();
        let post = |body: Value| app.post(paths::runs_sparklines(project)).by(&ann).json(&body);
        let ask = json!({"runIds": [there, here], "keys": ["loss", "f1", "never"], "points": 10});
        let told = post(ask.clone()).await.expect(200).json();
        let loss = (1..=10).map(|tenth| f64::from(100 * tenth - 1)).collect::<Vec<_>>();
        let values = json!([loss, [0.5, 0.75], []]);
        let expected = json!({"keys": ["loss", "f1", "never"], "runs": [{"runId": here, "values": values}]});
        assert_eq!(told, expected);
        for (field, wrong) in [
            ("runIds", json!([])),
            ("runIds", json!(vec![here; 101])),
            ("keys", json!([])),
            ("keys", json!(vec!["loss"; 9])),
            ("points", json!(1)),
            ("points", json!(65)),
        ] {
            let mut body = ask.clone();
            body[field] = wrong;
            post(body).await.expect(422);
        }
        let eve = app.person("eve").await;
        app.post(paths::runs_sparklines(project)).by(&eve).json(&ask).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn runs_are_compared_within_limits_and_only_those_of_the_project() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let (project, other) = (app.project(&ann, "wine").await, app.project(&ann, "beer").await);
        let here = add_run(&app, &ann, project).await;
        let there = add_run(&app, &ann, other).await;
        let post = |path: String, body: Value| app.post(path).by(&ann).json(&body);
        let compared =
            post(paths::runs_compare(project), json!({"runIds": [there, here]})).await.expect(200).json();
        assert_eq!(compared["runs"][0]["runId"], json!(here));
        assert_eq!(compared["missing"], json!([there]));
        let ask = json!({"runIds": [there, here], "keys": ["loss"], "points": 50});
        let shown = post(paths::runs_metrics(project), ask.clone()).await.expect(200).json();
        assert_eq!(shown.as_array().unwrap().len(), 1);
        assert_eq!(
            (&shown[0]["runId"], &shown[0]["histories"][0]["history"]["nValues"]),
            (&json!(here), &json!(0))
        );
        for (field, wrong) in [
            ("runIds", json!([])),
            ("runIds", json!(vec![here; 101])),
            ("keys", json!(vec!["loss"; 101])),
            ("points", json!(1)),
            ("points", json!(5001)),
            ("smoothing", json!(100)),
            ("places", json!([0.0, 1.0])),
        ] {
            let mut body = ask.clone();
            body[field] = wrong;
            post(paths::runs_metrics(project), body).await.expect(422);
        }
        let keys: Vec<String> = (0..11).map(|key| key.to_string()).collect();
        let many = json!({"runIds": vec![here; 91], "keys": keys, "points": 2});
        post(paths::runs_metrics(project), many).await.expect(422);
        post(
            paths::runs_metrics(project),
            json!({"runIds": vec![here; 41], "keys": ["loss"], "points": 5000}),
        )
        .await
        .expect(422);
        post(paths::runs_compare(project), json!({"runIds": vec![here; 101]})).await.expect(422);
        let eve = app.person("eve").await;
        app.post(paths::runs_compare(project)).by(&eve).json(&json!({"runIds": [here]})).await.expect(404);
    })
    .await;
}

async fn add_run(app: &TestApp, by: &Person, project: models::id::ProjectId) -> RunId {
    let made = app.store().create_experiment(project, "first".to_owned(), None, Vec::new()).await.unwrap();
    let experiment: ExperimentRepositoryId = made.repository.experiment_repository_id;
    let path = format!("{}?submit=False", paths::runs(project));
    let body = json!({"name": "run", "experimentRepositoryId": experiment});
    let answer = app.post(path).by(by).json(&body).await.expect(201).json();
    answer["runId"].as_str().unwrap().parse().unwrap()
}
