//! Sites of UNICORE that do not answer, or do not take the credentials.
#![cfg(target_os = "linux")]

use crate::support::executing::{Executing, on_each_executing};
use models::paths;
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_run_outlives_an_outage_of_its_site() {
    on_each_executing(|scene: Executing| async move {
        let code =
            scene.code("wine", &[("a.sh", "echo begun; while [ ! -e ../go ]; do sleep 0.05; done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        scene.printed(id, "begun").await;
        scene.site.go_away();
        let run = scene.until(id, |run| run["job"]["unansweredSince"].is_i64()).await;
        assert_eq!((&run["status"], &run["job"]["state"]), (&json!("RUNNING"), &json!("running")));
        assert_eq!(run["job"]["message"], "127.0.0.1 does not answer.");
        let since = run["job"]["unansweredSince"].clone();
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(scene.run(id).await["job"]["unansweredSince"], since, "it is told since when");
        scene.site.come_back().await;
        scene.site.break_with(Some(500));
        scene.until(id, |run| run["job"]["message"] == "127.0.0.1 says: The site is being maintained.").await;
        scene.site.break_with(None);
        scene.until(id, |run| run["job"]["unansweredSince"].is_null()).await;
        scene.site.write("go");
        let run = scene.ended(id).await;
        assert_eq!((&run["status"], &run["job"]["attempt"]), (&json!("FINISHED"), &json!(1)), "{run:#}");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_for_a_site_that_is_away_when_it_is_submitted() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.go_away();
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        let run = scene.until(id, |run| run["job"]["unansweredSince"].is_i64()).await;
        assert_eq!((&run["status"], &run["job"]["state"]), (&json!("SCHEDULED"), &json!("queued")));
        scene.site.come_back().await;
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FINISHED", "{run:#}");
        assert_eq!(scene.site.n_starts(&id.to_string()), 1);
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_until_its_credentials_are_renewed() {
    on_each_executing(|scene: Executing| async move {
        let code =
            scene.code("wine", &[("a.sh", "echo begun; while [ ! -e ../go ]; do sleep 0.05; done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        scene.printed(id, "begun").await;
        scene.site.accept("a new token");
        let run = scene.until(id, |run| run["job"]["unansweredSince"].is_i64()).await;
        assert_eq!(run["status"], "RUNNING");
        let told = run["job"]["message"].as_str().unwrap();
        assert!(told.contains("refuses the credentials of the connection “JUWELS”"), "{told}");
        scene.site.write("go");
        let path = paths::user_connection(scene.ann.id, connection);
        let change = json!({"token": "a new token"});
        scene.app.put(path).by(&scene.ann).if_match(1).json(&change).await.expect(200);
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FINISHED", "{run:#}");
        assert_eq!(
            scene.audited("MACHINE_ASKED").await,
            2,
            "once for each secret, however often it was refused"
        );
        assert!(scene.site.n_refused() > 0);
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_without_its_connection_is_told_to_have_failed() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo begun; sleep 300\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        scene.printed(id, "begun").await;
        let path = paths::user_connection(scene.ann.id, connection);
        scene.app.delete(path).by(&scene.ann).if_match(1).await.expect(204);
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FAILED");
        assert!(run["job"]["message"].as_str().unwrap().contains("was deleted"), "{run:#}");
        scene.site.abort_all();
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_go_to_the_site_of_their_connection_alone() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "true\n")]).await;
        let refused = async |more: Value| {
            let body = scene.order(code, more);
            let answer =
                scene.app.post(paths::runs(scene.project)).by(&scene.ann).json(&body).await.expect(422);
            answer.json()["detail"][0].clone()
        };
        let elsewhere = scene.connect("Elsewhere", "https://other.example.org/rest/core").await;
        let problem = refused(scene.script(elsewhere, "a.sh")).await;
        assert_eq!(problem["loc"], json!(["body", "backendConfig", "UnicoreApiUrl"]));
        assert!(problem["msg"].as_str().unwrap().contains("another host"), "{problem}");
        let nowhere = scene.connect("Nowhere", "").await;
        let problem = refused(scene.script(nowhere, "a.sh")).await;
        assert_eq!(problem["loc"], json!(["body", "connectionId"]));
        // What names no connection for UNICORE is kept for others to execute.
        let mut more = scene.script(nowhere, "a.sh");
        more["connectionId"] = Value::Null;
        let id = scene.submit(code, more).await;
        assert_eq!(scene.run(id).await["job"], Value::Null);
        // One that is changed after the submission opens nothing any more.
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.hold(true);
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        scene.until(id, |run| run["job"]["queuedSince"].is_i64()).await;
        let change = json!({"uri": "https://other.example.org/rest/core", "token": "other"});
        let path = paths::user_connection(scene.ann.id, connection);
        scene.app.put(path).by(&scene.ann).if_match(1).json(&change).await.expect(200);
        let run = scene.until(id, |run| run["job"]["unansweredSince"].is_i64()).await;
        let told = run["job"]["message"].as_str().unwrap();
        assert!(told.contains("does not open the site: the connection is for another host"), "{told}");
        assert_eq!(scene.site.n_refused(), 0, "nothing was sent");
        scene.site.abort_all();
        scene
    })
    .await;
}
