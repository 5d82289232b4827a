//! Secrets that are planted everywhere must turn up nowhere: not in answers, not in the log, not in the database.
//!
//! A test program of its own: it listens to the log of the whole process.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "server/support/mod.rs"]
#[allow(dead_code, unused_imports, reason = "this program uses a part of it")]
mod support;

use axum::http::Method;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use models::paths;
use models::token::TokenScope;
use serde_json::{Value, json};
use server::store::{DatabaseUrl, Sql, Store};
use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use support::{Answer, Person, TestApp, Upstream};

#[tokio::test]
async fn planted_secrets_turn_up_nowhere() {
    let log = Log::start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("canaries.sqlite");
    let store = Store::open(&DatabaseUrl::Sqlite(file.clone())).await.unwrap();
    let planted = Planted::default();
    exercise(store.clone(), &planted).await;
    for name in ["canaries.sqlite", "canaries.sqlite-wal", "canaries.sqlite-shm"] {
        planted.absent(name, &std::fs::read(folder.path().join(name)).unwrap());
    }
    store.close().await;
    planted.absent("the closed database", &std::fs::read(&file).unwrap());
    planted.absent("the log", &log.written());
    let written = String::from_utf8(log.written()).unwrap();
    assert!(written.contains("the finest level") && written.matches("answered").count() > 200);
}

#[tokio::test]
async fn planted_secrets_turn_up_nowhere_in_postgres_either() {
    support::on_each_database(|store| async move {
        if !store.read().await.unwrap().is_postgres() {
            return;
        }
        let planted = Planted::default();
        exercise(store.clone(), &planted).await;
        let dump = Sql::new("SELECT CAST(database_to_xml(TRUE, TRUE, '') AS TEXT) AS dump");
        let dump: String = store.read().await.unwrap().fetch_one(dump).await.unwrap().get("dump").unwrap();
        assert!(dump.contains("CONNECTION_CREATED") && dump.contains("<sealed>"));
        planted.absent("the database", dump.as_bytes());
    })
    .await;
}

/// Plants secrets in every field that takes one, and asks every route that knows of them, also in vain.
async fn exercise(store: Store, planted: &Planted) {
    let echo = format!("HTTP/1.1 200 OK\r\nX-Echo: {0}\r\nContent-Length: 32\r\n\r\n{0}", planted.new_one());
    let upstream = Upstream::new(&echo).await;
    let place = upstream.place.clone();
    let app = TestApp::new(store, |settings| settings.allow_egress = vec![place]);
    let ann = app.person("Ann").await;
    connections(&app, &ann, &upstream, planted).await;
    refusals(&app, &ann, planted).await;
    let password = settings(&app, &ann, planted).await;
    assert!(upstream.requests().len() > 4, "the other system was shown the secrets");
    let sign_in = json!({"username": "Ann", "password": password});
    let pair = app.post(paths::TOKENS_CREATE).json(&sign_in).await.expect(201).json();
    let client = pair["AccessToken"].as_str().unwrap();
    for path in [
        paths::user_connections(ann.id),
        paths::user_settings(ann.id),
        paths::user_audit(ann.id),
        paths::user_tokens(ann.id),
        paths::USERS_SEARCH.to_owned() + "?searchString=a",
        paths::PROJECTS.to_owned(),
        "/api/openapi.json".to_owned(),
        "/api/metrics".to_owned(),
    ] {
        planted.told(&app.get(&path).by(&ann).await);
        planted.told(&app.get(&path).bearer(client).await);
    }
}

async fn connections(app: &TestApp, ann: &Person, upstream: &Upstream, planted: &Planted) {
    let all = paths::user_connections(ann.id);
    let client = ann.client(app).await;
    let token = ann.token(app, &[TokenScope::SubmitRuns], None).await;
    for provider in ["UNICORE", "firecREST", "S3", "GitHub", "GitLab", "SSH", "Other"] {
        for method in ["USERNAME_PASSWORD", "TOKEN", "PRIVATE_KEY"] {
            let uri = if provider == "SSH" { "ssh://ssh.invalid".to_owned() } else { upstream.url("/a") };
            let new = json!({"connectionName": format!("{provider} {method}"), "connectionProvider": provider,
                "authMethod": method, "loginName": "ann", "uri": uri, "password": planted.new_one(),
                "token": planted.new_one(), "privateKey": planted.new_one()});
            let made = app
                .post(&all)
                .by(ann)
                .header("idempotency-key", &format!("{provider} {method}"))
                .json(&new)
                .await;
            planted.told(&made);
            let Some(id) = made.json()["connectionId"].as_str().map(str::to_owned) else { continue };
            let path = format!("{all}/{id}");
            planted.told(&app.get(&path).by(ann).await.expect(200));
            planted.told(&app.post(format!("{path}/test")).by(ann).json(&json!({})).await.expect(200));
            planted.told(
                &app.post(format!("{path}/test"))
                    .by(ann)
                    .json(&json!({"uri": "https://example.org"}))
                    .await
                    .expect(422),
            );
            // These two are the only answers that hold them.
            for bearer in [&client, &token] {
                assert!(planted.is_in(&app.get(&path).bearer(bearer).await.expect(200).body));
            }
            let change =
                json!({"password": planted.new_one(), "token": null, "privateKey": planted.new_one()});
            planted.told(&app.put(&path).by(ann).if_match(1).json(&change).await.expect(200));
            planted.told(&app.put(&path).by(ann).if_match(1).json(&change).await.expect(412));
            planted.told(&app.put(&path).by(ann).json(&change).await.expect(428));
        }
    }
    let listed = app.get(format!("{all}?pagelength=200")).by(ann).await.expect(200);
    planted.told(&listed);
    let first = listed.json()["connections"][0]["connectionId"].as_str().unwrap().to_owned();
    let broken = Sql::new(
        "UPDATE secrets SET user_id = user_id, sealed = (SELECT sealed FROM secrets ORDER BY row_id DESC LIMIT 1)",
    );
    app.store().write(|connection| Box::pin(async move { connection.execute(broken).await })).await.unwrap();
    planted.told(&app.get(format!("{all}/{first}")).bearer(&client).await.expect(500));
    planted.told(&app.post(format!("{all}/{first}/test")).by(ann).json(&json!({})).await.expect(500));
}

