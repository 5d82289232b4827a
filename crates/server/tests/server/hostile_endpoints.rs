//! Endpoints that are not what they should be: each is harmless, and whoever asks is told what to do.

use crate::support::{Deployed, TestApp, Upstream, on_each_app, on_each_database};
use serde_json::{Value, json};
use server::egress::HostPort;
use server::store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const KINDS: [&str; 3] = ["MLflow", "KServe v2", ""];

async fn deployed(store: Store, place: &HostPort, address: &str, protocol: &str) -> Deployed {
    let place = place.clone();
    let app = TestApp::new(store, |settings| settings.allow_egress = vec![place]);
    let mode = match protocol {
        "" => Value::Null,
        protocol => json!({"name": "Endpoint", "values": {"protocol": protocol, "modelName": "m"}}),
    };
    Deployed::new(app, address, mode).await
}

/// What is told of an endpoint that answers so.
async fn told(store: Store, answer: &str, protocol: &str) -> String {
    let upstream = Upstream::new(answer).await;
    let deployed = deployed(store, &upstream.place, &upstream.url("/"), protocol).await;
    let problem = deployed.ask(&json!({"x": {"0": 1}})).await.expect(424).json();
    let detail = problem["message"].as_str().or(problem["detail"].as_str()).unwrap().to_owned();
    let kept = deployed.history().await.pop().unwrap();
    assert_eq!(kept["outcome"], "FAILED");
    detail
}

