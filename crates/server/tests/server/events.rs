//! What changes, pushed to those who may see it.

use crate::support::{Call, TestApp, on_each_app};
use axum::body::BodyDataStream;
use futures_util::StreamExt as _;
use models::event::{Event, EventTopic};
use models::id::ProjectId;
use models::paths;
use models::permission::Role;
use serde_json::json;
use server::store::Sql;
use std::time::Duration;
use uuid::Uuid;

/// Returns when all that happened so far has been told: over PostgreSQL events take a way of their own.
async fn settle(app: &TestApp) {
    let marker = Event { project_id: ProjectId(Uuid::now_v7()), topic: EventTopic::Project, run_id: None };
    let (_, mut told) = app.store().events().subscribe(None);
    let sent = marker.clone();
    let publish = app.store().write(move |connection| {
        Box::pin(async move {
            connection.publish(sent);
            Ok(())
        })
    });
    publish.await.unwrap();
    while told.recv().await.unwrap().event != marker {}
}

#[tokio::test]
async fn a_listener_hears_of_what_she_may_see_and_of_nothing_else() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let (open, hidden) = (app.project(&ann, "Open").await, app.project(&ann, "Hidden").await);
        app.store().set_member(open, bob.id, Role::Reporter).await.unwrap();
        settle(&app).await;
        let mut stream = Stream::open(app.get(paths::EVENTS).by(&bob)).await;
        let rename = |project, version: i64, name: &str| {
            app.put(paths::project(project)).by(&ann).if_match(version).json(&json!({"name": name}))
        };
        rename(hidden, 1, "Unheard").await.expect(200);
        rename(open, 1, "Heard").await.expect(200);
        let (name, event) = stream.next_event().await;
        let expected = Event { project_id: open, topic: EventTopic::Project, run_id: None };
        assert_eq!((name.as_str(), event), ("change", Some(expected)));
        // What is opened to her is heard of from then on.
        app.store().set_member(hidden, bob.id, Role::Reporter).await.unwrap();
        assert_eq!(stream.next_event().await.1.unwrap().project_id, hidden);
        rename(hidden, 2, "Heard too").await.expect(200);
        assert_eq!(stream.next_event().await.1.unwrap().project_id, hidden);
    })
    .await;
}

#[tokio::test]
async fn who_is_invited_hears_of_it_and_nobody_else_does() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let root = app.administrator("Root").await;
        settle(&app).await;
        let mut of_bob =
            Stream::open(app.get(format!("{}?projects={}", paths::EVENTS, bob.personal_project)).by(&bob))
                .await;
        let mut of_root = Stream::open(app.get(paths::EVENTS).by(&root)).await;
        let invite = app.post(paths::project_invitations(project)).by(&ann);
        invite.json(&json!({"name": "Bob", "role": "REPORTER"})).await.expect(201);
        let event = of_bob.next_event().await.1.unwrap();
        assert_eq!((event.project_id, event.topic), (bob.personal_project, EventTopic::Invitations));
        // An administrator sees all projects, but hears of her own invitations alone.
        assert_eq!(of_root.next_event().await.1.unwrap().topic, EventTopic::Project);
        app.post(paths::GROUPS).by(&ann).json(&json!({"name": "G"})).await.expect(201);
        app.put(paths::project(project)).by(&ann).if_match(1).json(&json!({"name": "x"})).await.expect(200);
        assert_eq!(of_root.next_event().await.1.unwrap().project_id, project);
    })
    .await;
}

