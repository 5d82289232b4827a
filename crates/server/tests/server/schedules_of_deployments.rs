//! Deployed models that are asked by themselves.

use crate::support::{Person, TestApp, Upstream, on_each_database};
use models::id::ProjectId;
use models::paths;
use models::permission::Role;
use models::time::UnixMillis;
use serde_json::{Value, json};
use server::services::run_due_schedules;
use std::time::Duration;

const ANSWER: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"predictions\":[42]}";

async fn saved_model(app: &TestApp, project: ProjectId, by: &Person) -> Value {
    let new = json!({"name": "Rain", "uri": "s3://bucket/rain", "location": "S3"});
    app.post(paths::saved_models(project)).by(by).json(&new).await.expect(201).json()["modelId"].clone()
}

async fn schedules(app: &TestApp, project: ProjectId, by: &Person) -> Vec<Value> {
    let page = app.get(paths::schedules(project)).by(by).await.expect(200).json();
    page["schedules"].as_array().unwrap().clone()
}

/// The last fire of the only schedule, once it is more than begun.
async fn outcome(app: &TestApp, project: ProjectId, by: &Person) -> Value {
    for _ in 0..200 {
        let fire = schedules(app, project, by).await[0]["lastFire"].clone();
        if fire["outcome"] != "STARTED" {
            return fire;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("nobody answered");
}

#[tokio::test]
async fn a_deployed_model_is_asked_at_its_times() {
    on_each_database(|store| async move {
        let upstream = Upstream::new(ANSWER).await;
        let place = upstream.place.clone();
        let app = TestApp::new(store, |settings| settings.allow_egress = vec![place]);
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let guest = app.member(project, "Gil", Role::Guest).await;
        let new = json!({"modelId": saved_model(&app, project, &ann).await, "cronString": "0 * * * *",
            "endpointUri": upstream.url("/invocations")});
        let made = app.post(paths::deployments(project)).by(&ann).json(&new).await.expect(201).json();
        let path = format!("{}/{}", paths::deployments(project), made["deploymentId"].as_str().unwrap());
        let shown = app.get(&path).by(&ann).await.expect(200).json();
        assert_eq!(shown["nextTimes"], json!([]), "there is nothing to ask");
        assert!(schedules(&app, project, &ann).await.is_empty());

        let change = |version: i64, body: Value| app.put(&path).by(&ann).if_match(version).json(&body);
        let asked = json!({"scheduledRequest": {"instances": [[1.5]]}});
        let changed = change(1, asked.clone()).await.expect(200).json();
        let listed = schedules(&app, project, &ann).await;
        assert_eq!((listed.len(), &listed[0]["nextTimes"]), (1, &changed["nextTimes"]));
        assert_eq!(listed[0]["deployment"], json!({"deploymentId": made["deploymentId"], "name": "Rain"}));
        assert_eq!(listed[0]["request"], Value::Null);
        let seen = app.get(&path).by(&guest).await.expect(200).json();
        assert_eq!((&seen["scheduledRequest"], &seen["nextTimes"]), (&Value::Null, &changed["nextTimes"]));

        let due = changed["nextTimes"][0].as_i64().unwrap();
        let (one, two) = tokio::join!(
            run_due_schedules(app.state(), UnixMillis(due)),
            run_due_schedules(app.state(), UnixMillis(due))
        );
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        let fire = outcome(&app, project, &ann).await;
        assert_eq!(
            (&fire["outcome"], &fire["message"]),
            (&json!("ANSWERED"), &json!("{\"predictions\":[42]}"))
        );
        let kept = app.get(format!("{path}/predictions")).by(&ann).await.expect(200).json();
        let kept = &kept["predictions"][0];
        assert_eq!((&kept["isScheduled"], &kept["user"]["name"]), (&json!(true), &json!("Ann")));
        assert_eq!(kept["requestStart"], r#"{"instances":[[1.5]]}"#);
        let requests = upstream.requests();
        assert_eq!(requests.len(), 1);
        assert!(requests[0].ends_with(r#"{"instances":[[1.5]]}"#), "{}", requests[0]);

        let schedule = paths::schedule(project, listed[0]["scheduleId"].as_str().unwrap().parse().unwrap());
        app.put(&schedule).by(&ann).if_match(1).json(&json!({"paused": true})).await.expect(409);
        app.delete(&schedule).by(&ann).if_match(1).await.expect(409);
        let paused = change(2, json!({"paused": true})).await.expect(200).json();
        assert_eq!(paused["nextTimes"], json!([]));
        assert_eq!(run_due_schedules(app.state(), UnixMillis(due + 9_000_000)).await.unwrap(), 0);
        change(3, json!({"paused": false, "scheduledRequest": null})).await.expect(200);
        assert!(schedules(&app, project, &ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_model_that_does_not_answer_is_asked_again_at_the_next_time() {
    on_each_database(|store| async move {
        let upstream = Upstream::with_status(500).await;
        let place = upstream.place.clone();
        let app = TestApp::new(store, |settings| settings.allow_egress = vec![place]);
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let new = json!({"modelId": saved_model(&app, project, &ann).await, "cronString": "0 * * * *",
            "endpointUri": upstream.url("/"), "scheduledRequest": {"x": {"0": 1}}});
        app.post(paths::deployments(project)).by(&ann).json(&new).await.expect(201);
        let listed = schedules(&app, project, &ann).await;
        let due = listed[0]["nextTimes"][0].as_i64().unwrap();
        run_due_schedules(app.state(), UnixMillis(due)).await.unwrap();
        let fire = outcome(&app, project, &ann).await;
        assert_eq!(fire["outcome"], "FAILED");
        assert!(fire["message"].as_str().unwrap().contains("status 500"), "{}", fire["message"]);
        assert_eq!(run_due_schedules(app.state(), UnixMillis(due + 3_600_000)).await.unwrap(), 1);
        let by_hand =
            paths::schedule_run(project, listed[0]["scheduleId"].as_str().unwrap().parse().unwrap());
        app.post(by_hand).by(&ann).await.expect(201);
    })
    .await;
}
