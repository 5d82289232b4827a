//! Connections through the API.

use crate::support::connection::{TOKEN, code, create, id, secrets, with};
use crate::support::{Answer, on_each_app};
use axum::http::Method;
use models::connection::{Connection, SecretState};
use models::id::ConnectionId;
use models::paths;
use models::token::TokenScope;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_connection_is_kept_and_a_browser_sees_no_secret() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for method in [Method::POST, Method::PUT] {
            let new = with(code(), json!({"connectionName": format!("Code by {method}")}));
            let answer =
                app.call(method, paths::user_connections(ann.id)).by(&ann).json(&new).await.expect(201);
            let path = paths::user_connection(ann.id, id(&answer));
            let answer = app.get(path).by(&ann).await.expect(200);
            assert!(!answer.text().contains(TOKEN));
            assert_eq!(answer.header("etag"), "\"v1\"");
            let read: Connection = answer.read_as();
            assert_eq!((read.user.user_id, read.user.name.as_str()), (ann.id, "Ann"));
            assert_eq!(read.uri.as_deref(), Some("https://git.example.org"));
            assert_eq!(read.secrets.token.hint.as_deref(), Some("…f3a9"));
            assert!(read.secrets.token.updated_at.is_some());
            assert_eq!(read.secrets.password, SecretState::default());
        }
        let list = app.get(paths::user_connections(ann.id)).by(&ann).await.expect(200);
        assert_eq!(list.json()["totalRecords"], 2);
        assert!(!list.text().contains(TOKEN));
        let page = app.get(paths::user_connections(ann.id) + "?startindex=1&pagelength=1").by(&ann).await;
        assert_eq!(page.json()["connections"][0]["connectionName"], "Code by PUT");
    })
    .await;
}

#[tokio::test]
async fn the_client_gets_a_connection_with_its_secrets() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let new = json!({"connectionName": "JUWELS", "connectionProvider": "UNICORE",
            "authMethod": "USERNAME_PASSWORD", "loginName": "ann1", "password": "höchst geheim"});
        let made = create(&app, &ann, &new).await;
        let client = ann.client(&app).await;
        // The client sends an empty object with its GET.
        let answer = app.get(paths::user_connection(ann.id, made)).bearer(&client).json(&json!({})).await;
        assert_eq!(
            answer.expect(200).json(),
            json!({
                "connectionId": made, "user": {"userId": ann.id, "name": "Ann"}, "connectionName": "JUWELS",
                "connectionProvider": "UNICORE", "authMethod": "USERNAME_PASSWORD", "loginName": "ann1",
                "password": "höchst geheim", "token": null, "privateKey": null,
            })
        );
        // One at a time, not in lists and settings.
        for path in [paths::user_connections(ann.id), paths::user_settings(ann.id)] {
            assert!(!app.get(path).bearer(&client).await.expect(200).text().contains("geheim"));
        }
    })
    .await;
}

#[tokio::test]
async fn an_api_token_needs_the_scope_to_submit_runs() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let path = paths::user_connection(ann.id, create(&app, &ann, &code()).await);
        let ask = |token: String| app.get(&path).bearer(&token);
        let others = [TokenScope::Read, TokenScope::Write, TokenScope::Mlflow, TokenScope::Predict];
        let refused = ask(ann.token(&app, &others, None).await).await.expect(403);
        assert!(refused.text().contains("runs:submit") && !refused.text().contains(TOKEN));
        let scopes = [TokenScope::SubmitRuns];
        let given = ask(ann.token(&app, &scopes, None).await).await.expect(200);
        assert_eq!(given.json()["token"], TOKEN);
        ask(ann.token(&app, &scopes, Some(ann.personal_project)).await).await.expect(403);
        // A token does not change what it uses.
        let token = ann.token(&app, &[TokenScope::SubmitRuns, TokenScope::Write], None).await;
        app.put(&path).bearer(&token).json(&json!({})).await.expect(403);
        app.delete(&path).bearer(&token).await.expect(403);
        app.get(paths::user_connections(ann.id)).bearer(&token).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_connection_is_for_its_owner_alone() {
    on_each_app(|app| async move {
        let (ann, eve, root) =
            (app.person("Ann").await, app.person("Eve").await, app.administrator("Root").await);
        let made = create(&app, &ann, &code()).await;
        for other in [&eve, &root] {
            let client = other.client(&app).await;
            for owner in [ann.id, other.id] {
                let missing = paths::user_connection(owner, ConnectionId(Uuid::now_v7()));
                let hidden = paths::user_connection(owner, made);
                for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE] {
                    let ask = |path: &str| app.call(method.clone(), path).bearer(&client).json(&json!({}));
                    let expected = faceless(&ask(&missing).await.expect(404));
                    assert_eq!(faceless(&ask(&hidden).await.expect(404)), expected, "{method}");
                }
                let test = paths::user_connection_test(owner, made);
                app.post(test).bearer(&client).json(&json!({})).await.expect(404);
            }
            app.get(paths::user_connections(ann.id)).by(other).await.expect(404);
            app.get(paths::user_audit(ann.id)).by(other).await.expect(404);
            app.get(paths::user_settings(ann.id)).by(other).await.expect(404);
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_change_leaves_out_stays_and_null_removes() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let made = create(&app, &ann, &with(code(), json!({"password": "hunter2"}))).await;
        let path = paths::user_connection(ann.id, made);
        app.put(&path).by(&ann).json(&json!({})).await.expect(428);
        let change = json!({"connectionName": "Git", "password": null, "privateKey": "a key"});
        let changed = app.put(&path).by(&ann).if_match(1).json(&change).await.expect(200);
        assert_eq!(changed.header("etag"), "\"v2\"");
        let stale = app.post(&path).by(&ann).if_match(1).json(&json!({"connectionName": "x"})).await;
        assert_eq!(stale.expect(412).json()["connectionName"], "Git");
        let read = secrets(&app, &ann, made).await;
        assert_eq!((&read["password"], &read["token"]), (&Value::Null, &json!(TOKEN)));
        assert_eq!((&read["privateKey"], &read["connectionName"]), (&json!("a key"), &json!("Git")));
        app.post(&path).by(&ann).if_match(2).json(&json!({"token": "anew"})).await.expect(200);
        assert_eq!(secrets(&app, &ann, made).await["token"], "anew");
        app.delete(&path).by(&ann).await.expect(428);
        app.delete(&path).by(&ann).if_match(2).await.expect(412);
        app.delete(&path).by(&ann).if_match(3).await.expect(204);
        app.get(&path).by(&ann).await.expect(404);
        let rows = app.store().read().await.unwrap().fetch_all("SELECT row_id FROM secrets").await.unwrap();
        assert!(rows.is_empty(), "secrets go with their connection");
    })
    .await;
}

