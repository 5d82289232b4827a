//! MLflow's API: who may call it, whose experiments are meant, and what is refused in which words.

use crate::support::{Answer, Call, Person, TestApp, on_each_app};
use models::{id::ProjectId, paths, permission::Role, token::TokenScope};
use serde_json::{Value, json};

/// Calls MLflow's API with a token.
struct Client {
    app: TestApp,
    token: String,
}

impl Client {
    async fn new(app: &TestApp, person: &Person, project: Option<ProjectId>) -> Self {
        Self { app: app.clone(), token: person.token(app, &[TokenScope::Mlflow], project).await }
    }

    fn path(&self, call: &str) -> String {
        format!("{}/api/2.0/mlflow/{call}", paths::TRACKING)
    }

    fn get(&self, call: &str) -> Call {
        self.app.get(self.path(call)).bearer(&self.token)
    }

    fn post(&self, call: &str, body: Value) -> Call {
        self.app.post(self.path(call)).bearer(&self.token).json(&body)
    }

    async fn experiment(&self, name: &str) -> String {
        let made = self.post("experiments/create", json!({"name": name})).await.expect(200);
        made.json()["experiment_id"].as_str().unwrap().to_owned()
    }

    async fn run(&self, experiment: &str) -> String {
        let made = self.post("runs/create", json!({"experiment_id": experiment})).await.expect(200);
        made.json()["run"]["info"]["run_id"].as_str().unwrap().to_owned()
    }
}

