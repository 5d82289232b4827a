//! Saved models and their deployments over the REST API.

use crate::support::{Person, TestApp, Upstream, on_each_app, on_each_database};
use axum::http::Method;
use models::id::{ProjectId, SavedModelId};
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};

/// What the `mantik` 0.5.11 client reads of a model.
const KEYS: [&str; 8] =
    ["modelId", "uri", "location", "connectionId", "mlflowParameters", "status", "runId", "name"];

async fn run(app: &TestApp, project: ProjectId, by: &Person) -> Value {
    let new = json!({"name": "Tuning"});
    let made = app.post(paths::experiments(project)).by(by).json(&new).await.expect(201).json();
    let run = json!({"name": "first", "experimentRepositoryId": made["experimentRepositoryId"]});
    let path = format!("{}?submit=False", paths::runs(project));
    app.post(path).by(by).json(&run).await.expect(201).json()["runId"].clone()
}

#[tokio::test]
async fn a_model_is_added_and_changed_as_the_client_does_it() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let run = run(&app, project, &ann).await;
        let token = ann.token(&app, &[models::token::TokenScope::Write], None).await;
        let body = |uri: Value, location: Value, run: Value| {
            json!({"uri": uri, "location": location, "connectionId": null, "mlflowParameters": null,
                "runId": run, "name": "Rain"})
        };
        let new = body(json!("s3://bucket/rain"), json!("S3"), Value::Null);
        let made = app.post(paths::saved_models(project)).bearer(&token).json(&new).await.expect(201).json();
        let path = format!("{}/{}", paths::saved_models(project), made["modelId"].as_str().unwrap());
        let model = app.get(&path).bearer(&token).json(&json!({})).await.expect(200).json();
        assert_eq!((&model["uri"], &model["location"]), (&json!("s3://bucket/rain"), &json!("S3")));
        let listed =
            app.get(paths::saved_models(project)).bearer(&token).json(&json!({})).await.expect(200).json();
        for key in KEYS {
            assert!(model.get(key).is_some() && listed["models"][0].get(key).is_some(), "{key}");
        }
        // A run wins.
        let update = body(json!("s3://bucket/other"), json!("S3"), run.clone());
        app.put(&path).bearer(&token).json(&update).await.expect(200);
        let model = app.get(&path).bearer(&token).await.expect(200).json();
        assert_eq!((&model["runId"], &model["location"]), (&run, &json!("MLFLOW")));
        assert!(model["uri"].as_str().unwrap().starts_with("mlflow-artifacts:/"));
        app.put(&path).bearer(&token).json(&body(Value::Null, Value::Null, Value::Null)).await.expect(422);
        app.delete(&path).bearer(&token).json(&json!({})).await.expect(204);
        app.get(&path).bearer(&token).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_model_lies_in_a_run_or_at_an_address_in_a_storage() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let (project, other) = (app.project(&ann, "Weather").await, app.project(&ann, "Other").await);
        let foreign = run(&app, other, &ann).await;
        for (new, field) in [
            (json!({"name": "x"}), "runId"),
            (json!({"name": "x", "uri": "s3://bucket/x"}), "location"),
            (json!({"name": "x", "location": "S3"}), "uri"),
            (json!({"name": "x", "runId": foreign}), "runId"),
        ] {
            let refused = app.post(paths::saved_models(project)).by(&ann).json(&new).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"], json!(["body", field]), "{refused}");
        }
        let new =
            json!({"name": "x", "uri": "s3://bucket/x", "location": "S3", "mlflowParameters": "{\"a\": 1}"});
        let made = app.put(paths::saved_models(project)).by(&ann).json(&new).await.expect(201).json();
        app.put(paths::saved_models(project)).by(&ann).json(&new).await.expect(409);
        let path = format!("{}/{}", paths::saved_models(project), made["modelId"].as_str().unwrap());
        let half =
            app.put(&path).by(&ann).if_match(1).json(&json!({"location": null})).await.expect(422).json();
        assert_eq!(half["detail"][0]["loc"], json!(["body", "location"]));
        let changed =
            app.put(&path).by(&ann).if_match(1).json(&json!({"name": "y"})).await.expect(200).json();
        assert_eq!((&changed["name"], &changed["mlflowParameters"]), (&json!("y"), &json!({"a": 1})));
        app.put(&path).by(&ann).if_match(1).json(&json!({"name": "z"})).await.expect(412);
        let bob = app.member(project, "Bob", Role::Reporter).await;
        app.get(&path).by(&bob).await.expect(200);
        app.delete(&path).by(&bob).await.expect(403);
        app.post(paths::saved_models(project)).by(&bob).json(&new).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_deployment_is_described_changed_and_deleted() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let model = json!({"name": "Rain", "uri": "s3://bucket/x", "location": "S3"});
        let model = app.post(paths::saved_models(project)).by(&ann).json(&model).await.expect(201).json();
        let bob = app.member(project, "Bob", Role::Reporter).await;
        let guest = app.member(project, "Gil", Role::Guest).await;
        let new = json!({
            "savedModelId": model["modelId"], "cronString": "0 2 * * 1", "timeZone": "Europe/Berlin",
            "resources": {"Queue": "batch", "Nodes": 1}, "mode": {"name": "HPC", "parameters": {"queue": "devel"}},
        });
        app.post(paths::deployments(project)).by(&guest).json(&new).await.expect(403);
        let made = app.post(paths::deployments(project)).by(&bob).json(&new).await.expect(201).json();
        let path = format!("{}/{}", paths::deployments(project), made["deploymentId"].as_str().unwrap());
        let shown = app.get(&path).by(&guest).await.expect(200).json();
        assert_eq!((&shown["status"], &shown["name"]), (&json!("CREATED"), &json!("Rain")));
        assert_eq!((&shown["model"]["name"], &shown["mode"]["values"]["queue"]), (&json!("Rain"), &json!("devel")));
        let listed = app.get(paths::deployments(project)).by(&guest).await.expect(200).json();
        assert_eq!((&listed["totalRecords"], &listed["deployments"][0]["model"]), (&json!(1), &Value::Null));
        let change = |version: i64, body: Value| app.put(&path).by(&bob).if_match(version).json(&body);
        let changed = change(1, json!({"cronString": null, "name": "Live", "paused": true})).await.expect(200).json();
        assert_eq!((&changed["cronString"], &changed["name"]), (&Value::Null, &json!("Live")));
        change(1, json!({"name": "x"})).await.expect(412);
        for (body, field) in [
            (json!({"cronString": "every day"}), "cronString"),
            (json!({"timeZone": "somewhere else"}), "timeZone"),
            (json!({"status": "RUNNING"}), "status"),
            (json!({"status": "FAILED"}), "status"),
            (json!({"modelId": uuid::Uuid::now_v7()}), "modelId"),
        ] {
            let refused = change(2, body).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"][1], json!(field), "{refused}");
        }
        let running = change(2, json!({"endpointUri": "https://models.example.org/1"})).await.expect(200).json();
        assert_eq!(running["status"], "RUNNING");
        assert_eq!(change(3, json!({"status": "STOPPED"})).await.expect(200).json()["status"], "STOPPED");
    })
    .await;
}