/// Bodies that are refused with a secret in them.
async fn refusals(app: &TestApp, ann: &Person, planted: &Planted) {
    let eve = app.person("Eve").await;
    let all = paths::user_connections(ann.id);
    let base = json!({"connectionName": "x", "connectionProvider": "SSH", "authMethod": "TOKEN"});
    for field in ["password", "token", "privateKey"] {
        let canary = planted.new_one();
        for value in [json!([canary]), json!({"secret": canary}), json!(canary.repeat(600))] {
            let mut new = base.clone();
            new[field] = value;
            planted.told(&app.post(&all).by(ann).json(&new).await.expect(422));
            planted.told(&app.post(&all).by(&eve).json(&new).await.expect(404));
            planted.told(&app.post(&all).json(&new).await.expect(401));
        }
        let torn = format!("{{\"{field}\": \"{canary}\", ");
        planted.told(&app.post(&all).by(ann).body("application/json", torn.clone()).await.expect(400));
        planted.told(&app.post(&all).by(ann).body("text/plain", torn).await.expect(415));
        planted.told(&app.call(Method::PATCH, &all).by(ann).json(&json!({field: canary})).await.expect(405));
    }
    planted.told(&app.get(paths::SESSION).bearer(&planted.new_one()).await.expect(401));
    let basic = BASE64_STANDARD.encode(format!("ann:{}", planted.new_one()));
    planted
        .told(&app.get(paths::SESSION).header("authorization", &format!("Basic {basic}")).await.expect(401));
    let cookie = format!("session={}", planted.new_one());
    planted.told(&app.get(paths::user_settings(ann.id)).header("cookie", &cookie).await.expect(401));
    let sign_in = json!({"username": "Ann", "password": planted.new_one()});
    planted.told(&app.post(paths::TOKENS_CREATE).json(&sign_in).await.expect(401));
    let refresh = json!({"username": "Ann", "refresh_token": planted.new_one()});
    planted.told(&app.post(paths::TOKENS_REFRESH).json(&refresh).await.expect(401));
    let link = json!({"token": planted.new_one()});
    planted.told(
        &app.post(paths::SESSION_LINK).header("x-requested-by", "console").json(&link).await.expect(401),
    );
}

/// Gives the password that she has in the end.
async fn settings(app: &TestApp, ann: &Person, planted: &Planted) -> String {
    let path = paths::user_settings(ann.id);
    let put = |version, body: Value| app.put(&path).by(ann).if_match(version).json(&body);
    let (new, wrong) = (planted.new_one(), planted.new_one());
    planted.told(&put(1, json!({"password": new, "currentPassword": wrong})).await.expect(422));
    planted.told(&put(1, json!({"password": [new], "token": wrong})).await.expect(422));
    let pay = json!({"paymentInfo": {"address": "a", "paymentMethod": "INVOICE", "paymentDetails": planted.new_one()}});
    planted.told(&put(1, pay.clone()).await.expect(200));
    planted.told(&put(1, pay).await.expect(412));
    let change = json!({"password": new, "currentPassword": support::PASSWORD});
    planted.told(&put(2, change).await.expect(200));
    let bob = app.person("Bob").await;
    planted.told(&app.get(&path).by(&bob).await.expect(404));
    new
}

/// The secrets that were planted.
#[derive(Default)]
struct Planted(RefCell<Vec<String>>);

impl Planted {
    /// A new one: 32 characters that are nowhere else. Its end is no letter or digit, so that no hint tells of it.
    fn new_one(&self) -> String {
        let canary = format!("canary{}!", &uuid::Uuid::new_v4().simple().to_string()[..25]);
        self.0.borrow_mut().push(canary.clone());
        canary
    }

    fn is_in(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        self.0.borrow().iter().any(|canary| text.contains(canary))
    }

    #[track_caller]
    fn told(&self, answer: &Answer) {
        self.absent("an answer", &answer.body);
        self.absent("a header", format!("{:?}", answer.headers).as_bytes());
    }

    #[track_caller]
    fn absent(&self, place: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        for canary in self.0.borrow().iter() {
            let encoded = BASE64_STANDARD.encode(format!("ann:{canary}"));
            for form in [canary.as_str(), &encoded, &canary.replace('!', "%21")] {
                if let Some((before, _)) = text.split_once(form) {
                    let start: String = before.chars().rev().take(200).collect();
                    panic!("{place} has a secret after {}", start.chars().rev().collect::<String>());
                }
            }
        }
    }
}

/// All that is logged, at the finest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start() -> Self {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
        subscriber.with_writer(move || writer.clone()).init();
        tracing::trace!("the finest level");
        log
    }

    fn written(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
