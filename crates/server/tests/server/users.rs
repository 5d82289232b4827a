//! People through the API.

use crate::support::{PASSWORD, Person, TestApp, on_each_app};
use models::paths;
use models::token::TokenScope;
use serde_json::{Value, json};

#[tokio::test]
async fn administrators_list_and_find_people() {
    on_each_app(|app| async move {
        let (root, ann) = (app.administrator("Root").await, app.person("Ann").await);
        let listed = app.get(paths::USERS).by(&root).await.expect(200).json();
        assert_eq!(
            (&listed["totalRecords"], &listed["users"][0]["email"]),
            (&json!(2), &json!("ann@example.org"))
        );
        assert_eq!(listed["users"][0]["nProjects"], 1);
        assert!(listed["users"][0]["lastSeenAt"].is_i64());
        let found = app.get("/api/users?searchString=ROOT%40EXAMPLE&pagelength=1").by(&root).await.json();
        assert_eq!((&found["totalRecords"], &found["users"][0]["name"]), (&json!(1), &json!("Root")));
        app.get(paths::USERS).by(&ann).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn who_is_added_without_a_password_chooses_one() {
    on_each_app(|app| async move {
        let (root, ann) = (app.administrator("Root").await, app.person("Ann").await);
        let new = json!({"userName": "Bob", "email": "bob@example.org"});
        app.post(paths::USERS).by(&ann).json(&new).await.expect(403);
        let made = app.put(paths::USERS).by(&root).json(&new).await.expect(201).json();
        app.post(paths::USERS).by(&root).json(&new).await.expect(409);
        let url = made["link"]["url"].as_str().unwrap().to_owned();
        let (origin, token) = url.split_once("/link?token=").unwrap();
        assert_eq!(origin, "http://localhost:8090");
        sign_in(&app, "Bob", "").await.expect(401);
        let signed_in = app.post(paths::SESSION_LINK).json(&json!({"token": token})).await.expect(201);
        app.post(paths::SESSION_LINK).json(&json!({"token": token})).await.expect(401);
        let cookie = signed_in.header("set-cookie").split_once('=').unwrap().1;
        let cookie = cookie.split_once(';').unwrap().0.to_owned();
        let id = made["userId"].as_str().unwrap().parse().unwrap();
        let bob = Person { id, name: "Bob".to_owned(), personal_project: ann.personal_project, cookie };
        let choose = |password: &str| {
            app.put(paths::user_password(bob.id)).by(&bob).json(&json!({"password": password}))
        };
        choose("short").await.expect(422);
        choose("a fine new password").await.expect(204);
        choose("yet another password").await.expect(422);
        sign_in(&app, "Bob", "a fine new password").await.expect(201);
        // With a password there is no link.
        let cat = json!({"name": "Cat", "email": "cat@example.org", "password": "a fine new password"});
        let made = app.post(paths::USERS).by(&root).json(&cat).await.expect(201).json();
        assert!(made.get("link").is_none());
        let weak = json!({"name": "Dan", "email": "dan@example.org", "password": "short"});
        app.post(paths::USERS).by(&root).json(&weak).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_person_changes_her_name_and_address() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let change = |by: &Person, body: Value| app.put(paths::user(ann.id)).by(by).json(&body);
        let changed =
            change(&ann, json!({"name": "Anna", "email": "anna@example.org"})).await.expect(200).json();
        assert_eq!((&changed["name"], &changed["email"]), (&json!("Anna"), &json!("anna@example.org")));
        change(&ann, json!({"name": "bob"})).await.expect(409);
        change(&ann, json!({"email": "BOB@example.org"})).await.expect(409);
        change(&ann, json!({"name": "bob@example.org"})).await.expect(409);
        change(&ann, json!({"isAdmin": true})).await.expect(403);
        change(&ann, json!({"password": "a fine new password"})).await.expect(403);
        change(&bob, json!({"name": "x1"})).await.expect(404);
        let token = ann.token(&app, &[TokenScope::Write], None).await;
        app.put(paths::user(ann.id)).bearer(&token).json(&json!({"name": "x1"})).await.expect(403);
        sign_in(&app, "anna@example.org", PASSWORD).await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_makes_others_administrators_and_keeps_one() {
    on_each_app(|app| async move {
        let (root, ann) = (app.administrator("Root").await, app.person("Ann").await);
        let set = |by: &Person, who: &Person, is_admin: bool| {
            app.put(paths::user(who.id)).by(by).json(&json!({"isAdmin": is_admin}))
        };
        set(&root, &root, false).await.expect(409);
        assert_eq!(set(&root, &ann, true).await.expect(200).json()["isAdmin"], true);
        set(&ann, &root, false).await.expect(200);
        app.get(paths::USERS).by(&root).await.expect(403);
        set(&ann, &ann, false).await.expect(409);
    })
    .await;
}

#[tokio::test]
async fn who_is_kept_out_is_out_at_once() {
    on_each_app(|app| async move {
        let (root, ann) = (app.administrator("Root").await, app.person("Ann").await);
        let token = ann.token(&app, &[TokenScope::Read], None).await;
        app.get(paths::PROJECTS).bearer(&token).await.expect(200);
        app.delete(paths::user(ann.id)).by(&ann).await.expect(403);
        app.delete(paths::user(root.id)).by(&root).await.expect(409);
        app.delete(paths::user(ann.id)).by(&root).await.expect(204);
        app.get(paths::PROJECTS).by(&ann).await.expect(401);
        app.get(paths::PROJECTS).bearer(&token).await.expect(401);
        sign_in(&app, "Ann", PASSWORD).await.expect(401);
        assert_eq!(app.get("/api/users/search?searchString=ann").by(&root).await.json()["totalRecords"], 0);
        let listed = app.get("/api/users?searchString=ann").by(&root).await.json();
        assert_eq!(listed["users"][0]["isDisabled"], true);
        app.post(paths::user_link(ann.id)).by(&root).await.expect(409);
        app.post(paths::user_enable(ann.id)).by(&root).await.expect(204);
        sign_in(&app, "Ann", PASSWORD).await.expect(201);
        app.get(paths::PROJECTS).bearer(&token).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link() {
    on_each_app(|app| async move {
        let (root, ann) = (app.administrator("Root").await, app.person("Ann").await);
        let link = app.post(paths::user_link(ann.id)).by(&root).await.expect(201).json();
        app.get(paths::PROJECTS).by(&ann).await.expect(401);
        sign_in(&app, "Ann", PASSWORD).await.expect(401);
        let newer = app.post(paths::user_link(ann.id)).by(&root).await.expect(201).json();
        let newest = app.post(paths::user_link(ann.id)).by(&root).await.expect(201).json();
        let token = |link: &Value| link["url"].as_str().unwrap().split_once("token=").unwrap().1.to_owned();
        let enter = |link: &Value| app.post(paths::SESSION_LINK).json(&json!({"token": token(link)}));
        enter(&link).await.expect(401);
        enter(&newer).await.expect(401);
        enter(&newest).await.expect(201);
        let unused = app.post(paths::user_link(ann.id)).by(&root).await.expect(201).json();
        app.post(paths::user_link(root.id)).by(&root).await.expect(409);
        let set = app.put(paths::user(ann.id)).by(&root).json(&json!({"password": "a fine new password"}));
        set.await.expect(200);
        enter(&unused).await.expect(401);
        sign_in(&app, "Ann", "a fine new password").await.expect(201);
        let own = app.put(paths::user(root.id)).by(&root).json(&json!({"password": "a fine new password"}));
        own.await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_where_she_is_signed_in_and_ends_it() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let there = app.post(paths::SESSION).header("user-agent", "Firefox on a train");
        there.json(&json!({"username": "Ann", "password": PASSWORD})).await.expect(201);
        let list = async || app.get(paths::user_sessions(ann.id)).by(&ann).await.expect(200).json();
        let listed = list().await;
        assert_eq!(listed["totalRecords"], 2);
        let sessions = listed["sessions"].as_array().unwrap();
        let other = sessions.iter().find(|session| session["isCurrent"] == false).unwrap();
        assert_eq!((&other["device"], &other["kind"]), (&json!("Firefox on a train"), &json!("browser")));
        let id = other["sessionId"].as_str().unwrap().parse().unwrap();
        app.get(paths::user_sessions(ann.id)).by(&bob).await.expect(404);
        app.delete(paths::user_session(bob.id, id)).by(&bob).await.expect(404);
        app.delete(paths::user_session(ann.id, id)).by(&ann).await.expect(204);
        app.delete(paths::user_session(ann.id, id)).by(&ann).await.expect(404);
        sign_in(&app, "Ann", PASSWORD).await.expect(201);
        app.delete(paths::user_sessions(ann.id)).by(&ann).await.expect(204);
        assert_eq!(list().await["totalRecords"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_password_is_changed_with_the_one_until_now() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let elsewhere = sign_in(&app, "Ann", PASSWORD).await.expect(201);
        let change = |current: &str, password: &str| {
            let body = json!({"currentPassword": current, "password": password});
            app.put(paths::user_password(ann.id)).by(&ann).json(&body)
        };
        let wrong = change("not her password", "a fine new password").await.expect(422).json();
        assert_eq!(wrong["detail"][0]["loc"], json!(["body", "currentPassword"]));
        change(PASSWORD, "short").await.expect(422);
        change(PASSWORD, "a fine new password").await.expect(204);
        app.get(paths::PROJECTS).by(&ann).await.expect(200);
        let cookie = elsewhere.header("set-cookie").split_once(';').unwrap().0.to_owned();
        app.get(paths::PROJECTS).header("cookie", &cookie).await.expect(401);
        sign_in(&app, "Ann", PASSWORD).await.expect(401);
        let last = sign_in(&app, "Ann", "a fine new password").await.expect(201);
        let events = app.get(paths::user_audit(ann.id)).by(&ann).await.expect(200).json();
        let events = events["events"].as_array().unwrap();
        let told: Vec<&Value> = events.iter().map(|event| &event["action"]).collect();
        assert_eq!(told, ["SIGNED_IN", "PASSWORD_CHANGED", "SIGNED_IN", "SIGNED_IN"]);
        assert_eq!(events[0]["requestId"], last.header("x-request-id"));
        assert_eq!(
            (&events[0]["credential"], &events[0]["objectName"]),
            (&json!("browser"), &json!("a browser"))
        );
    })
    .await;
}

async fn sign_in(app: &TestApp, name: &str, password: &str) -> crate::support::Answer {
    let body = json!({"username": name, "password": password});
    app.post(paths::SESSION).header("user-agent", "a browser").json(&body).await
}
