//! Artifacts and logged models over MLflow's API.

use crate::support::{Answer, Call, Person, TestApp, on_each_app};
use axum::http::Method;
use models::{id::RunId, paths, permission::Role, token::TokenScope};
use serde_json::{Value, json};

/// A run whose artifacts are sent and fetched.
struct Scene {
    app: TestApp,
    ann: Person,
    token: String,
    run: String,
    root: String,
}

impl Scene {
    async fn new(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let token = ann.token(&app, &[TokenScope::Mlflow], None).await;
        let made = app.post(call("runs/create")).bearer(&token).json(&json!({})).await.expect(200).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let info = &made["run"]["info"];
        let root = text(&info["artifact_uri"]).replace("mlflow-artifacts:/", "");
        Self { app, ann, token, run: text(&info["run_id"]), root }
    }

    fn at(&self, path: &str) -> String {
        format!("/tracking/api/2.0/mlflow-artifacts/artifacts/{}{path}", self.root)
    }

    fn put(&self, path: &str, bytes: impl Into<axum::body::Body>) -> Call {
        self.app.put(self.at(path)).bearer(&self.token).body("application/octet-stream", bytes)
    }

    fn get(&self, path: &str) -> Call {
        self.app.get(self.at(path)).bearer(&self.token)
    }

    async fn list(&self, path: &str) -> Value {
        let path = format!("{}?run_id={}&path={path}", call("artifacts/list"), self.run);
        self.app.get(path).bearer(&self.token).await.expect(200).json()["files"].clone()
    }
}

fn call(name: &str) -> String {
    format!("{}/api/2.0/mlflow/{name}", paths::TRACKING)
}

#[track_caller]
fn refused(answer: Answer, status: u16, code: &str) {
    let body = answer.expect(status).json();
    assert_eq!(body["error_code"], code, "{body}");
}

#[tokio::test]
async fn what_is_sent_is_fetched_listed_and_deleted() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        scene.put("/a.txt", "one").await.expect(200);
        scene.put("/a.txt", "two").await.expect(200);
        scene.put("/sub/%C3%BC%20b.bin", vec![7_u8; 100_000]).await.expect(200);
        assert_eq!(scene.get("/a.txt").await.expect(200).text(), "two");
        assert_eq!(scene.get("/sub/%C3%BC%20b.bin").await.expect(200).body.len(), 100_000);
        let part = scene.get("/a.txt").header("range", "bytes=1-").await.expect(206);
        assert_eq!(part.text(), "wo");
        let expected =
            json!([{"path": "sub", "is_dir": true}, {"path": "a.txt", "is_dir": false, "file_size": 3}]);
        assert_eq!(scene.list("").await, expected);
        assert_eq!(scene.list("sub").await[0]["path"], "sub/ü b.bin");
        let names = format!("/tracking/api/2.0/mlflow-artifacts/artifacts?path={}/sub", scene.root);
        let names = scene.app.get(names).bearer(&scene.token).await.expect(200).json();
        assert_eq!(names["files"][0]["path"], "ü b.bin");
        refused(scene.put("/sub", "x").await, 400, "INVALID_PARAMETER_VALUE");
        refused(scene.put("/a.txt/b", "x").await, 400, "INVALID_PARAMETER_VALUE");
        scene.app.delete(scene.at("/sub")).bearer(&scene.token).await.expect(200);
        refused(scene.get("/sub/%C3%BC%20b.bin").await, 404, "RESOURCE_DOES_NOT_EXIST");
        let run: RunId = scene.run.parse().unwrap();
        let path = paths::run_file(scene.ann.personal_project, run) + "?path=a.txt";
        assert_eq!(scene.app.get(path).by(&scene.ann).await.expect(200).text(), "two");
    })
    .await;
}

