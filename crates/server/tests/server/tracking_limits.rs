//! MLflow's API: how much may be asked for and logged at once, and what names may hold.

use crate::support::{Answer, Person, TestApp, on_each_app};
use models::{id::ProjectId, paths, permission::Role, token::TokenScope};
use serde_json::{Value, json};

/// Calls MLflow's API with a token of a person for a project.
struct Client {
    app: TestApp,
    token: String,
}

impl Client {
    async fn new(app: &TestApp, person: &Person, project: Option<ProjectId>) -> Self {
        Self { app: app.clone(), token: person.token(app, &[TokenScope::Mlflow], project).await }
    }

    async fn post(&self, call: &str, body: Value) -> Answer {
        let path = format!("{}/api/2.0/mlflow/{call}", paths::TRACKING);
        self.app.post(path).bearer(&self.token).json(&body).await
    }

    async fn experiment(&self, name: &str) -> String {
        let made = self.post("experiments/create", json!({"name": name})).await.expect(200).json();
        made["experiment_id"].as_str().unwrap().to_owned()
    }

    /// The names of the runs that a search finds.
    async fn found(&self, search: Value) -> Vec<Value> {
        let found = self.post("runs/search", search).await.expect(200).json();
        found["runs"].as_array().unwrap().iter().map(|run| run["info"]["run_name"].clone()).collect()
    }

    async fn refused(&self, call: &str, body: Value) -> String {
        let refused = self.post(call, body).await.expect(400).json();
        assert_eq!(refused["error_code"], "INVALID_PARAMETER_VALUE", "{refused}");
        refused["message"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_search_names_few_fields_to_order_by() {
    on_each_app(|app: TestApp| async move {
        let client = Client::new(&app, &app.person("ann").await, None).await;
        for name in ["b", "a", "c"] {
            client.post("runs/create", json!({"run_name": name})).await.expect(200);
        }
        let ordered = |by: Vec<String>| json!({"experiment_ids": ["0"], "order_by": by});
        let twice = ["run_name DESC", "attributes.run_name ASC"].map(str::to_owned).to_vec();
        assert_eq!(client.found(ordered(twice)).await, ["c", "b", "a"]);
        let many = |n: usize| (0..n).map(|n| format!("metrics.m{n}")).collect::<Vec<_>>();
        client.post("runs/search", ordered(many(8))).await.expect(200);
        client.refused("runs/search", ordered(many(9))).await;
        client.refused("runs/search", ordered(many(10_000))).await;
        let names = vec!["name".to_owned(); 1000];
        client.post("experiments/search", json!({"max_results": 5, "order_by": names})).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_search_names_its_experiments_at_most_a_thousand_times_and_sees_only_hers() {
    on_each_app(|app: TestApp| async move {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (wine, secret) = (app.project(&ann, "wine").await, app.project(&ann, "secret").await);
        app.store().set_member(wine, bob.id, Role::Reporter).await.unwrap();
        let mut ids = vec!["999999".to_owned(), "0".to_owned()];
        for (project, name) in [(wine, "shown"), (secret, "hidden")] {
            let client = Client::new(&app, &ann, Some(project)).await;
            let id = client.experiment(name).await;
            let body = json!({"experiment_id": id, "run_name": name});
            client.post("runs/create", body).await.expect(200);
            client.post("logged-models", json!({"experiment_id": id, "name": name})).await.expect(200);
            ids.extend([id.clone(), id]);
        }
        let bob = Client::new(&app, &bob, None).await;
        bob.post("runs/create", json!({"run_name": "own"})).await.expect(200);
        let often: Vec<&String> = ids.iter().cycle().take(300 * ids.len()).collect();
        assert_eq!(bob.found(json!({"experiment_ids": often})).await, ["own", "shown"]);
        let models = bob.post("logged-models/search", json!({"experiment_ids": ids})).await.expect(200);
        let models = models.json()["models"].as_array().unwrap().clone();
        assert_eq!(models.len(), 1);
        assert_eq!(models[0]["info"]["name"], "shown");
        let many: Vec<String> = (1..=1001).map(|id| id.to_string()).collect();
        for call in ["runs/search", "logged-models/search"] {
            bob.post(call, json!({"experiment_ids": many[..1000]})).await.expect(200);
            bob.refused(call, json!({"experiment_ids": many})).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_made_has_as_many_tags_as_a_batch() {
    on_each_app(|app: TestApp| async move {
        let client = Client::new(&app, &app.person("ann").await, None).await;
        let tags =
            |n: usize| (0..n).map(|n| json!({"key": format!("t{n}"), "value": "x"})).collect::<Value>();
        client.post("runs/create", json!({"tags": tags(100)})).await.expect(200);
        let message = client.refused("runs/create", json!({"tags": tags(101)})).await;
        let start = "A batch logging request can contain at most 100 tags. Got 101 tags.";
        assert!(message.starts_with(start), "{message}");
        client.refused("experiments/create", json!({"name": "many", "tags": tags(101)})).await;
        client.refused("logged-models", json!({"experiment_id": "0", "tags": tags(101)})).await;
        client.refused("logged-models", json!({"experiment_id": "0", "params": tags(101)})).await;
    })
    .await;
}

#[tokio::test]
async fn no_name_turns_hides_or_breaks_a_line() {
    on_each_app(|app: TestApp| async move {
        let client = Client::new(&app, &app.person("ann").await, None).await;
        let deceiving = "exe.\u{202E}gpj\u{2028}\u{200B}";
        client.post("runs/create", json!({"run_name": deceiving})).await.expect(200);
        let tag = json!({"key": "mlflow.runName", "value": deceiving});
        client.post("runs/create", json!({"tags": [tag]})).await.expect(200);
        let made = client.post("runs/create", json!({"run_name": "plain"})).await.expect(200).json();
        let renamed = json!({"run_id": made["run"]["info"]["run_id"], "run_name": deceiving});
        client.post("runs/update", renamed).await.expect(200);
        assert_eq!(client.found(json!({"experiment_ids": ["0"]})).await, ["exe.gpj"; 3]);
        client.refused("experiments/create", json!({"name": deceiving})).await;
        client.refused("logged-models", json!({"experiment_id": "0", "name": "a\u{202E}b"})).await;
    })
    .await;
}

#[tokio::test]
async fn a_page_of_runs_ends_before_it_is_too_large() {
    on_each_app(|app: TestApp| async move {
        let client = Client::new(&app, &app.person("ann").await, None).await;
        for name in ["a", "b", "c"] {
            let made = client.post("runs/create", json!({"run_name": name})).await.expect(200).json();
            let dataset = json!({"name": "wine", "digest": "1", "source_type": "local", "source": "{}",
                "profile": "p".repeat(7 * 1024 * 1024)});
            let inputs = json!({"run_id": made["run"]["info"]["run_id"], "datasets": [{"dataset": dataset}]});
            client.post("runs/log-inputs", inputs).await.expect(200);
        }
        let search = json!({"experiment_ids": ["0"], "order_by": ["run_name ASC"]});
        let first = client.post("runs/search", search.clone()).await.expect(200).json();
        assert_eq!(first["runs"].as_array().unwrap().len(), 2);
        let mut rest = search;
        rest["page_token"] = first["next_page_token"].clone();
        let rest = client.post("runs/search", rest).await.expect(200).json();
        assert_eq!(rest["runs"][0]["info"]["run_name"], "c");
        assert_eq!(rest["next_page_token"], Value::Null);
    })
    .await;
}
