//! How requests are refused.

use crate::support::{Answer, on_each_app};
use axum::body::Body;
use models::paths;
use models::problem::{Problem, ProblemCode};
use serde_json::json;
use server::store::Sql;

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_with_the_place() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let send = |body: &str| app.post(paths::PROJECTS).by(&ann).body("application/json", body.to_owned());
        for body in
            ["", "{", "{\"name\": \"x\"", "name=x", "{\"name\": \"x\"}}", "\u{feff}{\"name\": \"x\"}", "nan"]
        {
            let problem: Problem = send(body).await.expect(400).read_as();
            assert_eq!(problem.code, ProblemCode::BadRequest);
            assert!(problem.message().starts_with("This is no JSON"), "{}", problem.message());
        }
        send("[]").await.expect(422);
        send("\"text\"").await.expect(422);
        send("{\"name\": \"x\", \"name\": \"y\"}").await.expect(422);
        send(&format!("{{\"name\": {}1{}}}", "[".repeat(31), "]".repeat(31))).await.expect(422);
        send(&format!("{{\"name\": {}1{}}}", "[".repeat(32), "]".repeat(32))).await.expect(400);
        send(&"[".repeat(100_000)).await.expect(400);
        let invalid = app.post(paths::PROJECTS).by(&ann).body("application/json", vec![b'"', 0xff, b'"']);
        assert_eq!(invalid.await.status.as_u16() / 100, 4);
    })
    .await;
}

#[tokio::test]
async fn the_character_with_the_code_0_breaks_nothing() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let found = app.get(format!("{}?searchString=%00", paths::GROUPS_SEARCH)).by(&ann).await;
        assert!(matches!(found.status.as_u16(), 200 | 422), "{}", found.status);
        let sign_in = json!({"username": "\0", "password": "a password of nobody"});
        let refused = app.post(paths::SESSION).json(&sign_in).await;
        assert!(matches!(refused.status.as_u16(), 401 | 422), "{}", refused.status);
        let project = app.post(paths::PROJECTS).by(&ann).json(&json!({"name": "a\0b"})).await;
        assert!(matches!(project.status.as_u16(), 201 | 422), "{}", project.status);
    })
    .await;
}

#[tokio::test]
async fn a_body_must_be_declared_as_json() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let send = |kind: &str| app.post(paths::PROJECTS).by(&ann).body(kind, "{\"name\": \"x\"}");
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "",
            "application/jsonp",
        ] {
            let problem: Problem = send(kind).await.expect(415).read_as();
            assert_eq!(problem.code, ProblemCode::UnsupportedMediaType);
        }
        for kind in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"] {
            send(kind).await.expect(201);
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_may_have_a_mebibyte_and_one_with_a_password_less() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let padded = |length: usize, body: &str| body.to_owned() + &" ".repeat(length - body.len());
        let create = |length| {
            let body = padded(length, "{\"name\": \"x\"}");
            app.post(paths::PROJECTS).by(&ann).body("application/json", body)
        };
        create(1024 * 1024).await.expect(201);
        let problem: Problem = create(1024 * 1024 + 1).await.expect(413).read_as();
        assert_eq!(
            (problem.code.clone(), problem.message()),
            (ProblemCode::TooLarge, "Send at most 1048576 bytes.".to_owned())
        );
        let sign_in = |length| {
            let body = padded(length, "{\"username\": \"x\", \"password\": \"x\"}");
            app.post(paths::SESSION).body("application/json", body)
        };
        sign_in(16 * 1024).await.expect(401);
        sign_in(16 * 1024 + 1).await.expect(413);
        // Also when nobody says beforehand how long it will be.
        let pieces = (0..1025).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1024]));
        let endless = Body::from_stream(futures_util::stream::iter(pieces));
        app.post(paths::PROJECTS).by(&ann).body("application/json", endless).await.expect(413);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_field_is_refused_where_no_client_is_known_to_send_some() {
    on_each_app(|app| async move {
        let body = json!({"username": "x", "password": "x", "isAdmin": true});
        let refused = app.post(paths::SESSION).json(&body).await.expect(422).json();
        assert_eq!(refused["detail"][0]["loc"], json!(["body", "isAdmin"]));
    })
    .await;
}

#[tokio::test]
async fn a_defect_does_not_tell_its_cause() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let spoil = Sql::new("UPDATE project_members SET role = 'KING'");
        app.store().set_member(project, ann.id, models::permission::Role::Owner).await.unwrap();
        app.store()
            .write(|connection| Box::pin(async move { connection.execute(spoil).await }))
            .await
            .unwrap();
        let answer = app.get(paths::project(project)).by(&ann).await.expect(500);
        check_silent(&answer);
        let problem: Problem = answer.read_as();
        assert_eq!(problem.code, ProblemCode::Internal);
        assert_eq!(problem.request_id.as_deref(), Some(answer.header("x-request-id")));
    })
    .await;
}

#[track_caller]
fn check_silent(answer: &Answer) {
    for word in ["KING", "role", "column", "sql", "SELECT", "panicked", ".rs"] {
        assert!(!answer.text().contains(word), "{word}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_panic_is_a_defect_like_any_other() {
    async fn panics() -> &'static str {
        panic!("KING of the column role")
    }
    let router = axum::Router::new()
        .route("/", axum::routing::get(panics))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(server::http::panicked))
        .layer(axum::middleware::from_fn(server::http::render_problems));
    let request = axum::http::Request::get("/").body(Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(router, request).await.unwrap();
    let answer = Answer::read(response).await.expect(500);
    check_silent(&answer);
    assert_eq!(answer.json()["code"], "internal");
}

#[tokio::test]
async fn a_database_that_is_away_is_no_defect() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        app.store().close().await;
        let answer = app.get(paths::PROJECTS).by(&ann).await.expect(503);
        assert_eq!(answer.header("retry-after"), "2");
        assert_eq!(answer.json()["code"], "unavailable");
        app.get("/ready").await.expect(503);
        app.get("/health").await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn what_a_browser_refused_is_noted_and_nothing_more() {
    on_each_app(|app| async move {
        let report = json!([{"type": "csp-violation", "body": {"blockedURL": "inline"}}]).to_string();
        let send = |body: String| app.post(paths::CSP_REPORT).body("application/reports+json", body);
        send(report.clone()).await.expect(204);
        send("no report\r\n\u{1b}[31m".to_owned()).await.expect(204);
        send("x".repeat(20_000)).await.expect(413);
        app.post(paths::CSP_REPORT)
            .header("sec-fetch-site", "cross-site")
            .body("application/csp-report", report)
            .await
            .expect(204);
    })
    .await;
}

#[tokio::test]
async fn markdown_becomes_a_tree() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let render = |text: &str| app.post(paths::MARKDOWN).by(&ann).json(&json!({"text": text}));
        let tree = render("<b>a</b>").await.expect(200).json();
        assert_eq!(tree, json!([{"kind": "paragraph", "children": [{"kind": "text", "text": "<b>a</b>"}]}]));
        render(&"x".repeat(65_536)).await.expect(200);
        render(&"x".repeat(65_537)).await.expect(422);
    })
    .await;
}
