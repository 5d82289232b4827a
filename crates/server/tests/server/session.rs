//! Signing in and out, and what a session is worth.

use crate::support::{Answer, PASSWORD, Person, TestApp, on_each_app, on_each_database};
use models::paths;
use models::session::Session;
use serde_json::{Value, json};
use server::http::NetworkPeer;
use server::services::{create_setup_link, create_sign_in_link};
use server::store::{NewAccount, NewSession, SessionKind, SignInOrigin, Sql, StoreError};
use server::{auth::sha256, clock};

#[tokio::test]
async fn who_signs_in_gets_a_cookie_that_scripts_cannot_read() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        for name in ["Ann", "ann", " ANN ", "ann@example.org"] {
            let answer = sign_in(&app, name, PASSWORD).await.expect(201);
            assert_eq!(answer.read_as::<Session>().user.name, "Ann");
            let cookie = answer.header("set-cookie");
            assert!(
                cookie.starts_with("session=") && cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"),
                "{cookie}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn over_tls_the_cookie_is_secure_and_another_one_counts_for_nothing() {
    on_each_database(|store| async move {
        let app = TestApp::new(store, |settings| settings.public_url = "https://m.example".parse().ok());
        let ann = app.person("Ann").await;
        let body = json!({"username": "Ann", "password": PASSWORD, "remember": true});
        let answer = app.post(paths::SESSION).header("host", "m.example").json(&body).await.expect(201);
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        assert!(cookie.ends_with("; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000"), "{cookie}");
        let secure = format!("__Host-session={}", ann.cookie);
        app.get(paths::SESSION).header("host", "m.example").header("cookie", &secure).await.expect(200);
        let plain = format!("session={}", ann.cookie);
        app.get(paths::PROJECTS).header("host", "m.example").header("cookie", &plain).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_failure_does_not_tell_whether_the_person_exists() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        let sleeper = app.person("Sleeper").await;
        run(&app, Sql::new("UPDATE users SET is_disabled = TRUE WHERE user_id = $1").with(sleeper.id)).await;
        let wrong = sign_in(&app, "Ann", "not her password").await;
        let disabled = sign_in(&app, "Sleeper", PASSWORD).await;
        let unknown = sign_in(&app, "Nobody", PASSWORD).await;
        assert_eq!(wrong.status, 401);
        assert_eq!(anonymous(&wrong), anonymous(&disabled));
        assert_eq!(anonymous(&wrong), anonymous(&unknown));
        assert!(unknown.header("set-cookie").is_empty());
        app.get(paths::PROJECTS).by(&sleeper).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn guessing_becomes_slow_for_one_name_and_for_no_other() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        app.person("Bob").await;
        for _ in 0..5 {
            sign_in(&app, "Ann", "wrong").await.expect(401);
        }
        for name in ["Ann", "aNN "] {
            let refused = sign_in(&app, name, PASSWORD).await.expect(429);
            assert_eq!(refused.header("retry-after"), "1");
        }
        sign_in(&app, "Bob", PASSWORD).await.expect(201);
        for _ in 0..5 {
            sign_in(&app, "Nobody", "wrong").await.expect(401);
        }
        sign_in(&app, "Nobody", "wrong").await.expect(429);
        // Waiting helps, and a success makes good.
        run(&app, Sql::new("UPDATE sign_in_failures SET last_at = last_at - 2000")).await;
        sign_in(&app, "Ann", PASSWORD).await.expect(201);
        sign_in(&app, "Ann", "wrong").await.expect(401);
        sign_in(&app, "Ann", PASSWORD).await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn guesses_at_once_do_not_slip_by() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        let guesses = (0..20).map(|_| async { sign_in(&app, "Ann", "wrong").await.status.as_u16() });
        let statuses = futures_util::future::join_all(guesses).await;
        let n_tried = statuses.iter().filter(|status| **status == 401).count();
        assert!((5..=6).contains(&n_tried), "{statuses:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_called_as_somebody_else_is_addressed() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        for (name, email) in
            [("ann", "x@example.org"), ("x", "ANN@example.org"), ("Ann@Example.org", "y@example.org")]
        {
            let (name, email, password_hash) = (name.to_owned(), email.to_owned(), String::new());
            let new = NewAccount { name, email, password_hash, is_admin: false };
            let refused = app.store().create_account(new).await;
            assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn guessing_becomes_slow_for_one_network() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        let peer = |host: u8| NetworkPeer([192, 0, 2, host].into());
        let guess = |name: String, host| {
            let body = json!({"username": name, "password": "wrong"});
            app.post(paths::SESSION).extension(peer(host)).json(&body)
        };
        for n in 0..30 {
            guess(format!("name {n}"), 1).await.expect(401);
        }
        guess("one more".to_owned(), 1).await.expect(429);
        guess("one more".to_owned(), 2).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_for_all_who_hold_it() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        app.get(paths::SESSION).by(&ann).await.expect(200);
        let answer = app.delete(paths::SESSION).by(&ann).await.expect(204);
        assert!(answer.header("set-cookie").starts_with("session=; HttpOnly;"));
        assert!(answer.header("clear-site-data").contains("\"storage\""));
        app.get(paths::PROJECTS).by(&ann).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        run(&app, Sql::new("UPDATE sessions SET last_seen_at = last_seen_at - 3500000")).await;
        app.get(paths::SESSION).by(&bob).await.expect(200);
        let seen = Sql::new("UPDATE sessions SET last_seen_at = $1 WHERE user_id = $2");
        run(&app, seen.with(clock::now().0 - 3_600_001).with(ann.id)).await;
        app.get(paths::PROJECTS).by(&ann).await.expect(401);
        let over = Sql::new("UPDATE sessions SET last_seen_at = $1, expires_at = $2");
        run(&app, over.with(clock::now()).with(clock::now().0 - 1)).await;
        app.get(paths::PROJECTS).by(&ann).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn the_session_that_was_unused_the_longest_makes_room() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        run(&app, Sql::new("UPDATE sessions SET last_seen_at = last_seen_at - 1000")).await;
        let open = |n: u8| NewSession {
            kind: SessionKind::Browser,
            secret_hash: vec![n; 32],
            user_id: ann.id,
            origin: SignInOrigin::default(),
            idle_millis: 1000,
            expires_at: models::time::UnixMillis(clock::now().0 + 1000),
        };
        for n in 0..19 {
            app.store().create_session(open(n)).await.unwrap();
        }
        app.get(paths::SESSION).by(&ann).await.expect(200);
        app.store().create_session(open(19)).await.unwrap();
        app.get(paths::PROJECTS).by(&ann).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn an_empty_server_is_set_up_once() {
    on_each_app(|app| async move {
        assert_eq!(app.get(paths::SETUP).await.expect(200).json(), json!({"needed": true}));
        let old = create_setup_link(app.store()).await.unwrap();
        let token = create_setup_link(app.store()).await.unwrap();
        set_up(&app, &old, "correct horse").await.expect(401);
        set_up(&app, "made up", "correct horse").await.expect(401);
        let weak = set_up(&app, &token, "too short").await.expect(422);
        assert_eq!(weak.json()["detail"][0]["loc"], json!(["body", "password"]));
        let session: Session = set_up(&app, &token, "correct horse").await.expect(201).read_as();
        assert_eq!(session.user.is_admin, Some(true));
        set_up(&app, &token, "correct horse").await.expect(401);
        assert_eq!(app.get(paths::SETUP).await.expect(200).json(), json!({"needed": false}));
        // Even a link that was made before somebody was faster is worth nothing.
        let late = create_setup_link(app.store()).await.unwrap();
        set_up(&app, &late, "correct horse").await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_use_a_link_at_once_one_is_signed_in() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        let account = app.store().account_by_name("ann").await.unwrap();
        let token = create_sign_in_link(app.store(), &account).await.unwrap();
        let body = json!({"token": token});
        let tries = (0..8).map(|_| async { app.post(paths::SESSION_LINK).json(&body).await.status.as_u16() });
        let mut statuses = futures_util::future::join_all(tries).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 401, 401, 401, 401, 401, 401, 401]);
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_after_an_hour() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        let account = app.store().account_by_name("ann").await.unwrap();
        let token = create_sign_in_link(app.store(), &account).await.unwrap();
        run(&app, Sql::new("UPDATE links SET expires_at = expires_at - 3600001")).await;
        app.post(paths::SESSION_LINK).json(&json!({"token": token})).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn the_use_of_a_session_is_noted_at_most_once_a_minute() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let before = last_seen(&app, &ann).await;
        app.get(paths::SESSION).by(&ann).await.expect(200);
        assert_eq!(last_seen(&app, &ann).await, before);
        run(&app, Sql::new("UPDATE sessions SET last_seen_at = last_seen_at - 60000")).await;
        app.get(paths::SESSION).by(&ann).await.expect(200);
        for _ in 0..100 {
            if last_seen(&app, &ann).await >= before {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the use was not noted");
    })
    .await;
}

async fn last_seen(app: &TestApp, person: &Person) -> i64 {
    let kind = SessionKind::Browser;
    let session = app.store().session_by_secret(kind, sha256(&person.cookie), clock::now()).await.unwrap();
    session.unwrap().last_seen_at.0
}

async fn sign_in(app: &TestApp, username: &str, password: &str) -> Answer {
    app.post(paths::SESSION).json(&json!({"username": username, "password": password})).await
}

async fn set_up(app: &TestApp, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "username": "ann", "email": "ann@example.org", "password": password});
    app.post(paths::SETUP).json(&body).await
}

/// What an answer says, without what names the request.
fn anonymous(answer: &Answer) -> (Value, usize, Vec<String>) {
    let mut body = answer.json();
    body["requestId"] = Value::Null;
    let names = answer.headers.keys().map(ToString::to_string).collect();
    (body, answer.body.len(), names)
}

async fn run(app: &TestApp, sql: Sql) {
    app.store().write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}

#[tokio::test]
async fn what_is_worth_protecting_needs_the_password_again_after_a_while() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Rain").await;
        run(&app, Sql::new("UPDATE sessions SET confirmed_at = confirmed_at - 600000")).await;
        let token = json!({"name": "t", "scopes": ["read"], "days": 1});
        let create = || app.post(paths::user_tokens(ann.id)).by(&ann).json(&token);
        assert_eq!(create().await.expect(403).json()["code"], "confirmation_required");
        let path = paths::project(project);
        app.put(&path).by(&ann).if_match(1).json(&json!({"name": "Snow"})).await.expect(200);
        app.delete(&path).by(&ann).if_match(2).await.expect(403);
        let confirm = |password: &str| {
            app.post(paths::SESSION_CONFIRMATION).by(&ann).json(&json!({"password": password}))
        };
        let wrong = confirm("not her password").await.expect(422).json();
        assert_eq!(wrong["detail"][0]["loc"], json!(["body", "password"]));
        create().await.expect(403);
        confirm(PASSWORD).await.expect(204);
        create().await.expect(201);
        app.delete(&path).by(&ann).if_match(2).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn who_has_only_an_access_token_makes_no_stronger_one_after_a_while() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let access = ann.client(&app).await;
        let token = json!({"name": "t", "scopes": ["read"], "days": 1});
        let create = || app.post(paths::user_tokens(ann.id)).bearer(&access).json(&token);
        create().await.expect(201);
        run(&app, Sql::new("UPDATE sessions SET confirmed_at = confirmed_at - 600000")).await;
        assert_eq!(create().await.expect(403).json()["code"], "confirmation_required");
    })
    .await;
}

#[tokio::test]
async fn who_guesses_her_password_does_not_keep_her_from_giving_it() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for _ in 0..7 {
            sign_in(&app, &ann.name, "a guess at it").await;
        }
        sign_in(&app, &ann.name, PASSWORD).await.expect(429);
        let confirm = json!({"password": PASSWORD});
        app.post(paths::SESSION_CONFIRMATION).by(&ann).json(&confirm).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_others_mighty_from_an_open_browser() {
    on_each_app(|app| async move {
        let (root, bob) = (app.administrator("Root").await, app.person("Bob").await);
        let project = app.project(&root, "Rain").await;
        let give = |role: &str| {
            app.put(paths::project_member(project, bob.id)).by(&root).json(&json!({"role": role}))
        };
        run(&app, Sql::new("UPDATE sessions SET confirmed_at = confirmed_at - 600000")).await;
        give("MAINTAINER").await.expect(204);
        give("OWNER").await.expect(403);
        let invite = json!({"email": "eve@example.org", "role": "OWNER"});
        app.post(paths::project_invitations(project)).by(&root).json(&invite).await.expect(403);
        let publish = app.put(paths::project(project)).by(&root).if_match(1).json(&json!({"public": true}));
        publish.await.expect(403);
        app.put(paths::user(bob.id)).by(&root).json(&json!({"isAdmin": true})).await.expect(403);
        app.post(paths::user_link(bob.id)).by(&root).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn who_has_no_password_cannot_be_asked_for_it() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        run(&app, Sql::new("UPDATE sessions SET confirmed_at = 0")).await;
        run(&app, Sql::new("UPDATE users SET password_hash = ''")).await;
        let token = json!({"name": "t", "scopes": ["read"], "days": 1});
        app.post(paths::user_tokens(ann.id)).by(&ann).json(&token).await.expect(201);
    })
    .await;
}
