//! Download links: made for who may, followed without signing in, and only while she still may.

use crate::support::{Person, TestApp, on_each_app};
use axum::http::Method;
use models::id::{ProjectId, RunId};
use models::paths;
use models::permission::Role;
use models::token::TokenScope;
use serde_json::{Value, json};
use std::io::Read as _;

/// A run with two artifacts, logged over MLflow's API.
async fn run(app: &TestApp, by: &Person, project: ProjectId) -> RunId {
    let token = by.token(app, &[TokenScope::Mlflow], Some(project)).await;
    let call = |name: &str| format!("{}/api/2.0/mlflow/{name}", paths::TRACKING);
    let made = app.post(call("runs/create")).bearer(&token).json(&json!({})).await.expect(200).json();
    let info = &made["run"]["info"];
    let root = info["artifact_uri"].as_str().unwrap().replace("mlflow-artifacts:/", "");
    for (path, bytes) in [("notes/one.txt", "one"), ("weights.bin", "")] {
        let address = format!("{}/api/2.0/mlflow-artifacts/artifacts/{root}/{path}", paths::TRACKING);
        app.put(address).bearer(&token).body("application/octet-stream", bytes).await.expect(200);
    }
    info["run_id"].as_str().unwrap().parse().unwrap()
}

async fn link(app: &TestApp, by: &Person, path: &str) -> String {
    path_of(&app.get(path).by(by).await.expect(200).json())
}

fn path_of(link: &Value) -> String {
    let url = link["url"].as_str().unwrap();
    url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned())).unwrap()
}

#[tokio::test]
async fn all_artifacts_of_a_run_come_as_one_archive() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let run = run(&app, &ann, project).await;
        let path = link(&app, &ann, &paths::run_artifacts(project, run)).await;
        assert!(path.ends_with(&format!("/{run}.zip")), "{path}");
        let answer = app.get(&path).await.expect(200);
        assert!(answer.header("content-disposition").starts_with("attachment"));
        assert_eq!(answer.header("cache-control"), "private, no-store");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.body.to_vec())).unwrap();
        let mut names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        names.sort();
        assert_eq!(names, ["notes/one.txt", "weights.bin"]);
        let mut text = String::new();
        archive.by_name("notes/one.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "one");
    })
    .await;
}

#[tokio::test]
async fn a_link_is_good_only_while_its_owner_may_download() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let run = run(&app, &ann, project).await;
        let rob = app.member(project, "Rob", Role::Reporter).await;
        let path = link(&app, &rob, &paths::run_artifacts(project, run)).await;
        app.get(&path).await.expect(200);
        let other = path.replacen("/api/downloads/", "/api/downloads/A", 1);
        app.get(other).await.expect(404);
        app.delete(paths::project_member(project, rob.id)).by(&ann).await.expect(204);
        app.get(&path).await.expect(404);
        let guest = app.member(project, "Gil", Role::Guest).await;
        app.get(paths::run_artifacts(project, run)).by(&guest).await.expect(403);
        let missing = paths::run_artifacts(project, RunId(uuid::Uuid::nil()));
        app.get(missing).by(&ann).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_with_the_session_or_the_token_that_asked_for_it() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let run = run(&app, &ann, project).await;
        let way = paths::run_artifacts(project, run);
        let token = ann.token(&app, &[TokenScope::Read], None).await;
        let client = ann.client(&app).await;
        let by_session = link(&app, &ann, &way).await;
        let mut by_bearer = Vec::new();
        for proof in [&token, &client] {
            by_bearer.push(path_of(&app.get(&way).bearer(proof).await.expect(200).json()));
        }
        for path in [&by_session, &by_bearer[0], &by_bearer[1]] {
            app.get(path).await.expect(200);
        }
        let tokens = app.store().api_tokens(ann.id).await.unwrap().items;
        for token in tokens.iter().filter(|token| token.scopes == [TokenScope::Read]) {
            app.store().delete_api_token(ann.id, token.token_id).await.unwrap();
        }
        app.get(&by_bearer[0]).await.expect(404);
        app.delete(paths::SESSION).by(&ann).await.expect(204);
        app.get(&by_session).await.expect(404);
        app.get(&by_bearer[1]).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn an_image_is_asked_for_uploaded_and_downloaded() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let new = json!({"name": "Rain 2", "uri": "s3://bucket/rain", "location": "S3"});
        let made = app.post(paths::saved_models(project)).by(&ann).json(&new).await.expect(201).json();
        let model = made["modelId"].as_str().unwrap().parse().unwrap();
        let image = paths::saved_model_image(project, model);
        let status = async || {
            let shown: Value = app.get(paths::saved_model(project, model)).by(&ann).await.expect(200).json();
            shown["status"].clone()
        };
        let refused = app.get(&image).by(&ann).await.expect(409).json();
        assert!(refused["detail"].as_str().unwrap().contains("no image yet"), "{refused}");
        let build = paths::saved_model_image_build(project, model);
        app.post(&build).by(&ann).json(&json!({})).await.expect(202);
        assert_eq!(status().await, "PENDING");
        app.put(&image).by(&ann).body("application/gzip", "an image").await.expect(204);
        assert_eq!(status().await, "SUCCESSFUL");
        let shown: Value = app.get(paths::saved_model(project, model)).by(&ann).await.expect(200).json();
        let archive = &shown["imageArchive"];
        assert_eq!((&archive["fileName"], &archive["size"]), (&json!("rain-2.tar.gz"), &json!(8)));
        // printf 'an image' | sha256sum
        assert_eq!(archive["sha256"], "a5df3fde7b200c3fa2791144c7e05c5c2bced4c6ad863d3a4cf76c972c1712f9");
        let path = link(&app, &ann, &image).await;
        assert!(path.ends_with("/rain-2.tar.gz"), "{path}");
        assert_eq!(app.get(&path).await.expect(200).text(), "an image");
        app.post(&build).by(&ann).json(&json!({})).await.expect(202);
        app.get(&image).by(&ann).await.expect(409);
        let shown: Value = app.get(paths::saved_model(project, model)).by(&ann).await.expect(200).json();
        assert_eq!(shown["imageArchive"], Value::Null, "what cannot be downloaded is not told");
        let rob = app.member(project, "Rob", Role::Reporter).await;
        app.put(&image).by(&rob).body("application/gzip", "other").await.expect(403);
        app.call(Method::DELETE, paths::saved_model(project, model)).by(&ann).await.expect(204);
        app.get(&path).await.expect(404);
    })
    .await;
}