#[tokio::test]
async fn another_door_forgets_the_secrets_of_the_old_one() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for (n, (change, cleared)) in [
            (json!({"connectionProvider": "GitHub"}), true),
            (json!({"loginName": "somebody else"}), true),
            (json!({"loginName": null}), true),
            (json!({"uri": "https://evil.example.org"}), true),
            (json!({"uri": null}), true),
            (json!({"connectionName": "New", "authMethod": "TOKEN"}), false),
            (
                json!({"loginName": "ann", "uri": "https://git.example.org", "connectionProvider": "GitLab"}),
                false,
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let name =
                json!({"connectionName": format!("Number {n}"), "loginName": "ann", "password": "hunter2"});
            let made = create(&app, &ann, &with(code(), name)).await;
            let path = paths::user_connection(ann.id, made);
            let answer = app.put(&path).by(&ann).if_match(1).json(&change).await.expect(200);
            let is_set =
                [&answer.json()["secrets"]["token"]["set"], &answer.json()["secrets"]["password"]["set"]]
                    .map(|set| set.as_bool().unwrap());
            assert_eq!(is_set, [!cleared; 2], "{change}");
            // What comes anew is kept.
            let change = with(change, json!({"connectionProvider": "SSH", "token": "anew"}));
            app.put(&path).by(&ann).if_match(2).json(&change).await.expect(200);
            let read = secrets(&app, &ann, made).await;
            assert_eq!((&read["token"], &read["password"]), (&json!("anew"), &Value::Null));
        }
    })
    .await;
}

#[tokio::test]
async fn a_connection_needs_what_its_method_needs_and_a_name_of_its_own() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let post = |body: Value| app.post(paths::user_connections(ann.id)).by(&ann).json(&body);
        for (change, field) in [
            (json!({"token": null}), "token"),
            (json!({"token": ""}), "token"),
            (json!({"token": "x".repeat(16_385)}), "token"),
            (json!({"authMethod": "USERNAME_PASSWORD"}), "loginName"),
            (json!({"authMethod": "PRIVATE_KEY", "loginName": "ann"}), "privateKey"),
            (json!({"connectionName": ""}), "connectionName"),
            (json!({"connectionProvider": "x".repeat(101)}), "connectionProvider"),
            (json!({"authMethod": ""}), "authMethod"),
            (json!({"uri": "a b"}), "uri"),
        ] {
            let refused = post(with(code(), change)).await.expect(422);
            assert_eq!(refused.json()["detail"][0]["loc"], json!(["body", field]), "{}", refused.text());
            assert!(!refused.text().contains(TOKEN));
        }
        post(code()).await.expect(201);
        assert_eq!(post(code()).await.expect(409).json()["code"], "conflict");
        // Somebody else's names are hers.
        create(&app, &app.person("Bob").await, &code()).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_creation_with_the_same_key_happens_once() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let post = |body: Value| {
            app.post(paths::user_connections(ann.id)).by(&ann).header("idempotency-key", "k1").json(&body)
        };
        let first = post(code()).await.expect(201).body;
        assert_eq!(post(code()).await.expect(201).body, first);
        post(with(code(), json!({"token": "another"}))).await.expect(422);
    })
    .await;
}

fn faceless(answer: &Answer) -> (Value, usize) {
    let mut body = answer.json();
    body["requestId"] = Value::Null;
    (body, answer.body.len())
}
