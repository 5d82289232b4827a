//! What holds for every answer: headers, host names, and writes that other sites forge.

use crate::support::{Answer, PASSWORD, TestApp, on_each_app, on_each_database};
use models::paths;
use serde_json::json;
use server::http::NetworkPeer;

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_its_reader() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let answers = [
            app.get("/").await,
            app.get("/projects/any/page").await,
            app.get("/static/missing.js").await.expect(404),
            app.get("/health").await.expect(204),
            app.get("/ready").await.expect(204),
            app.get(paths::PROJECTS).await.expect(401),
            app.get(paths::SESSION).by(&ann).await.expect(200),
            app.get("/api/nothing").await.expect(404),
            app.get("/tracking/").await,
            app.get("/api/docs/").await.expect(200),
            app.get("/api/openapi.json").await.expect(200),
            app.delete(paths::PROJECTS).by(&ann).await.expect(405),
            app.post(paths::PROJECTS).by(&ann).body("application/json", "{").await.expect(400),
            app.post(paths::PROJECTS).by(&ann).body("text/plain", "{}").await.expect(415),
            app.post(paths::PROJECTS)
                .by(&ann)
                .body("application/json", vec![b' '; 2 << 20])
                .await
                .expect(413),
            app.post(paths::PROJECTS).by(&ann).json(&json!({})).await.expect(422),
            app.get(paths::SESSION).header("host", "evil.example").await.expect(421),
            app.post(paths::SESSION)
                .header("sec-fetch-site", "cross-site")
                .json(&json!({}))
                .await
                .expect(403),
        ];
        for answer in answers {
            check(&answer);
            if answer.status.as_u16() >= 400 && answer.header("content-type") == "application/json" {
                assert_eq!(answer.json()["requestId"], answer.header("x-request-id"));
            }
        }
    })
    .await;
}

#[track_caller]
fn check(answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "same-origin"),
        ("reporting-endpoints", "csp=\"/api/csp-report\""),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {answer:?}");
    }
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1);
    assert!(answer.header("permissions-policy").contains("camera=()"));
    assert_eq!(answer.header("strict-transport-security"), "", "this server is not reached over TLS");
    assert!(!answer.header("x-request-id").is_empty());
    assert!(answer.headers.get("server").is_none() && answer.headers.get("x-powered-by").is_none());
}