#[tokio::test]
async fn a_listener_may_ask_for_some_projects() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let (one, two) = (app.project(&ann, "One").await, app.project(&ann, "Two").await);
        settle(&app).await;
        let mut stream = Stream::open(app.get(format!("{}?projects={two}", paths::EVENTS)).by(&ann)).await;
        app.put(paths::project(one)).by(&ann).if_match(1).json(&json!({"name": "x"})).await.expect(200);
        app.put(paths::project(two)).by(&ann).if_match(1).json(&json!({"name": "x"})).await.expect(200);
        assert_eq!(stream.next_event().await.1.unwrap().project_id, two);
        app.get(format!("{}?projects=x", paths::EVENTS)).by(&ann).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn who_comes_back_hears_what_she_missed() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        settle(&app).await;
        let mut stream = Stream::open(app.get(paths::EVENTS).by(&ann)).await;
        let rename =
            |version| app.put(paths::project(project)).by(&ann).if_match(version).json(&json!({"name": "x"}));
        rename(1).await.expect(200);
        stream.next_event().await;
        let id = stream.last_id.clone().unwrap();
        drop(stream);
        rename(2).await.expect(200);
        settle(&app).await;
        let mut stream = Stream::open(app.get(paths::EVENTS).by(&ann).header("last-event-id", &id)).await;
        assert_eq!(stream.next_event().await.0, "change");
        settle(&app).await;
        let mut stream = Stream::open(app.get(paths::EVENTS).by(&ann).header("last-event-id", "0-1")).await;
        assert_eq!(stream.next_event().await.0, "reset");
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_with_the_server() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let mut of_ann = Stream::open(app.get(paths::EVENTS).by(&ann)).await;
        let mut of_bob = Stream::open(app.get(paths::EVENTS).by(&bob)).await;
        app.delete(paths::SESSION).by(&ann).await.expect(204);
        assert!(of_ann.is_over().await);
        app.state.shutdown().cancel();
        assert!(of_bob.is_over().await);
    })
    .await;
}

#[tokio::test]
async fn a_person_may_have_eight_streams() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let mut streams = Vec::new();
        for _ in 0..8 {
            streams.push(Stream::open(app.get(paths::EVENTS).by(&ann)).await);
        }
        app.get(paths::EVENTS).by(&ann).await.expect(429);
        Stream::open(app.get(paths::EVENTS).by(&bob)).await;
        streams.pop();
        for _ in 0..100 {
            if app.get(paths::EVENTS).by(&ann).open().await.status() == 200 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("a closed stream did not make room");
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_is_not_told() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        settle(&app).await;
        let mut stream = Stream::open(app.get(paths::EVENTS).by(&ann)).await;
        let failed = app.store().write(move |connection| {
            Box::pin(async move {
                connection.publish(Event { project_id: project, topic: EventTopic::Run, run_id: None });
                connection.execute(Sql::new("DELETE FROM labels")).await?;
                Err::<(), _>(server::store::StoreError::NotFound)
            })
        });
        failed.await.unwrap_err();
        app.put(paths::project(project)).by(&ann).if_match(1).json(&json!({"name": "x"})).await.expect(200);
        assert_eq!(stream.next_event().await.1.unwrap().topic, EventTopic::Project);
    })
    .await;
}

/// A stream of server-sent events.
struct Stream {
    body: BodyDataStream,
    last_id: Option<String>,
}

impl Stream {
    async fn open(call: Call) -> Self {
        let response = call.open().await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(response.headers().get("content-encoding").is_none());
        Self { body: response.into_body().into_data_stream(), last_id: None }
    }

    /// The name of the next message, and the event in it.
    async fn next_event(&mut self) -> (String, Option<Event>) {
        let message = tokio::time::timeout(Duration::from_secs(5), self.body.next()).await;
        let message = message.expect("nothing was told").expect("the stream ended").unwrap();
        let message = String::from_utf8(message.to_vec()).unwrap();
        let field = |name: &str| {
            message.lines().find_map(|line| line.strip_prefix(name)).map(|text| text.trim().to_owned())
        };
        self.last_id = field("id:").or(self.last_id.take());
        (field("event:").unwrap(), serde_json::from_str(&field("data:").unwrap()).ok())
    }

    async fn is_over(&mut self) -> bool {
        let end = tokio::time::timeout(Duration::from_secs(5), self.body.next()).await;
        end.is_ok_and(|message| message.is_none())
    }
}
