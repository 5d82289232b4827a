//! Connections that are tried out.

use crate::support::{Answer, Person, TestApp, Upstream};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use models::id::ConnectionId;
use models::paths;
use serde_json::{Value, json};
use server::egress::HostPort;
use tokio::net::TcpListener;

const SECRET: &str = "canary of the secret";

#[tokio::test]
async fn each_kind_of_system_is_asked_in_its_own_way() {
    let core = r#"{"client": {"role": {"selected": "user"}}}"#;
    let ok = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{core}", core.len());
    for (provider, method, path, first_line, proof) in [
        ("UNICORE", "USERNAME_PASSWORD", "/SITE/rest/core", "GET /SITE/rest/core ", basic("ann", SECRET)),
        (
            "UNICORE",
            "TOKEN",
            "/SITE/rest/core",
            "GET /SITE/rest/core ",
            format!("authorization: Bearer {SECRET}"),
        ),
        (
            "firecREST",
            "USERNAME_PASSWORD",
            "/token",
            "POST /token ",
            "client_id=ann&client_secret=canary+of+the+secret".to_owned(),
        ),
        ("GitHub", "TOKEN", "", "GET /api/v3/user ", format!("authorization: Bearer {SECRET}")),
        ("GitLab", "TOKEN", "", "GET /api/v4/user ", format!("authorization: Bearer {SECRET}")),
        (
            "GitLab",
            "TOKEN",
            "/ann/code",
            "GET /ann/code.git/info/refs?service=git-upload-pack ",
            basic("ann", SECRET),
        ),
        (
            "GitHub",
            "USERNAME_PASSWORD",
            "/ann/code.git",
            "GET /ann/code.git/info/refs?service=git-upload-pack ",
            basic("ann", SECRET),
        ),
        (
            "Bitbucket",
            "TOKEN",
            "/ann/code/",
            "GET /ann/code.git/info/refs?service=git-upload-pack ",
            basic("ann", SECRET),
        ),
        (
            "S3",
            "USERNAME_PASSWORD",
            "/weather/data",
            "HEAD /weather/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ann%2F",
            String::new(),
        ),
    ] {
        let upstream = Upstream::new(&ok).await;
        let (app, ann) = app(vec![upstream.place.clone()]).await;
        let made = create(&app, &ann, provider, method, Some(upstream.url(path))).await;
        let told = test(&app, &ann, made, json!({})).await.expect(200);
        assert_eq!(told.json()["outcome"], "OK", "{provider}: {}", told.text());
        assert_eq!(told.json()["host"], upstream.place.to_string());
        let request = &upstream.requests()[0];
        assert!(request.starts_with(first_line) && request.contains(&proof), "{provider}: {request}");
        assert!(!request.contains("cookie"), "{request}");
    }
}