#[track_caller]
fn refused(answer: Answer, status: u16, code: &str) -> String {
    let body = answer.expect(status).json();
    assert_eq!(body["error_code"], code, "{body}");
    body["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_speaks_for_its_project_or_for_her_own() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let wine = app.project(&ann, "wine").await;
        let of_wine = Client::new(&app, &ann, Some(wine)).await;
        let own = Client::new(&app, &ann, None).await;
        let in_wine = of_wine.experiment("same").await;
        let in_own = own.experiment("same").await;
        assert_ne!(in_wine, in_own);
        let by_name = |client: &Client| client.get("experiments/get-by-name?experiment_name=same");
        assert_eq!(by_name(&of_wine).await.expect(200).json()["experiment"]["experiment_id"], in_wine);
        assert_eq!(by_name(&own).await.expect(200).json()["experiment"]["experiment_id"], in_own);
        let id = |experiment: &str| format!("experiments/get?experiment_id={experiment}");
        own.get(&id(&in_wine)).await.expect(200);
        refused(of_wine.get(&id(&in_own)).await, 404, "RESOURCE_DOES_NOT_EXIST");
        let found = of_wine.get("experiments/search?max_results=10").await.expect(200).json();
        assert_eq!(found["experiments"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_found_where_the_caller_may_write_if_it_is_there_once() {
    on_each_app(|app: TestApp| async move {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (one, two, read) =
            (app.project(&ann, "1").await, app.project(&ann, "2").await, app.project(&ann, "3").await);
        for (project, role) in [(one, Role::Researcher), (two, Role::Researcher), (read, Role::Reporter)] {
            app.store().set_member(project, bob.id, role).await.unwrap();
        }
        let make = async |project, name| Client::new(&app, &ann, Some(project)).await.experiment(name).await;
        let only = make(one, "only").await;
        make(one, "twice").await;
        make(two, "twice").await;
        make(read, "read").await;
        let bob = Client::new(&app, &bob, None).await;
        let by_name =
            async |name: &str| bob.get(&format!("experiments/get-by-name?experiment_name={name}")).await;
        assert_eq!(by_name("only").await.expect(200).json()["experiment"]["experiment_id"], only);
        for name in ["twice", "read", "absent"] {
            refused(by_name(name).await, 404, "RESOURCE_DOES_NOT_EXIST");
        }
    })
    .await;
}

#[tokio::test]
async fn experiment_zero_is_everybodys_own() {
    on_each_app(|app: TestApp| async move {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (of_ann, of_bob) = (Client::new(&app, &ann, None).await, Client::new(&app, &bob, None).await);
        let run = of_ann.run("0").await;
        let unnamed = of_ann.post("runs/create", json!({})).await.expect(200).json();
        assert_eq!(unnamed["run"]["info"]["experiment_id"], "0");
        of_bob.run("0").await;
        let search = json!({"experiment_ids": ["0"]});
        let found = of_ann.post("runs/search", search).await.expect(200).json();
        assert_eq!(found["runs"].as_array().unwrap().len(), 2);
        assert_eq!(found["runs"][1]["info"]["run_id"], run);
        let experiment = of_ann.get("experiments/get?experiment_id=0").await.expect(200).json();
        assert_eq!(
            (&experiment["experiment"]["experiment_id"], &experiment["experiment"]["name"]),
            (&json!("0"), &json!("Default"))
        );
        let uri = found["runs"][0]["info"]["artifact_uri"].as_str().unwrap();
        assert!(uri.starts_with("mlflow-artifacts:/") && !uri.starts_with("mlflow-artifacts:/0/"), "{uri}");
        refused(
            of_ann.post("experiments/create", json!({"name": "Default"})).await,
            400,
            "RESOURCE_ALREADY_EXISTS",
        );
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_does_not_write_and_strangers_see_nothing() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let wine = app.project(&ann, "wine").await;
        let owner = Client::new(&app, &ann, Some(wine)).await;
        let experiment = owner.experiment("first").await;
        let run = owner.run(&experiment).await;
        let reader = app.member(wine, "bob", Role::Reporter).await;
        let reader = Client::new(&app, &reader, None).await;
        let stranger = Client::new(&app, &app.person("eve").await, None).await;
        reader.get(&format!("runs/get?run_id={run}")).await.expect(200);
        let tag = json!({"run_id": run, "key": "a", "value": "b"});
        let message = refused(reader.post("runs/set-tag", tag.clone()).await, 403, "PERMISSION_DENIED");
        assert!(message.contains("Researcher"), "{message}");
        refused(
            reader.post("runs/create", json!({"experiment_id": experiment})).await,
            403,
            "PERMISSION_DENIED",
        );
        let absent = "f".repeat(32);
        let hidden =
            refused(stranger.get(&format!("runs/get?run_id={run}")).await, 404, "RESOURCE_DOES_NOT_EXIST");
        let nothing =
            refused(stranger.get(&format!("runs/get?run_id={absent}")).await, 404, "RESOURCE_DOES_NOT_EXIST");
        assert_eq!(hidden.replace(&run, ""), nothing.replace(&absent, ""));
        refused(stranger.post("runs/set-tag", tag).await, 404, "RESOURCE_DOES_NOT_EXIST");
        let search = json!({"experiment_ids": [experiment]});
        assert_eq!(stranger.post("runs/search", search).await.expect(200).json()["runs"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn each_refusal_has_mlflows_shape() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let client = Client::new(&app, &ann, None).await;
        let run = client.run("0").await;
        let path = client.path("runs/set-tag");
        refused(app.post(&path).json(&json!({})).await, 401, "UNAUTHENTICATED");
        let reading = ann.token(&app, &[TokenScope::Read], None).await;
        refused(app.post(&path).bearer(&reading).json(&json!({})).await, 403, "PERMISSION_DENIED");
        let post = |body: &'static str| app.post(&path).bearer(&client.token).body("application/json", body);
        refused(post("{").await, 400, "BAD_REQUEST");
        refused(post("[1]").await, 400, "INVALID_PARAMETER_VALUE");
        refused(post(r#"{"run_id": 7}"#).await, 400, "INVALID_PARAMETER_VALUE");
        refused(post("{}").await, 400, "INVALID_PARAMETER_VALUE");
        let plain = app.post(&path).bearer(&client.token).body("text/plain", "{}");
        refused(plain.await, 400, "BAD_REQUEST");
        let long = "x".repeat(1024 * 1024 + 1);
        refused(
            app.post(&path).bearer(&client.token).body("application/json", long).await,
            413,
            "INVALID_PARAMETER_VALUE",
        );
        refused(app.get(&path).bearer(&client.token).await, 405, "ENDPOINT_NOT_FOUND");
        for unknown in [
            "/tracking/nothing",
            "/tracking/api/2.0/mlflow/nothing",
            "/api/2.0/preview/x",
            "/api/3.0/mlflow/server-info",
        ] {
            refused(app.get(unknown).bearer(&client.token).await, 404, "ENDPOINT_NOT_FOUND");
        }
        refused(client.post("registered-models/create", json!({"name": "x"})).await, 501, "NOT_IMPLEMENTED");
        refused(client.get("model-versions/search").await, 501, "NOT_IMPLEMENTED");
        let metric = |more: Value| {
            let mut body = json!({"run_id": run, "key": "loss", "value": 1, "timestamp": 1});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            client.post("runs/log-metric", body)
        };
        for wrong in [
            json!({"value": "much"}),
            json!({"value": null}),
            json!({"timestamp": -1}),
            json!({"step": 1.5}),
            json!({"key": ""}),
            json!({"key": "a/../b"}),
            json!({"key": "a\u{0}"}),
            json!({"key": "k".repeat(251)}),
            json!({"timestamp": "soon"}),
        ] {
            refused(metric(wrong).await, 400, "INVALID_PARAMETER_VALUE");
        }
        for right in [
            json!({"value": "NaN"}),
            json!({"value": "-Infinity"}),
            json!({"step": "7"}),
            json!({"timestamp": "9"}),
        ] {
            metric(right).await.expect(200);
        }
    })
    .await;
}

#[tokio::test]
async fn a_batch_has_mlflows_limits() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let client = Client::new(&app, &ann, None).await;
        let run = client.run("0").await;
        let pairs = |n: usize| (0..n).map(|n| json!({"key": format!("k{n}"), "value": "v"})).collect::<Vec<_>>();
        let points = |n: usize| (0..n).map(|n| json!({"key": "m", "value": n, "timestamp": n, "step": n})).collect::<Vec<_>>();
        let log = |metrics, params, tags| {
            let body = json!({"run_id": run, "metrics": points(metrics), "params": pairs(params), "tags": pairs(tags)});
            client.post("runs/log-batch", body)
        };
        log(800, 100, 100).await.expect(200);
        log(1000, 0, 0).await.expect(200);
        for (metrics, params, tags) in [(1001, 0, 0), (0, 101, 0), (0, 0, 101), (801, 100, 100)] {
            let message = refused(log(metrics, params, tags).await, 400, "INVALID_PARAMETER_VALUE");
            assert!(message.starts_with("A batch logging request can contain at most"), "{message}");
        }
        let big = json!({"run_id": run, "tags": [{"key": "k", "value": "v".repeat(1_000_000)}]});
        let message = refused(client.post("runs/log-batch", big).await, 400, "INVALID_PARAMETER_VALUE");
        assert!(message.contains("must be at most 1000000 bytes"), "{message}");
        let twice = json!({"run_id": run, "params": [{"key": "a", "value": "1"}, {"key": "a", "value": "1"}]});
        let message = refused(client.post("runs/log-batch", twice).await, 400, "INVALID_PARAMETER_VALUE");
        assert!(message.starts_with("Duplicate parameter keys"), "{message}");
        let changed = json!({"run_id": run, "metrics": points(1), "params": [{"key": "k1", "value": "other"}]});
        let message = refused(client.post("runs/log-batch", changed).await, 400, "INVALID_PARAMETER_VALUE");
        assert!(message.starts_with("Changing param values is not allowed."), "{message}");
        let long = json!({"run_id": run, "key": "long", "value": "v".repeat(6001)});
        client.post("runs/log-parameter", long).await.expect(200);
        let read = client.get(&format!("runs/get?run_id={run}")).await.expect(200).json();
        let long = read["run"]["data"]["params"].as_array().unwrap().iter().find(|pair| pair["key"] == "long").unwrap();
        assert_eq!(long["value"].as_str().unwrap().len(), 6000);
    })
    .await;
}

#[tokio::test]
async fn pages_put_together_are_the_whole() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let client = Client::new(&app, &ann, None).await;
        let experiment = client.experiment("many").await;
        let mut made = Vec::new();
        for _ in 0..5 {
            made.push(client.run(&experiment).await);
        }
        let points: Vec<Value> =
            (0..7).map(|n| json!({"key": "m", "value": n, "timestamp": 1, "step": n})).collect();
        client.post("runs/log-batch", json!({"run_id": made[0], "metrics": points})).await.expect(200);
        let mut found = Vec::new();
        let mut token = Value::Null;
        loop {
            let body = json!({"experiment_ids": [experiment], "max_results": 2, "page_token": token});
            let page = client.post("runs/search", body).await.expect(200).json();
            found.extend(
                page["runs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|run| run["info"]["run_id"].as_str().unwrap().to_owned()),
            );
            token = page["next_page_token"].clone();
            if token.is_null() {
                break;
            }
        }
        made.reverse();
        assert_eq!(found, made);
        let first = client
            .get(&format!("metrics/get-history?run_id={}&metric_key=m&max_results=5", found[4]))
            .await
            .expect(200)
            .json();
        let token = first["next_page_token"].as_str().unwrap();
        let rest = client
            .get(&format!("metrics/get-history?run_id={}&metric_key=m&page_token={token}", found[4]))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (first["metrics"].as_array().unwrap().len(), rest["metrics"].as_array().unwrap().len()),
            (5, 2)
        );
        let interval = format!(
            "metrics/get-history-bulk-interval?run_ids={}&run_ids={}&metric_key=m&start_step=2&end_step=4",
            found[4], found[3]
        );
        let interval = client.get(&interval).await.expect(200).json();
        assert_eq!(interval["metrics"].as_array().unwrap().len(), 3);
        for wrong in [
            json!({"max_results": 0}),
            json!({"max_results": 50_001}),
            json!({"page_token": "x"}),
            json!({"order_by": ["colour"]}),
            json!({"filter": "loss <"}),
        ] {
            let mut body = json!({"experiment_ids": [experiment]});
            body.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
            refused(client.post("runs/search", body).await, 400, "INVALID_PARAMETER_VALUE");
        }
    })
    .await;
}

#[tokio::test]
async fn the_address_without_tracking_leads_there_too() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let client = Client::new(&app, &ann, None).await;
        let run = client.run("0").await;
        let read =
            app.get(format!("/api/2.0/mlflow/runs/get?run_id={run}")).bearer(&client.token).await.expect(200);
        assert_eq!(read.json()["run"]["info"]["run_uuid"], run);
        assert_eq!(app.get("/tracking/version").await.expect(200).text(), "3.17.2");
        assert_eq!(app.get("/tracking/health").await.expect(200).text(), "OK");
    })
    .await;
}

