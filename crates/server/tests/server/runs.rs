//! Runs, their table and their artifacts over the REST API.

use crate::support::{Person, TestApp, on_each_app};
use models::{
    id::{ExperimentRepositoryId, ProjectId, RunId},
    paths,
    permission::Role,
    token::TokenScope,
};
use serde_json::{Value, json};
use server::{
    blobs::{Blobs, sweep},
    store::{ArtifactOwner, ArtifactPlace, ArtifactRecord},
};
use std::time::{Duration, SystemTime};

/// A project with an experiment, and its owner.
struct Scene {
    app: TestApp,
    ann: Person,
    project: ProjectId,
    experiment: ExperimentRepositoryId,
    number: i64,
}

impl Scene {
    async fn new(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let made =
            app.store().create_experiment(project, "first".to_owned(), None, Vec::new()).await.unwrap();
        Self { app, ann, project, experiment: made.repository.experiment_repository_id, number: made.number }
    }

    async fn add(&self, more: Value) -> RunId {
        let mut body = json!({"name": "run", "experimentRepositoryId": self.experiment});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let path = format!("{}?submit=False", paths::runs(self.project));
        let answer = self.app.post(path).by(&self.ann).json(&body).await.expect(201);
        assert!(answer.json()["timestamp"].is_string());
        answer.json()["runId"].as_str().unwrap().parse().unwrap()
    }

    async fn keep(&self, run: RunId, path: &str, bytes: &'static [u8]) {
        let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes.into())]);
        let blob = Blobs::new(self.app.state().data()).write(stream, 1000).await.unwrap();
        let owner = ArtifactOwner::Run(run);
        let place = ArtifactPlace { project: self.project, experiment: self.number, owner };
        let artifact = ArtifactRecord { path: path.to_owned(), sha256: blob.sha256, size: blob.size };
        self.app.store().put_artifact(place, artifact).await.unwrap();
    }
}

#[tokio::test]
async fn the_mantik_client_tells_of_a_run_that_it_executes() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let app = &scene.app;
        let body = json!({
            "name": "notebook", "experimentRepositoryId": scene.experiment, "codeRepositoryId": null, "branch": null,
            "commit": null, "dataRepositoryId": "None", "connectionId": null, "mlflowParameters": null, "entryPoint": null,
            "mlflowMlprojectFilePath": null, "backendConfig": {}, "computeBudgetAccount": null, "unknown": 1,
        });
        let token = scene.ann.token(app, &[TokenScope::Write], None).await;
        let path = format!("{}?submit=False", paths::runs(scene.project));
        let added = app.post(path).bearer(&token).json(&body).await.expect(201);
        let id: RunId = added.json()["runId"].as_str().unwrap().parse().unwrap();
        let put = async |path: String, body: Value| app.put(path).bearer(&token).json(&body).await.expect(204);
        put(paths::run_status(scene.project, id), json!("FINISHED")).await;
        put(paths::run_logs(scene.project, id), json!("epoch 1\n")).await;
        let machine = json!({"os": "Linux", "cpuCores": 4, "gpuCount": 0, "gpuInfo": [], "memoryGb": "23.54 GB"});
        put(paths::run_infrastructure(scene.project, id), machine).await;
        let notebook = json!({"location": "a.ipynb", "version": null, "provider": "Jupyter"});
        put(paths::run_notebook_source(scene.project, id), notebook).await;
        let by_mlflow_id = paths::run(scene.project, id).replace(&id.to_string(), &id.mlflow());
        let run = app.get(by_mlflow_id).bearer(&token).await.expect(200).json();
        assert_eq!((run["status"].as_str(), run["infrastructure"]["os"].as_str()), (Some("FINISHED"), Some("Linux")));
        let log = app.get(paths::run_logs(scene.project, id)).bearer(&token).await.expect(200);
        assert_eq!(log.json(), "epoch 1\n");
        app.put(paths::run_status(scene.project, id)).bearer(&token).json(&"DONE").await.expect(422);
        let list = app.get(paths::runs(scene.project)).bearer(&token).await.expect(200).json();
        assert_eq!((list["totalRecords"].as_u64(), list["runs"][0]["name"].as_str()), (Some(1), Some("notebook")));
    })
    .await;
}

