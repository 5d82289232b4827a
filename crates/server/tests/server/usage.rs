//! Which runs used what, and what comes from what, over the REST API.

use crate::support::{Person, TestApp, on_each_app};
use models::id::{ProjectId, RunId};
use models::lineage::Lineage;
use models::paths;
use models::permission::Role;
use models::usage::RunUsage;
use serde_json::{Value, json};
use server::bench::seed;
use server::store::{NewRun, RunDetails, Sources};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A project in which each kind of thing is there once, and once unused.
struct Weather {
    app: TestApp,
    ann: Person,
    project: ProjectId,
    ids: BTreeMap<&'static str, Value>,
}

impl Weather {
    async fn new(app: TestApp) -> Self {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let mut this = Self { app, ann, project, ids: BTreeMap::new() };
        for (key, name) in [("code", "Rain"), ("unused code", "Unused")] {
            let new =
                json!({"codeRepositoryName": name, "uri": "https://example.org/x", "description": "long"});
            this.make(key, paths::code(project), "codeRepositoryId", new).await;
        }
        let new = json!({"dataRepositoryName": "Radar", "uri": "s3://weather/radar"});
        this.make("data", paths::data(project), "dataRepositoryId", new).await;
        let new = json!({"name": "Net", "codeRepositoryId": this.ids["code"]});
        this.make("model", paths::models(project), "modelRepositoryId", new).await;
        let new = json!({"name": "Tuning"});
        this.make("experiment", paths::experiments(project), "experimentRepositoryId", new).await;
        this
    }

    async fn make(&mut self, key: &'static str, path: String, id: &str, new: Value) {
        let made = self.app.post(path).by(&self.ann).json(&new).await.expect(201).json();
        self.ids.insert(key, made[id].clone());
    }

    /// A run that uses everything.
    async fn run(&mut self, key: &'static str) {
        let new = json!({
            "name": key, "experimentRepositoryId": self.ids["experiment"], "codeRepositoryId": self.ids["code"],
            "dataRepositoryId": self.ids["data"], "modelRepositoryId": self.ids["model"], "commit": "4f5c6d7",
        });
        self.make(key, format!("{}?submit=False", paths::runs(self.project)), "runId", new).await;
    }

    async fn get(&self, path: String) -> Value {
        self.app.get(path).by(&self.ann).await.expect(200).json()
    }
}