#[tokio::test]
async fn experiments_are_searched_by_name_and_tag() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let client = Client::new(&app, &ann, None).await;
        for (name, team) in [("alpha", "blue"), ("Beta", "blue"), ("gamma", "red")] {
            let body = json!({"name": name, "tags": [{"key": "team", "value": team}]});
            client.post("experiments/create", body).await.expect(200);
        }
        let search = async |body: Value| {
            let found = client.post("experiments/search", body).await.expect(200).json();
            let names = found["experiments"].as_array().unwrap().iter();
            names.map(|experiment| experiment["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let by = |filter: &str| json!({"filter": filter, "order_by": ["name ASC"]});
        assert_eq!(search(by("tags.team = 'blue'")).await, ["Beta", "alpha"]);
        assert_eq!(search(by("name ILIKE 'b%' OR name LIKE 'g_mma'")).await, ["Beta", "gamma"]);
        assert_eq!(search(by("NOT tags.team IN ('blue') AND tags.team IS SET")).await, ["gamma"]);
        assert_eq!(search(json!({"order_by": ["name DESC"], "max_results": 1})).await, ["gamma"]);
        refused(client.post("experiments/search", by("status = 'x'")).await, 400, "INVALID_PARAMETER_VALUE");
        let id = client.get("experiments/get-by-name?experiment_name=alpha").await.json()["experiment"]["experiment_id"].clone();
        client.post("experiments/delete", json!({"experiment_id": id})).await.expect(200);
        assert_eq!(search(by("")).await, ["Beta", "gamma"]);
        let deleted = json!({"view_type": "DELETED_ONLY"});
        assert_eq!(search(deleted).await, ["alpha"]);
        refused(client.post("experiments/create", json!({"name": "alpha"})).await, 400, "RESOURCE_ALREADY_EXISTS");
        refused(client.post("experiments/delete", json!({"experiment_id": id})).await, 404, "RESOURCE_DOES_NOT_EXIST");
    })
    .await;
}