#[tokio::test]
async fn data_is_not_stored_by_browsers() {
    on_each_app(|app| async move {
        let answer = app.get(paths::SESSION).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("vary").contains("Cookie"));
        assert!(answer.header("content-security-policy").contains("sandbox"));
        assert!(!app.get("/").await.header("content-security-policy").contains("sandbox"));
    })
    .await;
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_stay_there() {
    on_each_database(|store| async move {
        let app = TestApp::new(store, |settings| settings.public_url = "https://m.example".parse().ok());
        let answer = app.get("/").header("host", "m.example").await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src https://m.example/static/ 'wasm-unsafe-eval'"), "{policy}");
        assert!(policy.ends_with("upgrade-insecure-requests"), "{policy}");
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_not_ours_is_not_served() {
    on_each_app(|app| async move {
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.example",
            "0.0.0.0",
            "[::]",
            "localhost@evil",
        ] {
            let answer = app.get(paths::SETUP).header("host", host).await.expect(421);
            assert_eq!(answer.json()["code"], "wrong_host", "{host}");
            app.get("/").header("host", host).await.expect(421);
            app.get("/health").header("host", host).await.expect(204);
        }
        for host in ["localhost", "127.0.0.1:8090", "[::1]:8090", "LocalHost:1"] {
            app.get(paths::SETUP).header("host", host).await.expect(200);
        }
        app.get(paths::SETUP).header("host", "localhost").header("host", "localhost").await.expect(421);
    })
    .await;
}

#[tokio::test]
async fn other_sites_cannot_write_through_a_browser() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let cookie = format!("session={}", ann.cookie);
        let own = "http://localhost:8090";
        let console = ("x-requested-by", "console");
        for (headers, status) in [
            (vec![("sec-fetch-site", "same-origin"), console], 201),
            (vec![("sec-fetch-site", "same-origin"), ("origin", own), console], 201),
            (vec![("origin", own), console], 201),
            (vec![], 403),
            (vec![console], 403),
            (vec![("sec-fetch-site", "same-origin")], 403),
            (vec![("sec-fetch-site", "cross-site"), console], 403),
            (vec![("sec-fetch-site", "cross-site"), ("origin", own), console], 403),
            (vec![("sec-fetch-site", "same-site"), console], 403),
            (vec![("sec-fetch-site", "none"), console], 403),
            (vec![("sec-fetch-site", ""), console], 403),
            (vec![("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), console], 403),
            (vec![("origin", "null"), console], 403),
            (vec![("origin", "http://evil.example"), console], 403),
            (vec![("origin", "https://localhost:8090"), console], 403),
            (vec![("origin", "http://localhost:8091"), console], 403),
        ] {
            let call = app.post(paths::PROJECTS).header("cookie", &cookie).json(&json!({"name": "x"}));
            let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
            let answer = call.await;
            assert_eq!(answer.status.as_u16(), status, "{headers:?}: {}", answer.text());
        }
        let listed = app.get("/api/projects?searchString=x").by(&ann).await.json();
        assert_eq!(listed["totalRecords"], 3);
    })
    .await;
}

#[tokio::test]
async fn other_sites_cannot_sign_a_browser_in_or_use_its_token() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let body = json!({"username": "Ann", "password": PASSWORD});
        app.post(paths::SESSION).header("sec-fetch-site", "cross-site").json(&body).await.expect(403);
        app.post(paths::SESSION).header("origin", "http://evil.example").json(&body).await.expect(403);
        app.post(paths::SESSION).json(&body).await.expect(201);
        // No browser adds a token by itself, so who sends one means it.
        let token = ann.token(&app, &[models::token::TokenScope::Write], None).await;
        let call = app.post(paths::PROJECTS).bearer(&token).header("sec-fetch-site", "cross-site");
        call.json(&json!({"name": "x"})).await.expect(201);
        let answer = app
            .call("OPTIONS".parse().unwrap(), paths::PROJECTS)
            .header("origin", "http://evil.example")
            .await;
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    })
    .await;
}

#[tokio::test]
async fn the_measures_are_for_this_machine_and_for_administrators() {
    on_each_app(|app| async move {
        let (ann, root) = (app.person("Ann").await, app.administrator("Root").await);
        let near = NetworkPeer([127, 0, 0, 1].into());
        let far = NetworkPeer([192, 0, 2, 1].into());
        app.get(paths::SETUP).await.expect(200);
        let text = app.get("/metrics").extension(near).await.expect(200).text();
        assert!(
            text.contains("http_requests_total{method=\"GET\",path=\"/api/setup\",status=\"200\"} 1"),
            "{text}"
        );
        assert!(text.contains("http_request_duration_seconds_bucket"), "{text}");
        app.get("/metrics").extension(far).await.expect(401);
        app.get("/metrics").await.expect(401);
        app.get("/metrics").extension(near).header("x-forwarded-for", "192.0.2.1").await.expect(401);
        let read = [models::token::TokenScope::Read];
        app.get("/metrics").extension(far).bearer(&ann.token(&app, &read, None).await).await.expect(403);
        app.get("/metrics").extension(far).bearer(&root.token(&app, &read, None).await).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_server_whose_first_answers_take_long_is_not_ready_but_answers() {
    on_each_app(|app| async move {
        assert!(!app.state.store().is_slow_at_first().await.unwrap(), "it has few runs");
        app.state.set_warming_up(true);
        app.get("/ready").await.expect(503);
        app.get("/health").await.expect(204);
        app.state.set_warming_up(false);
        app.get("/ready").await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_ends_is_not_ready_but_lives() {
    on_each_app(|app| async move {
        app.get("/ready").await.expect(204);
        app.state.shutdown().cancel();
        app.get("/ready").await.expect(503);
        app.get("/health").await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn long_texts_travel_compressed() {
    on_each_app(|app| async move {
        let answer = app.get("/api/openapi.json").header("accept-encoding", "br, gzip").await.expect(200);
        assert_eq!(answer.header("content-encoding"), "br");
        let answer = app.get(paths::SETUP).header("accept-encoding", "br, gzip").await.expect(200);
        assert_eq!(answer.header("content-encoding"), "");
    })
    .await;
}
