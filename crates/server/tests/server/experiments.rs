//! Experiments over the REST API.

use crate::support::{TestApp, on_each_app};
use models::{paths, permission::Role};
use serde_json::json;

#[tokio::test]
async fn an_experiment_is_made_renamed_and_listed() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let made =
            app.post(paths::experiments(project)).by(&ann).json(&json!({"name": "first"})).await.expect(201);
        let id = made.json()["experimentRepositoryId"].as_str().unwrap().parse().unwrap();
        let path = paths::experiment(project, id);
        let read = app.get(&path).by(&ann).await.expect(200);
        assert_eq!(read.header("etag"), "\"v1\"");
        assert_eq!(read.json()["mlflowExperimentId"], made.json()["mlflowExperimentId"]);
        let location = format!("mlflow-artifacts:/{}", made.json()["mlflowExperimentId"].as_str().unwrap());
        assert_eq!(read.json()["artifactLocation"], location);
        let renamed = app.put(&path).by(&ann).if_match(1).json(&json!({"name": "second"})).await.expect(200);
        assert_eq!(renamed.json()["name"], "second");
        let stale = app.put(&path).by(&ann).if_match(1).json(&json!({"name": "third"})).await.expect(412);
        assert_eq!(
            (stale.json()["name"].as_str(), stale.json()["code"].as_str()),
            (Some("second"), Some("stale"))
        );
        app.put(&path).by(&ann).json(&json!({"name": "third"})).await.expect(428);
        let list = app.get(paths::experiments(project)).by(&ann).await.expect(200);
        assert_eq!(list.json()["totalRecords"], 1);
        assert_eq!(list.json()["experimentRepositories"][0]["name"], "second");
    })
    .await;
}

#[tokio::test]
async fn two_experiments_of_a_project_have_two_names() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let (one, two) = (app.project(&ann, "one").await, app.project(&ann, "two").await);
        let create =
            |project, name: &str| app.put(paths::experiments(project)).by(&ann).json(&json!({"name": name}));
        create(one, "same").await.expect(201);
        create(one, "same").await.expect(409);
        create(two, "same").await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_experiment_is_in_the_bin() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let made =
            app.post(paths::experiments(project)).by(&ann).json(&json!({"name": "first"})).await.expect(201);
        let path = paths::experiment(
            project,
            made.json()["experimentRepositoryId"].as_str().unwrap().parse().unwrap(),
        );
        app.delete(&path).by(&ann).await.expect(204);
        let list = async |stage: &str| {
            let path = format!("{}?lifecycleStage={stage}", paths::experiments(project));
            app.get(path).by(&ann).await.expect(200).json()["totalRecords"].as_u64()
        };
        assert_eq!((list("active").await, list("deleted").await), (Some(0), Some(1)));
        let restored =
            app.put(&path).by(&ann).if_match(2).json(&json!({"lifecycleStage": "active"})).await.expect(200);
        assert_eq!(restored.json()["lifecycleStage"], "active");
    })
    .await;
}

#[tokio::test]
async fn a_run_gets_a_name_that_no_other_has() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let made =
            app.post(paths::experiments(project)).by(&ann).json(&json!({"name": "first"})).await.expect(201);
        let id = made.json()["experimentRepositoryId"].as_str().unwrap().parse().unwrap();
        let name = async |wish: &str| {
            let path = format!("{}?runName={wish}", paths::experiment_run_name(project, id));
            app.get(path).by(&ann).await.expect(200).json().as_str().unwrap().to_owned()
        };
        for expected in ["training", "training-2", "training-3"] {
            let name = name("training").await;
            assert_eq!(name, expected);
            let run = json!({"name": name, "experimentRepositoryId": id});
            app.post(format!("{}?submit=False", paths::runs(project))).by(&ann).json(&run).await.expect(201);
        }
        assert_eq!(name("train_ng").await, "train_ng", "a wildcard matches itself alone");
        assert_eq!(name("%20").await, "run");
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_makes_no_experiment() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let bob = app.member(project, "bob", Role::Reporter).await;
        let stranger = app.person("eve").await;
        let body = json!({"name": "first"});
        let made = app.post(paths::experiments(project)).by(&ann).json(&body).await.expect(201);
        let path = paths::experiment(
            project,
            made.json()["experimentRepositoryId"].as_str().unwrap().parse().unwrap(),
        );
        app.get(&path).by(&bob).await.expect(200);
        app.post(paths::experiments(project)).by(&bob).json(&body).await.expect(403);
        app.delete(&path).by(&bob).await.expect(403);
        app.get(&path).by(&stranger).await.expect(404);
        let elsewhere = app.project(&ann, "other").await;
        let id = made.json()["experimentRepositoryId"].as_str().unwrap().parse().unwrap();
        app.get(paths::experiment(elsewhere, id)).by(&ann).await.expect(404);
    })
    .await;
}