#[tokio::test]
async fn a_submitted_run_waits_for_a_machine_and_is_made_once() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let body = json!({"name": "job", "experimentRepositoryId": scene.experiment});
        let token = scene.ann.token(&scene.app, &[TokenScope::SubmitRuns], None).await;
        let submit =
            || scene.app.post(paths::runs(scene.project)).bearer(&token).header("idempotency-key", "k");
        let first = submit().json(&body).await.expect(201);
        assert_eq!(submit().json(&body).await.expect(201).json(), first.json());
        submit().json(&json!({"name": "x", "experimentRepositoryId": scene.experiment})).await.expect(422);
        let list = scene.app.get(paths::runs(scene.project)).by(&scene.ann).await.expect(200).json();
        assert_eq!(
            (list["totalRecords"].as_u64(), list["runs"][0]["status"].as_str()),
            (Some(1), Some("SCHEDULED"))
        );
        let told = format!("{}?submit=false", paths::runs(scene.project));
        scene.app.post(told).bearer(&token).json(&body).await.expect(403);
        let nonsense = format!("{}?submit=perhaps", paths::runs(scene.project));
        scene.app.post(nonsense).bearer(&token).json(&body).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_run_is_changed_by_who_has_seen_it() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let id = scene.add(json!({})).await;
        let path = paths::run(scene.project, id);
        let app = &scene.app;
        let read = app.get(&path).by(&scene.ann).await.expect(200).json();
        let version = read["version"].as_i64().unwrap();
        let rename = |version| app.put(&path).by(&scene.ann).if_match(version).json(&json!({"name": "best"}));
        rename(version).await.expect(200);
        let stale = rename(version).await.expect(412);
        assert_eq!(stale.json()["name"], "best");
        let bob = app.member(scene.project, "bob", Role::Reporter).await;
        app.delete(&path).by(&bob).await.expect(403);
        app.delete(&path).by(&scene.ann).await.expect(204);
        assert_eq!(app.get(&path).by(&bob).await.expect(200).json()["lifecycleStage"], "deleted");
        let other = app.project(&scene.ann, "other").await;
        app.get(paths::run(other, id)).by(&scene.ann).await.expect(404);
        app.get(paths::run_data(other, id)).by(&scene.ann).await.expect(404);
        app.put(paths::run_logs(other, id)).by(&scene.ann).json(&"x").await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn the_table_is_asked_within_its_limits() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        scene.add(json!({"commit": "abc"})).await;
        let ask = |path: String, body: Value| scene.app.post(path).by(&scene.ann).json(&body);
        let search = || paths::runs_search(scene.project);
        let query = json!({"filter": "commit = 'abc'", "columns": ["commit", "metrics.loss"]});
        let page = ask(search(), json!({"query": query, "limit": 200})).await.expect(200).json();
        assert_eq!(page["total"], 1);
        assert_eq!(page["columns"][0]["values"]["texts"]["entries"][0]["text"], "abc");
        assert_eq!(page["columns"][1]["values"]["numbers"], json!([null]));
        for wrong in [
            json!({"limit": 201}),
            json!({"limit": 0}),
            json!({"offset": 1_000_000_001}),
            json!({"query": {"filter": "loss <"}}),
            json!({"query": {"sort": [{"field": "colour"}]}}),
            json!({"query": {"columns": vec!["status"; 201]}}),
            json!({"query": {"groupBy": vec!["status"; 9]}}),
            json!({"within": vec![json!({"field": "status", "value": null}); 9]}),
        ] {
            ask(search(), wrong.clone()).await.expect(422);
        }
        let groups = ask(paths::runs_groups(scene.project), json!({"query": {"groupBy": ["status"]}})).await;
        assert_eq!(groups.expect(200).json()["groups"][0]["runs"]["running"], 1);
        ask(paths::runs_groups(scene.project), json!({"query": {}})).await.expect(422);
        let columns = || paths::runs_columns(scene.project);
        let contents = ask(columns(), json!({"query": {"columns": ["status", "metrics.loss"]}})).await;
        let told = [("status", "same"), ("metrics.loss", "empty")];
        let told = told.map(|(field, content)| json!({"field": field, "content": content}));
        assert_eq!(contents.expect(200).json(), json!({"total": 1, "columns": told}));
        ask(columns(), json!({"query": {"columns": vec!["status"; 201]}})).await.expect(422);
        ask(columns(), json!({"query": {"filter": "loss <"}})).await.expect(422);
        let keys = scene.app.get(paths::runs_keys(scene.project)).by(&scene.ann).await.expect(200).json();
        assert_eq!(keys, json!({"metrics": [], "parameters": []}));
    })
    .await;
}