#[tokio::test]
async fn no_path_leads_out_of_the_run() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        scene.put("/kept", "kept").await.expect(200);
        let hostile = [
            "/..",
            "/../kept",
            "/%2e%2e/kept",
            "/..%2fkept",
            "/%252e%252e/kept",
            "/a%00",
            "/a%5c..%5cb",
            "/%2Fetc/passwd",
            "//etc",
            "/./a",
            "/a/%2e/b",
            "/C:%5ca",
            "/%0d%0a",
        ];
        for path in hostile {
            for method in [Method::GET, Method::PUT, Method::DELETE] {
                let answer = scene.app.call(method.clone(), scene.at(path)).bearer(&scene.token).await;
                let status = answer.status.as_u16();
                assert!(matches!(status, 400 | 404), "{method} {path}: {status} {}", answer.text());
                assert!(answer.json()["error_code"].is_string());
            }
        }
        refused(scene.put("", "x").await, 400, "INVALID_PARAMETER_VALUE");
        let long = format!("/{}", "a".repeat(1100));
        refused(scene.put(&long, "x").await, 400, "INVALID_PARAMETER_VALUE");
        let deep = "/d".repeat(40);
        refused(scene.put(&deep, "x").await, 400, "INVALID_PARAMETER_VALUE");
        assert_eq!(scene.list("").await.as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn others_artifacts_are_not_there() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        scene.put("/a.txt", "one").await.expect(200);
        let eve = scene.app.person("eve").await.token(&scene.app, &[TokenScope::Mlflow], None).await;
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let answer = scene.app.call(method, scene.at("/a.txt")).bearer(&eve).await;
            refused(answer, 404, "RESOURCE_DOES_NOT_EXIST");
        }
        let reader = scene.app.member(scene.ann.personal_project, "bob", Role::Reporter).await;
        let reader = reader.token(&scene.app, &[TokenScope::Mlflow], None).await;
        scene.app.get(scene.at("/a.txt")).bearer(&reader).await.expect(200);
        refused(scene.app.put(scene.at("/a.txt")).bearer(&reader).await, 403, "PERMISSION_DENIED");
        let other = scene.root.replacen(|character: char| character.is_ascii_digit(), "99", 1);
        let elsewhere = format!("/tracking/api/2.0/mlflow-artifacts/artifacts/{other}/a.txt");
        refused(scene.app.get(elsewhere).bearer(&scene.token).await, 404, "RESOURCE_DOES_NOT_EXIST");
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_what_was_there() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        scene.put("/a.txt", "one").await.expect(200);
        let pieces = [Ok("tw"), Err(std::io::Error::other("cut"))];
        let body = axum::body::Body::from_stream(futures_util::stream::iter(pieces));
        refused(scene.put("/a.txt", body).await, 400, "BAD_REQUEST");
        assert_eq!(scene.get("/a.txt").await.expect(200).text(), "one");
        let announced = scene.put("/big", "x").header("content-length", "5368709121");
        refused(announced.await, 413, "INVALID_PARAMETER_VALUE");
        assert_eq!(scene.list("").await.as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn files_are_found_by_their_names_wherever_they_lie() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        for path in [
            "/requirements.txt",
            "/models/best/MLmodel",
            "/models/best/model.pkl",
            "/notMLmodel/x",
            "/MLmodel.txt",
        ] {
            scene.put(path, "text").await.expect(200);
        }
        let project = scene.ann.personal_project;
        let run: RunId = scene.run.parse().unwrap();
        let files = |query: &str| {
            let path = format!("{}?{query}", paths::run_files(project, run));
            scene.app.get(path).by(&scene.ann)
        };
        let found = files("named=MLmodel,requirements.txt").await.expect(200).json();
        let found: Vec<_> =
            found["entries"].as_array().unwrap().iter().map(|entry| entry["path"].clone()).collect();
        assert_eq!(found, ["models/best/MLmodel", "requirements.txt"]);
        let within = files("named=MLmodel&path=models").await.expect(200).json();
        assert_eq!(within["entries"], json!([{ "path": "models/best/MLmodel", "isDir": false, "size": 4 }]));
        assert_eq!(files("named=nothing").await.expect(200).json(), json!({ "entries": [] }));
    })
    .await;
}