fn with_body(kind: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn a_redirection_leads_nowhere_and_its_place_is_not_told() {
    let inner = Upstream::with_status(200).await;
    for (place, protocol) in [(inner.url("/"), ""), ("http://169.254.169.254/latest".to_owned(), "MLflow")] {
        for status in [301, 302, 307, 308] {
            let answer = format!("HTTP/1.1 {status} X\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n");
            let (answer, place) = (&answer, &place);
            on_each_database(|store| async move {
                let told = told(store, answer, protocol).await;
                assert!(told.contains("Redirections are not followed. Enter the address"), "{told}");
                assert!(!told.contains(place), "{told}");
            })
            .await;
        }
    }
    assert!(inner.requests().is_empty());
}

#[tokio::test]
async fn what_is_no_prediction_is_said_to_be_none() {
    let deep = "[".repeat(100_000);
    let many = format!("[{}0]", "0,".repeat(2_000_001));
    let cases = [
        (with_body("text/html", "<script>alert(1)</script>"), "did not answer with JSON"),
        (with_body("application/json", "{\"predictions\": ["), "did not answer with JSON"),
        (with_body("application/json", ""), "did not answer with JSON"),
        (with_body("application/json", &deep), "did not answer with JSON"),
        (with_body("application/json", &many), "more values than are taken"),
        (with_body("application/json", "\u{0}\u{1b}[31m"), "did not answer with JSON"),
        (
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "MLflow takes requests at /invocations",
        ),
        ("HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n".to_owned(), "wants to know who asks"),
        (format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(100_000)), "connection failed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}".to_owned(), "connection failed"),
        ("SSH-2.0-x\r\n".to_owned(), "connection failed"),
    ];
    for ((answer, expected), protocol) in cases.iter().zip(KINDS.iter().cycle()) {
        on_each_database(|store| async move {
            let told = told(store, answer, protocol).await;
            assert!(told.contains(expected), "{told}");
            assert!(!told.contains(char::is_control) && told.chars().count() < 1_000, "{told:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn numbers_that_json_lacks_are_named() {
    on_each_app(|app: TestApp| async move {
        let upstream =
            Upstream::new(&with_body("text/plain", r#"{"predictions": [NaN, -Infinity, "NaN"]}"#)).await;
        let deployed = deployed(app.store().clone(), &upstream.place, &upstream.url("/"), "MLflow").await;
        let answer = deployed.ask(&json!({"x": {"0": 1}})).await.expect(200);
        assert_eq!(answer.json(), json!({"predictions": ["NaN", "-Infinity", "NaN"]}));
        assert_eq!(answer.header("content-type"), "application/json");
    })
    .await;
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    on_each_database(|store| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place: HostPort = listener.local_addr().unwrap().to_string().parse().unwrap();
        let sent = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&sent);
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let mut piece =
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n["
                    .to_vec();
            while stream.write_all(&piece).await.is_ok() {
                counted.fetch_add(piece.len(), Ordering::Relaxed);
                piece = vec![b' '; 64 * 1024];
            }
        });
        let deployed = deployed(store, &place, &format!("http://{place}/"), "").await;
        let start = Instant::now();
        let told = deployed.ask(&json!({"x": {"0": 1}})).await.expect(424).text();
        assert!(told.contains("at most 10 MiB"), "{told}");
        assert!(start.elapsed() < Duration::from_secs(30));
        // What the system holds for a connection comes on top.
        let n_bytes = sent.load(Ordering::Relaxed);
        assert!(n_bytes < 64 * 1024 * 1024, "{n_bytes} bytes were taken");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up_after_a_minute() {
    on_each_database(|store| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endless = with_body("application/json", &format!("[{}1]", " ".repeat(1_000_000)));
        let upstream = Upstream::on(listener, &endless, Duration::from_millis(5));
        let deployed = deployed(store, &upstream.place, &upstream.url("/"), "").await;
        let hurry = async {
            while upstream.requests().first().is_none_or(String::is_empty) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            // The clock of the server goes on by more than a minute.
            tokio::time::pause();
            tokio::time::advance(Duration::from_secs(61)).await;
            tokio::time::resume();
        };
        let asked = json!({"x": {"0": 1}});
        let (answer, ()) = tokio::join!(async { deployed.ask(&asked).await }, hurry);
        let told = answer.expect(424).text();
        assert!(told.contains("answers within a minute"), "{told}");
        assert_eq!(deployed.history().await.pop().unwrap()["outcome"], "FAILED");
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_asked_or_configured_becomes_a_header() {
    on_each_database(|store| async move {
        let upstream = Upstream::new(&with_body("application/json", "[1]")).await;
        let address = format!("http://{}/%0d%0aX-Evil:%201", upstream.place);
        let deployed = deployed(store, &upstream.place, &address, "").await;
        let evil = "a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1";
        deployed.ask(&json!({evil: {evil: evil}})).await.expect(200);
        let mode = json!({"name": "Endpoint", "values": {"protocol": "KServe v2", "modelName": evil}});
        let patch = json!({"mode": mode, "endpointUri": upstream.url("/")});
        let change = deployed.app.put(&deployed.path).by(&deployed.ann).header("if-match", "*").json(&patch);
        change.await.expect(200);
        deployed.ask(&json!({"x": {"0": evil}})).await.expect(424);
        let requests = upstream.requests();
        assert_eq!(requests.len(), 2);
        for request in requests {
            let (head, _) = request.split_once("\r\n\r\n").unwrap();
            let mut names: Vec<&str> =
                head.lines().skip(1).map(|line| line.split_once(':').unwrap().0).collect();
            names.sort_unstable();
            assert_eq!(names, ["accept", "content-length", "content-type", "host"], "{head}");
        }
        for address in
            ["http://example.org/\r\nX-Evil: 1", "http://user:password@example.org/", "gopher://example.org/"]
        {
            let patch = json!({"endpointUri": address, "mode": null});
            let change =
                deployed.app.put(&deployed.path).by(&deployed.ann).header("if-match", "*").json(&patch);
            if change.await.status == 200 {
                deployed.ask(&json!({"x": {"0": 1}})).await.expect(424);
            }
        }
        assert_eq!(upstream.requests().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn eight_ask_at_once_and_who_goes_away_keeps_her_place_until_it_is_answered() {
    on_each_app(|app: TestApp| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        // Long enough for what comes until the first answer is whole.
        let upstream =
            Upstream::on(listener, &with_body("application/json", "[1]"), Duration::from_millis(50));
        let deployed = deployed(app.store().clone(), &upstream.place, &upstream.url("/"), "").await;
        let asked = json!({"x": {"0": 1}});
        let hasty = futures_util::future::join_all((0..8).map(|_| async { deployed.ask(&asked).await }));
        let are_sent = async {
            while upstream.requests().len() < 8 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // Nobody waits for the answers any more once all are sent.
        tokio::select! {
            () = are_sent => {}
            _ = hasty => panic!("they were answered before all were sent"),
        }
        let refused = deployed.ask(&asked).await.expect(429);
        assert_eq!(refused.header("retry-after"), "1");
        let start = Instant::now();
        while deployed.history().await.len() < 8 {
            assert!(start.elapsed() < Duration::from_secs(20), "what was sent is kept though nobody waits");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        deployed.ask(&asked).await.expect(200);
    })
    .await;
}