#[tokio::test]
async fn an_answer_is_told_in_words_and_never_shown() {
    for (status, outcome) in [
        (200, "OK"),
        (302, "UNREACHABLE"),
        (401, "REFUSED"),
        (403, "REFUSED"),
        (404, "UNREACHABLE"),
        (500, "UNREACHABLE"),
    ] {
        let body = format!("{SECRET} and what the upstream says");
        let answer = format!(
            "HTTP/1.1 {status} X\r\nX-Upstream: {SECRET}\r\nLocation: http://127.0.0.1/{SECRET}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let upstream = Upstream::new(&answer).await;
        let (app, ann) = app(vec![upstream.place.clone()]).await;
        let made = create(&app, &ann, "GitLab", "TOKEN", Some(upstream.url(""))).await;
        let told = test(&app, &ann, made, json!({})).await.expect(200);
        assert_eq!(told.json()["outcome"], outcome, "{status}");
        assert!(!told.text().contains("canary") && !told.text().contains("upstream says"));
        assert!(!format!("{:?}", told.headers).contains("canary"));
    }
}

#[tokio::test]
async fn secrets_go_to_no_other_host() {
    let (own, other) = (Upstream::with_status(200).await, Upstream::with_status(200).await);
    let (app, ann) = app(vec![own.place.clone(), other.place.clone()]).await;
    let made = create(&app, &ann, "GitLab", "TOKEN", Some(own.url(""))).await;
    let refused = test(&app, &ann, made, json!({"uri": other.url("/ann/code")})).await.expect(422);
    assert_eq!(refused.json()["detail"][0]["loc"], json!(["body", "uri"]));
    test(&app, &ann, made, json!({"uri": own.url("/ann/code")})).await.expect(200);
    // Whoever changes the address has to bring the secret.
    let path = paths::user_connection(ann.id, made);
    app.put(path).by(&ann).if_match(1).json(&json!({"uri": other.url("")})).await.expect(200);
    let told = test(&app, &ann, made, json!({})).await.expect(200).json();
    assert_eq!(told["outcome"], "NOT_SUPPORTED", "{told}");
    let nowhere = create(&app, &ann, "UNICORE", "TOKEN", None).await;
    test(&app, &ann, nowhere, json!({"uri": other.url("/")})).await.expect(422);
    assert_eq!((own.requests().len(), other.requests().len()), (1, 0));
}

#[tokio::test]
async fn an_inner_address_is_not_asked_and_the_secret_not_sent_in_the_open() {
    let inner = Upstream::with_status(200).await;
    let (app, ann) = app(Vec::new()).await;
    for uri in [
        inner.url("/"),
        "https://127.0.0.1:22/".to_owned(),
        "ftp://example.org/".to_owned(),
        "http://example.org/".to_owned(),
        "https://ann:x@example.org/".to_owned(),
    ] {
        let made = create(&app, &ann, "UNICORE", "TOKEN", Some(uri.clone())).await;
        let refused = test(&app, &ann, made, json!({})).await.expect(422);
        assert_eq!(refused.json()["detail"][0]["loc"], json!(["body", "uri"]), "{uri}");
    }
    for uri in
        ["https://127.0.0.1/", "https://localhost/", "https://169.254.169.254/latest", "https://[::1]/"]
    {
        let made = create(&app, &ann, "UNICORE", "TOKEN", Some(uri.to_owned())).await;
        let told = test(&app, &ann, made, json!({})).await.expect(200).json();
        assert_eq!(told["outcome"], "UNREACHABLE", "{uri}");
    }
    assert_eq!(inner.requests().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_tried_says_why() {
    let (app, ann) = app(Vec::new()).await;
    for (provider, method) in [
        ("UNICORE", "TOKEN"),
        ("firecREST", "USERNAME_PASSWORD"),
        ("S3", "USERNAME_PASSWORD"),
        ("SSH", "PRIVATE_KEY"),
        ("Other", "TOKEN"),
        ("Slurm REST", "TOKEN"),
    ] {
        let made = create(&app, &ann, provider, method, None).await;
        let told = test(&app, &ann, made, json!({})).await.expect(200).json();
        assert_eq!((&told["outcome"], &told["host"]), (&json!("NOT_SUPPORTED"), &Value::Null), "{provider}");
        assert!(told["message"].as_str().unwrap().ends_with('.'), "{told}");
    }
    let bucketless =
        create(&app, &ann, "S3", "USERNAME_PASSWORD", Some("https://s3.example.org/".to_owned())).await;
    let told = test(&app, &ann, bucketless, json!({})).await.expect(200).json();
    assert!(told["message"].as_str().unwrap().contains("bucket"), "{told}");
}

#[tokio::test]
async fn ssh_is_only_knocked_at() {
    for (words, outcome) in [("SSH-2.0-OpenSSH_9.9\r\n", "REACHED"), ("220 smtp\r\n", "UNREACHABLE")] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place: HostPort = listener.local_addr().unwrap().to_string().parse().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, words.as_bytes()).await;
            }
        });
        let (app, ann) = app(vec![place.clone()]).await;
        let made = create(&app, &ann, "SSH", "PRIVATE_KEY", Some(format!("ssh://{place}"))).await;
        let told = test(&app, &ann, made, json!({})).await.expect(200).json();
        assert_eq!(told["outcome"], outcome, "{told}");
    }
    let (app, ann) = app(Vec::new()).await;
    let made = create(&app, &ann, "SSH", "PRIVATE_KEY", Some("127.0.0.1".to_owned())).await;
    assert_eq!(test(&app, &ann, made, json!({})).await.expect(200).json()["outcome"], "UNREACHABLE");
    let made = create(&app, &ann, "SSH", "PRIVATE_KEY", Some("ssh://example.org:6379".to_owned())).await;
    test(&app, &ann, made, json!({})).await.expect(422);
}

/// A server that may ask these places of this machine, and somebody who is signed in.
async fn app(allowed: Vec<HostPort>) -> (TestApp, Person) {
    let folder = Box::leak(Box::new(tempfile::tempdir().unwrap()));
    let url = server::store::DatabaseUrl::Sqlite(folder.path().join("test.sqlite"));
    let store = server::store::Store::open(&url).await.unwrap();
    let app = TestApp::new(store, |settings| settings.allow_egress = allowed);
    let ann = app.person("Ann").await;
    (app, ann)
}

async fn create(
    app: &TestApp,
    ann: &Person,
    provider: &str,
    method: &str,
    uri: Option<String>,
) -> ConnectionId {
    let name = uuid::Uuid::new_v4();
    let mut new = json!({"connectionName": name, "connectionProvider": provider, "authMethod": method,
        "loginName": "ann", "password": SECRET, "token": SECRET, "privateKey": SECRET});
    if let Some(uri) = uri {
        new["uri"] = json!(uri);
    }
    let answer = app.post(paths::user_connections(ann.id)).by(ann).json(&new).await.expect(201);
    answer.json()["connectionId"].as_str().unwrap().parse().unwrap()
}

async fn test(app: &TestApp, ann: &Person, id: ConnectionId, asked: Value) -> Answer {
    app.post(paths::user_connection_test(ann.id, id)).by(ann).json(&asked).await
}

fn basic(login: &str, password: &str) -> String {
    format!("authorization: Basic {}", BASE64_STANDARD.encode(format!("{login}:{password}")))
}
