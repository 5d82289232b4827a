//! The secrets of connections: their use is written down, and they open in their own place alone.

use crate::support::connection::{TOKEN, code, create, secrets, with};
use crate::support::{Person, TestApp, on_each_app};
use models::id::ConnectionId;
use models::paths;
use models::token::TokenScope;
use serde_json::json;
use server::store::Sql;

#[tokio::test]
async fn each_use_of_a_secret_is_written_down() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let made = create(&app, &ann, &code()).await;
        let path = paths::user_connection(ann.id, made);
        app.get(&path).by(&ann).await.expect(200);
        let read = app.get(&path).bearer(&ann.client(&app).await).await.expect(200);
        let token = ann.token(&app, &[TokenScope::SubmitRuns], None).await;
        app.get(&path).bearer(&token).await.expect(200);
        app.put(&path).by(&ann).if_match(1).json(&json!({"connectionProvider": "Other"})).await.expect(200);
        app.post(paths::user_connection_test(ann.id, made)).by(&ann).json(&json!({})).await.expect(200);
        app.delete(&path).by(&ann).if_match(2).await.expect(204);
        let events = app.get(paths::user_audit(ann.id)).by(&ann).await.expect(200).json();
        assert_eq!(events["totalRecords"], 8);
        let told: Vec<[&str; 2]> = events["events"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|event| event["action"] != "SIGNED_IN")
            .map(|event| {
                assert_eq!((&event["objectId"], &event["objectName"]), (&json!(made), &json!("Code")));
                let credential = event["credential"].as_str().unwrap().split(' ').next().unwrap();
                [event["action"].as_str().unwrap(), credential]
            })
            .collect();
        assert_eq!(
            told,
            [
                ["CONNECTION_DELETED", "browser"],
                ["CONNECTION_TESTED", "browser"],
                ["CONNECTION_CHANGED", "browser"],
                ["SECRETS_READ", "token"],
                ["SECRETS_READ", "client"],
                ["CONNECTION_CREATED", "browser"],
            ]
        );
        assert_eq!(events["events"][4]["requestId"], read.header("x-request-id"));
        let page = app.get(paths::user_audit(ann.id) + "?startindex=6&pagelength=1").by(&ann).await.json();
        assert_eq!(page["events"][0]["action"], "CONNECTION_CREATED");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_done() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let made = create(&app, &ann, &code()).await;
        let (path, client) = (paths::user_connection(ann.id, made), ann.client(&app).await);
        run(&app, Sql::new("ALTER TABLE audit_events RENAME TO elsewhere")).await;
        let refused = app.get(&path).bearer(&client).await.expect(503);
        assert!(!refused.text().contains(TOKEN));
        app.post(path.clone() + "/test").by(&ann).json(&json!({})).await.expect(503);
        app.put(&path).by(&ann).if_match(1).json(&json!({"token": "anew"})).await.expect(503);
        app.delete(&path).by(&ann).if_match(1).await.expect(503);
        let another = with(code(), json!({"connectionName": "Another"}));
        app.post(paths::user_connections(ann.id)).by(&ann).json(&another).await.expect(503);
        run(&app, Sql::new("ALTER TABLE elsewhere RENAME TO audit_events")).await;
        let read = app.get(&path).bearer(&client).await.expect(200);
        assert_eq!((read.header("etag"), &read.json()["token"]), ("\"v1\"", &json!(TOKEN)));
        assert_eq!(app.get(paths::user_connections(ann.id)).by(&ann).await.json()["totalRecords"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_secret_that_was_moved_in_the_database_opens_nowhere() {
    on_each_app(|app| async move {
        let (ann, eve) = (app.person("Ann").await, app.person("Eve").await);
        let hers = create(&app, &ann, &code()).await;
        let other = with(code(), json!({"connectionName": "Other", "token": "another token of hers"}));
        let other = create(&app, &ann, &other).await;
        let eves = create(&app, &eve, &with(code(), json!({"token": "one of her own"}))).await;
        let (ann_client, eve_client) = (ann.client(&app).await, eve.client(&app).await);
        let copy =
            "UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE row_id = $1) WHERE row_id = $2";
        let broken = async |id, owner: &Person, client: &str| {
            let answer = app.get(paths::user_connection(owner.id, id)).bearer(client).await.expect(500);
            assert!(!answer.text().contains(TOKEN) && !answer.text().contains("sealed"));
        };
        // Into another row of hers, into a row of somebody else's, into another column.
        run(&app, Sql::new(copy).with(hers).with(other)).await;
        broken(other, &ann, &ann_client).await;
        run(&app, Sql::new(copy).with(hers).with(eves)).await;
        broken(eves, &eve, &eve_client).await;
        run(&app, Sql::new("UPDATE secrets SET field = 'password' WHERE row_id = $1").with(hers)).await;
        broken(hers, &ann, &ann_client).await;
        run(&app, Sql::new("UPDATE secrets SET field = 'token' WHERE row_id = $1").with(hers)).await;
        assert_eq!(secrets(&app, &ann, hers).await["token"], TOKEN);
        // The whole connection to another owner, with or without its secrets.
        run(
            &app,
            Sql::new("UPDATE connections SET user_id = $1, name = 'x' WHERE connection_id = $2")
                .with(eve.id)
                .with(hers),
        )
        .await;
        broken(hers, &eve, &eve_client).await;
        run(&app, Sql::new("UPDATE secrets SET user_id = $1 WHERE row_id = $2").with(eve.id).with(hers))
            .await;
        broken(hers, &eve, &eve_client).await;
    })
    .await;
}

#[tokio::test]
async fn a_token_that_came_with_a_repository_becomes_a_connection() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let mut names = Vec::new();
        for (path, kind) in [(paths::code(project), "code"), (paths::data(project), "data")] {
            let (name, id) = (format!("{kind}RepositoryName"), format!("{kind}RepositoryId"));
            let uri = "https://gitlab.example.org/ann/weather";
            let new = json!({&name: "weather", "uri": uri, "accessToken": TOKEN});
            let made = app.post(&path).by(&ann).json(&new).await.expect(201).json();
            let read = app.get(format!("{path}/{}", made[&id].as_str().unwrap())).by(&ann).await.expect(200);
            assert!(!read.text().contains(TOKEN), "the token is not told again");
            let made: ConnectionId = read.json()["connectionId"].as_str().unwrap().parse().unwrap();
            let shown = app.get(paths::user_connection(ann.id, made)).by(&ann).await.expect(200).json();
            assert_eq!(shown["uri"], uri);
            let read = secrets(&app, &ann, made).await;
            assert_eq!((&read["token"], &read["authMethod"]), (&json!(TOKEN), &json!("TOKEN")));
            assert_eq!(read["connectionProvider"], "GitLab");
            names.push(read["connectionName"].as_str().unwrap().to_owned());
            // A repository that could not be made leaves no connection behind.
            app.post(&path).by(&ann).json(&new).await.expect(409);
        }
        assert_eq!(names[0], "Token of weather");
        assert!(names[1].starts_with("Token of weather ("), "{}", names[1]);
        let all = app.get(paths::user_connections(ann.id)).by(&ann).await.expect(200).json();
        assert_eq!(all["totalRecords"], 2);
        let plain =
            json!({"codeRepositoryName": "plain", "uri": "http://example.org/x", "accessToken": TOKEN});
        app.post(paths::code(project)).by(&ann).json(&plain).await.expect(422);
    })
    .await;
}

async fn run(app: &TestApp, sql: Sql) {
    app.store().write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}