#[tokio::test]
async fn uses_are_told_newest_first_and_what_is_unused_has_none() {
    on_each_app(|app: TestApp| async move {
        let mut weather = Weather::new(app).await;
        weather.run("first").await;
        weather.run("second").await;
        let project = weather.project;
        let status = paths::run_status(project, weather.ids["second"].as_str().unwrap().parse().unwrap());
        weather.app.put(status).by(&weather.ann).json(&json!("RUNNING")).await;
        for (path, list, thing) in [
            (paths::code_usage(project), "codeRepositoriesWithUsage", "codeRepository"),
            (paths::data_usage(project), "dataRepositoriesWithUsage", "dataRepository"),
            (paths::models_usage(project), "modelsWithUsage", "modelRepository"),
            (paths::experiments_usage(project), "experimentsWithUsage", "experimentRepository"),
        ] {
            let page = weather.get(path).await;
            let used = &page[list][0];
            let names: Vec<_> = used["usage"].as_array().unwrap().iter().map(|run| &run["name"]).collect();
            assert_eq!(names, ["second", "first"], "{list}");
            assert_eq!(used["totalUsage"], 2);
            let run = &used["usage"][0];
            assert_eq!(run["runId"], weather.ids["second"]);
            assert_eq!(run[thing], Value::Null, "what the list is about is left out");
            let partners = ["codeRepository", "dataRepository", "modelRepository", "experimentRepository"];
            assert_eq!(partners.iter().filter(|partner| run[**partner].is_object()).count(), 3);
            assert_ne!(run["codeRepository"]["description"], "long");
            assert_eq!(used[thing]["runs"]["total"], 2);
        }
        let page = weather.get(paths::code_usage(project)).await;
        let unused = &page["codeRepositoriesWithUsage"][1];
        assert_eq!(
            (&unused["usage"], &unused["totalUsage"], &unused["lastUsed"]),
            (&json!([]), &json!(0), &Value::Null)
        );
        let found = weather.get(format!("{}?search=unused", paths::code_usage(project))).await;
        assert_eq!(found["totalRecords"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_list_sums_up_the_uses_of_each_repository() {
    on_each_app(|app: TestApp| async move {
        let mut weather = Weather::new(app).await;
        weather.run("first").await;
        weather.run("second").await;
        let project = weather.project;
        let second = weather.ids["second"].as_str().unwrap().parse().unwrap();
        weather.app.put(paths::run_status(project, second)).by(&weather.ann).json(&json!("FAILED")).await;
        for (path, list) in [
            (paths::code(project), "codeRepositories"),
            (paths::data(project), "dataRepositories"),
            (paths::models(project), "modelRepositories"),
            (paths::experiments(project), "experimentRepositories"),
        ] {
            let page = weather.get(path.clone()).await;
            let runs = &page[list][0]["runs"];
            assert_eq!((&runs["total"], &runs["counts"]["failed"]), (&json!(2), &json!(1)), "{list}");
            assert!(runs["lastUsed"].is_i64());
        }
        weather.app.delete(paths::run(project, second)).by(&weather.ann).await.expect(204);
        let code = weather.get(paths::code(project)).await;
        assert_eq!(code["codeRepositories"][0]["runs"]["total"], 1, "without those in the bin");
        assert_eq!(
            code["codeRepositories"][1]["runs"],
            json!({"total": 0, "lastUsed": null,
            "counts": {"scheduled": 0, "running": 0, "finished": 0, "failed": 0, "killed": 0}})
        );
    })
    .await;
}

/// Few runs are counted by the database, many in memory: just before and at the limit both must say the same.
#[tokio::test]
async fn uses_by_many_runs_are_counted_as_those_by_few() {
    on_each_app(|app: TestApp| async move {
        let seeded = seed(app.state(), 10_000, 10).await.unwrap();
        let project = seeded.project_id;
        let lists = [
            (paths::code(project), "codeRepositories"),
            (paths::data(project), "dataRepositories"),
            (paths::models(project), "modelRepositories"),
            (paths::experiments(project), "experimentRepositories"),
        ];
        let ask = async |path: &str| app.get(path).bearer(&seeded.token).await.expect(200).json();
        let run = ask(&format!("{}?pagelength=1", paths::runs(project))).await["runs"][0].clone();
        let mut many = Vec::new();
        for (path, _) in &lists {
            many.push(ask(path).await);
        }
        let id = run["runId"].as_str().unwrap().parse().unwrap();
        app.delete(paths::run(project, id)).bearer(&seeded.token).await.expect(204);
        for ((path, list), mut many) in lists.into_iter().zip(many) {
            let few = ask(&path).await;
            let of_run = many[list].as_array_mut().unwrap().iter_mut().map(|thing| &mut thing["runs"]);
            let mut n_of_run = 0;
            for (runs, few) in of_run.zip(few[list].as_array().unwrap()) {
                let few = &few["runs"];
                if runs["total"] != few["total"] {
                    n_of_run += 1;
                    let status = run["status"].as_str().unwrap().to_lowercase();
                    for (now, before) in
                        [(&few["total"], &runs["total"]), (&few["counts"][&status], &runs["counts"][&status])]
                    {
                        assert_eq!(now.as_u64().map(|n| n + 1), before.as_u64(), "{list}");
                    }
                    runs["total"] = few["total"].clone();
                    runs["counts"][&status] = few["counts"][&status].clone();
                    assert!(runs["lastUsed"].as_i64() >= few["lastUsed"].as_i64());
                    runs["lastUsed"] = few["lastUsed"].clone();
                }
                assert_eq!(runs, few, "{list}");
            }
            assert_eq!(n_of_run, 1, "{list}");
        }
    })
    .await;
}

#[tokio::test]
async fn many_uses_are_counted_in_full_and_told_in_part() {
    on_each_app(|app: TestApp| async move {
        let weather = Weather::new(app).await;
        let code = weather.ids["code"].as_str().unwrap().parse().unwrap();
        let experiment = weather.app.store().default_experiment(weather.project).await.unwrap();
        for n in 0..205 {
            let new = NewRun {
                id: RunId(Uuid::now_v7()),
                user: weather.ann.id,
                name: format!("run {n}"),
                status: models::run::RunStatus::Finished,
                created_at: None,
                start_time: Some(models::time::UnixMillis(n)),
                sources: Sources { code: Some(code), ..Sources::default() },
                details: RunDetails::default(),
            };
            weather.app.store().create_run(experiment.number, new).await.unwrap();
        }
        let page = weather.get(format!("{}?pagelength=1", paths::code_usage(weather.project))).await;
        let used = &page["codeRepositoriesWithUsage"][0];
        let told = used["usage"].as_array().unwrap();
        assert_eq!(told.len() as u64, RunUsage::MAX_PER_THING);
        assert_eq!((&told[0]["name"], &told[199]["name"]), (&json!("run 204"), &json!("run 5")));
        assert_eq!((&used["totalUsage"], &used["lastUsed"]), (&json!(205), &json!(204)));
    })
    .await;
}

#[tokio::test]
async fn runs_outlive_what_they_used() {
    on_each_app(|app: TestApp| async move {
        let mut weather = Weather::new(app).await;
        weather.run("first").await;
        let project = weather.project;
        for (key, collection) in [
            ("code", paths::code(project)),
            ("data", paths::data(project)),
            ("model", paths::models(project)),
        ] {
            let path = format!("{collection}/{}", weather.ids[key].as_str().unwrap());
            weather.app.delete(path).by(&weather.ann).await.expect(204);
        }
        let run =
            weather.get(paths::run(project, weather.ids["first"].as_str().unwrap().parse().unwrap())).await;
        assert_eq!((&run["name"], &run["commit"]), (&json!("first"), &json!("4f5c6d7")));
        for gone in ["codeRepository", "dataRepository", "modelRepository"] {
            assert_eq!(run[gone], Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn a_lineage_goes_from_sources_to_products_and_back() {
    on_each_app(|app: TestApp| async move {
        let mut weather = Weather::new(app).await;
        weather.run("first").await;
        weather.run("second").await;
        let project = weather.project;
        let new = json!({"name": "Rain 1", "runId": weather.ids["first"], "modelRepositoryId": weather.ids["model"]});
        weather.make("saved", paths::saved_models(project), "modelId", new).await;
        let new = json!({"name": "Live", "modelId": weather.ids["saved"]});
        weather.make("deployed", paths::deployments(project), "deploymentId", new).await;
        let ids = weather.ids.clone();
        let of = async |kind: &str, key: &str| {
            let of = format!("{kind}:{}", ids[key].as_str().unwrap());
            let answer = weather.app.get(format!("{}?of={of}", paths::project_lineage(project))).by(&weather.ann);
            let lineage: Lineage = answer.await.expect(200).read_as();
            assert_eq!((lineage.of.to_string(), lineage.truncated), (of, false));
            for edge in &lineage.edges {
                assert!([edge.from, edge.to].iter().all(|end| lineage.nodes.iter().any(|node| node.node == *end)));
            }
            let names: Vec<_> = lineage.nodes.iter().map(|node| node.name.clone()).collect();
            (names.join(" "), lineage.edges.len())
        };
        // From the deployment back to all its sources; the other run is none of them.
        assert_eq!(of("deployment", "deployed").await, ("Rain Radar Tuning Net first Rain 1 Live".to_owned(), 8));
        assert_eq!(of("run", "first").await, ("Rain Radar Tuning Net first Rain 1 Live".to_owned(), 7));
        assert_eq!(of("run", "second").await, ("Rain Radar Tuning Net second".to_owned(), 5));
        assert_eq!(of("data", "data").await, ("Radar second first Rain 1 Live".to_owned(), 4));
        assert_eq!(of("code", "unused code").await, ("Unused".to_owned(), 0));
        assert_eq!(of("experiment", "experiment").await.0, "Tuning second first Rain 1 Live");
        assert_eq!(of("model", "model").await.0, "Rain Net second first Rain 1 Live");
        assert_eq!(of("savedModel", "saved").await.0, "Rain Radar Tuning Net first Rain 1 Live");
        let ask = |of: String| weather.app.get(format!("{}?of={of}", paths::project_lineage(project))).by(&weather.ann);
        ask(format!("run:{}", Uuid::now_v7())).await.expect(404);
        ask(format!("code:{}", ids["first"].as_str().unwrap())).await.expect(404);
        ask("run".to_owned()).await.expect(422);
        let other = weather.app.project(&weather.ann, "Other").await;
        let foreign = format!("{}?of=run:{}", paths::project_lineage(other), ids["first"].as_str().unwrap());
        weather.app.get(foreign).by(&weather.ann).await.expect(404);
        let bob = weather.app.member(project, "Bob", Role::Guest).await;
        weather.app.get(format!("{}?of=data:{}", paths::project_lineage(project), ids["data"].as_str().unwrap())).by(&bob).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_long_lineage_tells_that_it_is_cut() {
    on_each_app(|app: TestApp| async move {
        let weather = Weather::new(app).await;
        let data = weather.ids["data"].as_str().unwrap();
        let experiment = weather.app.store().default_experiment(weather.project).await.unwrap();
        for n in 0..501 {
            let new = NewRun {
                id: RunId(Uuid::now_v7()),
                user: weather.ann.id,
                name: format!("run {n}"),
                status: models::run::RunStatus::Finished,
                created_at: None,
                start_time: Some(models::time::UnixMillis(n)),
                sources: Sources { data: Some(data.parse().unwrap()), ..Sources::default() },
                details: RunDetails::default(),
            };
            weather.app.store().create_run(experiment.number, new).await.unwrap();
        }
        let path = format!("{}?of=data:{data}", paths::project_lineage(weather.project));
        let lineage: Lineage = weather.app.get(path).by(&weather.ann).await.expect(200).read_as();
        assert_eq!((lineage.nodes.len(), lineage.edges.len(), lineage.truncated), (500, 499, true));
        assert_eq!(lineage.nodes[1].name, "run 500", "the newest are told");
    })
    .await;
}