#[tokio::test]
async fn histories_are_asked_within_their_limits() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let id = scene.add(json!({})).await;
        let path = paths::run_metrics(scene.project, id);
        let ask = |body: Value| scene.app.post(&path).by(&scene.ann).json(&body);
        let history = ask(json!({"keys": ["loss"], "points": 2})).await.expect(200).json();
        assert_eq!(history[0]["nValues"], 0);
        for points in [1, 5001] {
            ask(json!({"keys": ["loss"], "points": points})).await.expect(422);
        }
        ask(json!({"keys": vec!["loss"; 101], "points": 2})).await.expect(422);
        ask(json!({"keys": vec!["loss"; 41], "points": 5000})).await.expect(422);
        let data = scene.app.get(paths::run_data(scene.project, id)).by(&scene.ann).await.expect(200).json();
        assert_eq!(data["tags"][0]["key"], "mlflow.runName");
    })
    .await;
}

#[tokio::test]
async fn an_artifact_is_saved_never_shown() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let id = scene.add(json!({})).await;
        scene.keep(id, "plots/a\u{202E}b.html", b"<script>").await;
        scene.keep(id, "data.csv", b"0123456789").await;
        let app = &scene.app;
        let files = |path: &str| {
            app.get(format!("{}?path={path}", paths::run_files(scene.project, id))).by(&scene.ann)
        };
        let file = |path: &str| {
            app.get(format!("{}?path={path}", paths::run_file(scene.project, id))).by(&scene.ann)
        };
        let listing = files("").await.expect(200).json();
        assert_eq!(listing["entries"][0], json!({"path": "plots", "isDir": true, "size": 8}));
        assert_eq!(listing["entries"][1]["path"], "data.csv");
        files("plots/").await.expect(200);
        files("nothing").await.expect(404);
        let page = file("plots/a%E2%80%AEb.html").await.expect(200);
        assert_eq!(page.header("content-type"), "application/octet-stream");
        assert_eq!(
            page.header("content-disposition"),
            "attachment; filename=\"a_b.html\"; filename*=UTF-8''ab.html"
        );
        assert!(page.header("content-security-policy").starts_with("sandbox;"));
        assert_eq!(page.header("cache-control"), "private, no-store");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        let part = file("data.csv").header("range", "bytes=2-4").await.expect(206);
        assert_eq!((part.text().as_str(), part.header("content-range")), ("234", "bytes 2-4/10"));
        let etag = part.header("etag").to_owned();
        file("data.csv").header("range", "bytes=2-4").header("if-range", &etag).await.expect(206);
        file("data.csv").header("range", "bytes=2-4").header("if-range", "\"old\"").await.expect(200);
        let nowhere = file("data.csv").header("range", "bytes=10-").await.expect(416);
        assert_eq!(nowhere.header("content-range"), "bytes */10");
        for hostile in ["", "..%2Fa", "%2Fetc%2Fpasswd", "a%00", "%252e%252e%252fa"] {
            file(hostile).await.expect(422);
        }
        file("absent").await.expect(404);
        let guest = app.person("eve").await;
        let path = format!("{}?path=data.csv", paths::run_file(scene.project, id));
        app.get(path).by(&guest).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_no_artifact_names_is_swept_up_after_a_day() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let id = scene.add(json!({})).await;
        scene.keep(id, "kept", b"kept").await;
        let blobs = Blobs::new(scene.app.state().data());
        let orphan =
            |bytes: &'static [u8]| futures_util::stream::iter([Ok::<_, std::io::Error>(bytes.into())]);
        let old = blobs.write(orphan(b"old"), 9).await.unwrap();
        let new = blobs.write(orphan(b"new"), 9).await.unwrap();
        let two_days_ago = SystemTime::now() - Duration::from_secs(48 * 3600);
        for file in files(scene.app.state().data()) {
            if std::fs::read(&file).unwrap() != b"new" {
                std::fs::File::options().write(true).open(&file).unwrap().set_modified(two_days_ago).unwrap();
            }
        }
        assert_eq!(sweep(&blobs, scene.app.store()).await.unwrap(), 1);
        assert!(blobs.open(&old.sha256).await.is_err() && blobs.open(&new.sha256).await.is_ok());
        let path = format!("{}?path=kept", paths::run_file(scene.project, id));
        assert_eq!(scene.app.get(path).by(&scene.ann).await.expect(200).text(), "kept");
    })
    .await;
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
