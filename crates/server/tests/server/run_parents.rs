//! Runs that are parts of others.

use crate::support::{TestApp, on_each_app};
use models::{
    id::{ProjectId, RunId},
    paths,
    token::TokenScope,
};
use serde_json::{Value, json};

/// Makes a run in the project's experiment of this name, with tags.
async fn add(app: &TestApp, token: &str, experiment: &str, tags: Value) -> RunId {
    let post = async |call: &str, body: Value| {
        let path = format!("{}/api/2.0/mlflow/{call}", paths::TRACKING);
        app.post(path).bearer(token).json(&body).await.expect(200).json()
    };
    let made = post("experiments/create", json!({ "name": experiment })).await;
    let made = post("runs/create", json!({ "experiment_id": made["experiment_id"], "tags": tags })).await;
    made["run"]["info"]["run_id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_run_is_told_with_its_parent_as_long_as_both_are_in_one_project() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let (wine, beer) = (app.project(&ann, "wine").await, app.project(&ann, "beer").await);
        let token = async |project: ProjectId| ann.token(&app, &[TokenScope::Mlflow], Some(project)).await;
        let (of_wine, of_beer) = (token(wine).await, token(beer).await);
        let parent = add(&app, &of_wine, "parents", json!([])).await;
        let foreign = add(&app, &of_beer, "parents", json!([])).await;
        let told = async |id: RunId| app.get(paths::run(wine, id)).by(&ann).await.expect(200).json();
        let name = told(parent).await["name"].clone();
        for (number, (named, expected)) in [
            (parent.mlflow(), json!({ "runId": parent, "name": name })),
            (foreign.mlflow(), Value::Null),
            ("no id".to_owned(), Value::Null),
            ("0190a5b2c3d44e5f8a9bcdef01234567".to_owned(), Value::Null),
        ]
        .into_iter()
        .enumerate()
        {
            let tags = json!([{ "key": "mlflow.parentRunId", "value": named }]);
            let child = add(&app, &of_wine, &format!("children {number}"), tags).await;
            assert_eq!(told(child).await["parentRun"], expected, "{named}");
        }
    })
    .await;
}