#[tokio::test]
async fn a_deployment_is_tended_by_who_made_it_and_by_maintainers() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let model = json!({"name": "Rain", "uri": "s3://bucket/x", "location": "S3"});
        let model = app.post(paths::saved_models(project)).by(&ann).json(&model).await.expect(201).json();
        let bob = app.member(project, "Bob", Role::Reporter).await;
        let cat = app.member(project, "Cat", Role::Researcher).await;
        let dan = app.member(project, "Dan", Role::Maintainer).await;
        let new = json!({"modelId": model["modelId"]});
        let made = app.post(paths::deployments(project)).by(&bob).json(&new).await.expect(201).json();
        let path = format!("{}/{}", paths::deployments(project), made["deploymentId"].as_str().unwrap());
        app.put(&path).by(&cat).if_match(1).json(&json!({"name": "x"})).await.expect(403);
        app.delete(&path).by(&cat).await.expect(403);
        app.post(&path).by(&dan).if_match(1).json(&json!({"name": "x"})).await.expect(200);
        app.delete(&path).by(&bob).await.expect(204);
        app.delete(&path).by(&dan).await.expect(404);
        // A model takes its deployments with it.
        app.post(paths::deployments(project)).by(&bob).json(&new).await.expect(201);
        let model = format!("{}/{}", paths::saved_models(project), model["modelId"].as_str().unwrap());
        app.delete(&model).by(&cat).await.expect(204);
        assert_eq!(app.get(paths::deployments(project)).by(&bob).await.json()["totalRecords"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_deployment_is_asked_and_nothing_of_the_caller_goes_along() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 6\r\n\r\n[0.25]";
    let (good, bad) = (Upstream::new(answer).await, Upstream::with_status(400).await);
    let places = [good.place.clone(), bad.place.clone()];
    let (good, bad) = (&good, &bad);
    on_each_database(|store| {
        let places = places.to_vec();
        async move {
            let app = TestApp::new(store, |settings| settings.allow_egress = places);
            let ann = app.person("Ann").await;
            let project = app.project(&ann, "Weather").await;
            let model = json!({"name": "Rain", "uri": "s3://bucket/rain", "location": "S3"});
            let made = app.post(paths::saved_models(project)).by(&ann).json(&model).await.expect(201).json();
            let deploy = async |endpoint: Value| {
                let new = json!({"name": format!("{endpoint}").chars().rev().take(8).collect::<String>(),
                    "modelId": made["modelId"], "endpointUri": endpoint});
                let made = app.post(paths::deployments(project)).by(&ann).json(&new).await.expect(201).json();
                format!("{}/{}", paths::deployments(project), made["deploymentId"].as_str().unwrap())
            };
            let asked = json!({"x": {"0": 1.5}});
            let running = deploy(json!(good.url("/invocations"))).await;
            for method in [Method::POST, Method::GET] {
                let call = app.call(method, format!("{running}/predict")).by(&ann);
                assert_eq!(call.json(&asked).await.expect(200).json(), json!({"predictions": [0.25]}));
            }
            let sent = good.requests().pop().unwrap();
            assert!(sent.starts_with("POST /invocations HTTP/1.1"), "{sent}");
            assert!(sent.ends_with(&asked.to_string()), "{sent}");
            assert!(!sent.to_ascii_lowercase().contains("cookie") && !sent.contains("Origin"), "{sent}");
            let refusing = deploy(json!(bad.url("/"))).await;
            app.post(format!("{refusing}/predict")).by(&ann).json(&asked).await.expect(424);
            let inside = deploy(json!("http://169.254.169.254/latest")).await;
            app.post(format!("{inside}/predict")).by(&ann).json(&asked).await.expect(424);
            let nowhere = deploy(Value::Null).await;
            app.post(format!("{nowhere}/predict")).by(&ann).json(&asked).await.expect(409);
            let guest = app.member(project, "Gil", Role::Guest).await;
            app.post(format!("{running}/predict")).by(&guest).json(&asked).await.expect(403);
            let shown = app.get(&running).by(&guest).await.expect(200).json();
            assert_eq!(shown["endpointUri"], Value::Null, "a guest may not ask, and learns no address");
            let listed = app.get(paths::deployments(project)).by(&guest).await.expect(200).text();
            assert!(!listed.contains("invocations"), "{listed}");
            let guessed = app.get(format!("{}?search=invocations", paths::deployments(project))).by(&guest);
            assert_eq!(
                guessed.await.expect(200).json()["totalRecords"],
                0,
                "a search tells no address, either"
            );
            let packaged = app.get(format!("{running}/download")).by(&ann).await.expect(200).json();
            assert_eq!(packaged, json!({}));
        }
    })
    .await;
}

#[tokio::test]
async fn a_deployment_is_packaged_as_an_image_in_a_registry_and_as_what_was_uploaded() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "Weather").await;
        let new = json!({"name": "Rain", "uri": "s3://bucket/rain", "location": "S3", "imageReference": "ghcr.io/team/rain:2"});
        let made = app.post(paths::saved_models(project)).by(&ann).json(&new).await.expect(201).json();
        let model: SavedModelId = made["modelId"].as_str().unwrap().parse().unwrap();
        let own = paths::saved_model(project, model);
        let deployed = json!({"modelId": model});
        let made = app.post(paths::deployments(project)).by(&ann).json(&deployed).await.expect(201).json();
        let deployment = made["deploymentId"].as_str().unwrap().parse().unwrap();
        let packaged = async |expected: u16| {
            let path = paths::deployment_download(project, deployment);
            app.get(path).by(&ann).await.expect(expected).json()
        };
        assert_eq!(packaged(200).await, json!({"apptainerImageUri": "docker://ghcr.io/team/rain:2"}));
        let image = paths::saved_model_image(project, model);
        app.put(&image).by(&ann).body("application/gzip", "an image").await.expect(204);
        let both = packaged(200).await;
        assert_eq!(both["apptainerImageUri"], "docker://ghcr.io/team/rain:2");
        let url = both["dockerImageUrl"].as_str().unwrap();
        let path = url.find("/api/").map(|start| &url[start..]).unwrap();
        assert_eq!(app.get(path).await.expect(200).text(), "an image");
        let shown = app.get(paths::deployment(project, deployment)).by(&ann).await.expect(200).json();
        assert_eq!(shown["model"]["imageReference"], "ghcr.io/team/rain:2");
        let change = async |image: Value, expected: u16| {
            let version = app.get(&own).by(&ann).await.expect(200).json()["version"].as_i64().unwrap();
            let patch = json!({"imageReference": image});
            app.put(&own).by(&ann).if_match(version).json(&patch).await.expect(expected).text()
        };
        let refused = change(json!("ann:hush@ghcr.io/rain"), 422).await;
        assert!(refused.contains("imageReference"), "{refused}");
        change(json!("oras://ghcr.io/team/rain:sif"), 200).await;
        assert_eq!(packaged(200).await["apptainerImageUri"], "oras://ghcr.io/team/rain:sif");
        change(Value::Null, 200).await;
        assert_eq!(packaged(200).await["apptainerImageUri"], Value::Null);
    })
    .await;
}
