//! What saved models take and give, read from their files.

use crate::support::{Call, Person, TestApp, on_each_app};
use models::id::ProjectId;
use models::paths;
use models::permission::Role;
use models::token::TokenScope;
use serde_json::{Value, json};

const FILE: &str = r#"
artifact_path: model
flavors: {python_function: {loader_module: mlflow.sklearn}}
saved_input_example_info: {artifact_path: input_example.json, serving_input_path: serving_input_example.json}
signature:
  inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "double", "name": "depth", "required": false}]'
  outputs: '[{"type": "double", "required": true}]'
  params: null
"#;

struct Scene {
    app: TestApp,
    ann: Person,
    token: String,
    project: ProjectId,
    run: String,
    /// The address of the run's artifacts.
    root: String,
}

impl Scene {
    async fn new(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let token = ann.token(&app, &[TokenScope::Mlflow], None).await;
        let path = format!("{}/api/2.0/mlflow/runs/create", paths::TRACKING);
        let made = app.post(path).bearer(&token).json(&json!({})).await.expect(200).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let info = &made["run"]["info"];
        let project = ann.personal_project;
        Self { app, ann, token, project, run: text(&info["run_id"]), root: text(&info["artifact_uri"]) }
    }

    fn put(&self, path: &str, bytes: impl Into<axum::body::Body>) -> Call {
        let root = self.root.replace("mlflow-artifacts:/", "");
        let address = format!("{}/api/2.0/mlflow-artifacts/artifacts/{root}/{path}", paths::TRACKING);
        self.app.put(address).bearer(&self.token).body("application/octet-stream", bytes)
    }

    async fn model(&self, new: Value) -> String {
        let made =
            self.app.post(paths::saved_models(self.project)).by(&self.ann).json(&new).await.expect(201);
        let path =
            format!("{}/{}", paths::saved_models(self.project), made.json()["modelId"].as_str().unwrap());
        format!("{path}/signature")
    }

    async fn signature(&self, path: &str) -> Value {
        self.app.get(path).by(&self.ann).await.expect(200).json()
    }
}

#[tokio::test]
async fn the_file_among_the_artifacts_of_its_run_says_what_a_model_takes() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let of_run = scene.model(json!({"name": "of a run", "runId": scene.run})).await;
        let problem = scene.signature(&of_run).await["problem"].as_str().unwrap().to_owned();
        assert!(problem.contains("no folder with a file MLmodel"), "{problem}");
        scene.put("model/MLmodel", FILE).await.expect(200);
        let example = json!({"dataframe_split": {"columns": ["age", "depth"], "data": [[7, 1.5]]}});
        scene.put("model/serving_input_example.json", example.to_string()).await.expect(200);
        let column = |name: Value, kind: &str, required: bool| {
            json!({"name": name, "type": kind, "required": required, "dtype": null, "shape": []})
        };
        let expected = json!({
            "problem": null, "params": [], "inputExample": example,
            "inputs": [column(json!("age"), "long", true), column(json!("depth"), "double", false)],
            "outputs": [column(Value::Null, "double", true)],
        });
        assert_eq!(scene.signature(&of_run).await, expected);
        for uri in [format!("runs:/{}/model", scene.run), format!("{}/model", scene.root)] {
            let path = scene.model(json!({"name": uri, "uri": uri, "location": "MLFLOW"})).await;
            assert_eq!(scene.signature(&path).await, expected, "{uri}");
        }
        let elsewhere = scene.model(json!({"name": "s3", "uri": "s3://bucket/rain", "location": "S3"})).await;
        assert!(scene.signature(&elsewhere).await["problem"].is_string());

        scene.put("other/MLmodel", FILE).await.expect(200);
        let problem = scene.signature(&of_run).await["problem"].as_str().unwrap().to_owned();
        assert!(problem.contains("several models among its artifacts: model, other"), "{problem}");

        // Nobody reads another project's artifacts by naming them.
        let bob = scene.app.person("Bob").await;
        let other = scene.app.project(&bob, "Other").await;
        let new = json!({"name": "stolen", "uri": format!("runs:/{}/model", scene.run), "location": "MLFLOW"});
        let made = scene.app.post(paths::saved_models(other)).by(&bob).json(&new).await.expect(201).json();
        let path = format!("{}/{}/signature", paths::saved_models(other), made["modelId"].as_str().unwrap());
        let told = scene.app.get(path).by(&bob).await.expect(200).json();
        assert!(told["problem"].is_string() && told["inputs"] == json!([]), "{told}");
        let gil = scene.app.member(scene.project, "Gil", Role::Guest).await;
        scene.app.get(&of_run).by(&gil).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_no_failure() {
    on_each_app(|app: TestApp| async move {
        let scene = Scene::new(app).await;
        let path = scene.model(json!({"name": "of a run", "runId": scene.run})).await;
        for (file, expected) in [
            ("signature: [".to_owned(), "cannot be read"),
            ("flavors: {}".to_owned(), "without a signature"),
            ("#".repeat(600_000), "larger than 512 kB"),
            (format!("a: &a [1,1,1,1,1,1,1,1,1]\n{}", bomb()), "cannot be read"),
        ] {
            scene.put("MLmodel", file).await.expect(200);
            let told = scene.signature(&path).await;
            assert!(told["problem"].as_str().unwrap().contains(expected), "{told}");
        }
        scene.put("MLmodel", FILE).await.expect(200);
        scene.put("serving_input_example.json", "[NaN").await.expect(200);
        assert_eq!(scene.signature(&path).await["inputExample"], Value::Null);
        scene.put("serving_input_example.json", format!("[\"{}\"]", "x".repeat(70_000))).await.expect(200);
        assert_eq!(scene.signature(&path).await["inputExample"], Value::Null, "it is long");
    })
    .await;
}

/// Each line repeats the one before nine times.
fn bomb() -> String {
    let names: Vec<char> = ('a'..='j').collect();
    let line = |pair: &[char]| {
        format!("{}: &{} [{}]\n", pair[1], pair[1], vec![format!("*{}", pair[0]); 9].join(","))
    };
    names.windows(2).map(line).collect()
}