#[tokio::test]
async fn a_logged_model_has_artifacts_tags_and_a_place_among_those_of_its_run() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let ask = |method: Method, name: &str, body: Value| {
            scene.app.call(method, call(name)).bearer(&scene.token).json(&body)
        };
        let new = json!({"experiment_id": "0", "name": "line", "source_run_id": scene.run, "params": [{"key": "a", "value": "1"}]});
        let made = ask(Method::POST, "logged-models", new).await.expect(200).json();
        let id = made["model"]["info"]["model_id"].as_str().unwrap().to_owned();
        assert_eq!(made["model"]["info"]["status"], "LOGGED_MODEL_PENDING");
        let root = made["model"]["info"]["artifact_uri"].as_str().unwrap().replace("mlflow-artifacts:/", "");
        let file = format!("/tracking/api/2.0/mlflow-artifacts/artifacts/{root}/MLmodel");
        scene.app.put(&file).bearer(&scene.token).body("text/plain", "flavors:").await.expect(200);
        assert_eq!(scene.app.get(&file).bearer(&scene.token).await.expect(200).text(), "flavors:");
        let one = format!("logged-models/{id}");
        let ready = ask(Method::PATCH, &one, json!({"status": "LOGGED_MODEL_READY"})).await.expect(200).json();
        assert_eq!(ready["model"]["info"]["status"], "LOGGED_MODEL_READY");
        refused(ask(Method::PATCH, &one, json!({"status": "DONE"})).await, 400, "INVALID_PARAMETER_VALUE");
        let tags = json!({"tags": [{"key": "t", "value": "1"}]});
        ask(Method::PATCH, &format!("{one}/tags"), tags).await.expect(200);
        ask(Method::POST, &format!("{one}/params"), json!({"params": [{"key": "b", "value": "2"}]})).await.expect(200);
        let read = scene.app.get(call(&one)).bearer(&scene.token).await.expect(200).json();
        assert_eq!((&read["model"]["info"]["tags"][0]["key"], &read["model"]["data"]["params"][1]["key"]), (&json!("t"), &json!("b")));
        let search = |filter: &str| ask(Method::POST, "logged-models/search", json!({"experiment_ids": ["0"], "filter": filter}));
        for (filter, n_found) in [("name = 'line' AND tags.t = '1'", 1), ("name != 'line'", 0), ("status = 'READY'", 1)] {
            let found = search(filter).await.expect(200).json();
            assert_eq!(found["models"].as_array().unwrap().len(), n_found, "{filter}");
        }
        refused(search("metrics.loss < 1").await, 400, "INVALID_PARAMETER_VALUE");
        let output = json!({"run_id": scene.run, "models": [{"model_id": id, "step": 3}]});
        ask(Method::POST, "runs/outputs", output).await.expect(200);
        let run = scene.app.get(format!("{}?run_id={}", call("runs/get"), scene.run)).bearer(&scene.token).await.json();
        assert_eq!(run["run"]["outputs"]["model_outputs"][0], json!({"model_id": id, "step": 3}));
        let files = paths::run_files(scene.ann.personal_project, scene.run.parse().unwrap()) + "?path=line";
        let files = scene.app.get(files).by(&scene.ann).await.expect(200).json();
        assert_eq!(files["entries"][0]["path"], "line/MLmodel");
        let directories = scene.app.get(call(&format!("{one}/artifacts/directories"))).bearer(&scene.token).await;
        assert_eq!(directories.expect(200).json()["files"][0]["path"], "MLmodel");
        scene.app.delete(call(&format!("{one}/tags/t"))).bearer(&scene.token).await.expect(200);
        scene.app.delete(call(&one)).bearer(&scene.token).await.expect(200);
        refused(scene.app.get(call(&one)).bearer(&scene.token).await, 404, "RESOURCE_DOES_NOT_EXIST");
        refused(ask(Method::POST, "logged-models", json!({"name": "a/b"})).await, 400, "INVALID_PARAMETER_VALUE");
    })
    .await;
}

#[tokio::test]
async fn inputs_of_a_run_are_described_in_full() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let post = |name: &str, body: Value| scene.app.post(call(name)).bearer(&scene.token).json(&body);
        let dataset =
            json!({"name": "wine", "digest": "d", "source_type": "local", "source": "{}", "schema": "{}"});
        let input =
            json!({"dataset": dataset, "tags": [{"key": "mlflow.data.context", "value": "training"}]});
        post("runs/log-inputs", json!({"run_id": scene.run, "datasets": [input]})).await.expect(200);
        let run = scene
            .app
            .get(format!("{}?run_id={}", call("runs/get"), scene.run))
            .bearer(&scene.token)
            .await
            .json();
        assert_eq!(run["run"]["inputs"]["dataset_inputs"][0], input);
        let nameless = json!({"run_id": scene.run, "datasets": [{"dataset": {"name": "x"}}]});
        refused(post("runs/log-inputs", nameless).await, 400, "INVALID_PARAMETER_VALUE");
        for _ in 0..2 {
            let model = json!({"run_id": scene.run, "model_json": "{\"artifact_path\": \"m\"}"});
            post("runs/log-model", model).await.expect(200);
        }
        let run = scene
            .app
            .get(format!("{}?run_id={}", call("runs/get"), scene.run))
            .bearer(&scene.token)
            .await
            .json();
        let tags = run["run"]["data"]["tags"].as_array().unwrap();
        let history = tags.iter().find(|tag| tag["key"] == "mlflow.log-model.history").unwrap();
        assert_eq!(history["value"], r#"[{"artifact_path":"m"},{"artifact_path":"m"}]"#);
        refused(
            post("runs/log-model", json!({"run_id": scene.run, "model_json": "x"})).await,
            400,
            "INVALID_PARAMETER_VALUE",
        );
    })
    .await;
}
