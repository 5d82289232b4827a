//! A person's settings through the API.

use crate::support::{PASSWORD, on_each_app};
use axum::http::Method;
use models::paths;
use serde_json::{Value, json};
use server::store::Sql;

const NEW: &str = "another battery staple";

#[tokio::test]
async fn settings_are_told_wrapped_and_without_secrets() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let path = paths::user_settings(ann.id);
        let answer = app.get(&path).by(&ann).await.expect(200);
        assert_eq!(answer.header("etag"), "\"v1\"");
        let user = json!({"userId": ann.id, "name": "Ann", "email": "ann@example.org", "isAdmin": false});
        let expected =
            json!({"settings": {"user": user, "paymentInfo": null, "connections": [], "version": 1}});
        assert_eq!(answer.json(), expected);
        for (n, (method, wrapped)) in [(Method::PUT, false), (Method::POST, true)].into_iter().enumerate() {
            let change = json!({"user": {"email": format!("ann{n}@example.org")}});
            let change = if wrapped { json!({"settings": change}) } else { change };
            let call = app.call(method, &path).by(&ann).if_match(n as i64 + 1).json(&change);
            let email = call.await.expect(200).json()["settings"]["user"]["email"].clone();
            assert_eq!(email, format!("ann{n}@example.org"));
        }
        app.put(&path).by(&ann).json(&json!({})).await.expect(428);
        let stale = app.put(&path).by(&ann).if_match(1).json(&json!({})).await.expect(412).json();
        assert_eq!(stale["user"]["email"], "ann1@example.org");
    })
    .await;
}

#[tokio::test]
async fn the_whole_object_of_2022_may_be_sent_back() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let client = ann.client(&app).await;
        let path = paths::user_settings(ann.id);
        let settings = app.get(&path).bearer(&client).await.expect(200).json();
        app.post(&path).bearer(&client).json(&settings).await.expect(200);
        assert_eq!(
            app.get(paths::user_audit(ann.id)).by(&ann).await.json()["totalRecords"],
            2,
            "she signed in twice and changed nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let (path, client) = (paths::user_settings(ann.id), ann.client(&app).await);
        let change = |body: Value| app.put(&path).by(&ann).if_match(1).json(&body);
        let field = async |body| change(body).await.expect(422).json()["detail"][0]["loc"][1].clone();
        assert_eq!(field(json!({"password": NEW})).await, "currentPassword");
        assert_eq!(field(json!({"password": NEW, "currentPassword": "wrong"})).await, "currentPassword");
        assert_eq!(field(json!({"password": "short", "currentPassword": PASSWORD})).await, "password");
        assert_eq!(field(json!({"user": {"password": NEW}})).await, "user");
        let answer = change(json!({"password": NEW, "currentPassword": PASSWORD})).await.expect(200);
        assert!(!answer.text().contains(NEW));
        app.get(paths::SESSION).by(&ann).await.expect(200);
        app.get(&path).bearer(&client).await.expect(401);
        let sign_in =
            |password| app.post(paths::TOKENS_CREATE).json(&json!({"username": "Ann", "password": password}));
        sign_in(PASSWORD).await.expect(401);
        sign_in(NEW).await.expect(201);
        let events = app.get(paths::user_audit(ann.id)).by(&ann).await.json();
        assert_eq!(
            (&events["totalRecords"], &events["events"][1]["action"]),
            (&json!(4), &json!("PASSWORD_CHANGED"))
        );
    })
    .await;
}

#[tokio::test]
async fn guessing_the_old_password_becomes_slow() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let change = json!({"password": NEW, "currentPassword": "wrong"});
        let mut statuses = Vec::new();
        for _ in 0..12 {
            let call = app.put(paths::user_settings(ann.id)).by(&ann).if_match(1).json(&change);
            statuses.push(call.await.status.as_u16());
        }
        assert_eq!((statuses.first(), statuses.last()), (Some(&422), Some(&429)), "{statuses:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_a_name_or_the_administration() {
    on_each_app(|app| async move {
        let (ann, _bob) = (app.person("Ann").await, app.person("Bob").await);
        let change = |user: Value| {
            app.put(paths::user_settings(ann.id)).by(&ann).if_match(1).json(&json!({"user": user}))
        };
        change(json!({"name": "bob"})).await.expect(409);
        change(json!({"email": "BOB@example.org"})).await.expect(409);
        change(json!({"isAdmin": true})).await.expect(403);
        change(json!({"isAdmin": false, "name": "Anna"})).await.expect(200);
        assert_eq!(app.get(paths::SESSION).by(&ann).await.json()["user"]["name"], "Anna");
    })
    .await;
}

#[tokio::test]
async fn a_payment_reference_is_kept_and_only_its_end_is_told() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let path = paths::user_settings(ann.id);
        let pay = |version, info: Value| {
            app.put(&path).by(&ann).if_match(version).json(&json!({"paymentInfo": info}))
        };
        let new = json!({"address": "Street 1", "paymentMethod": "INVOICE", "paymentDetails": "ORDER-2026-000042-A0042"});
        let first = pay(1, new).await.expect(200);
        assert!(!first.text().contains("ORDER"));
        let first = first.json()["settings"]["paymentInfo"].clone();
        assert_eq!((&first["address"], &first["paymentDetails"]), (&json!("Street 1"), &json!("…0042")));
        let second = pay(2, json!({"address": "Street 2", "paymentMethod": "BARTER"})).await.expect(200).json();
        let second = &second["settings"]["paymentInfo"];
        assert_eq!(second["paymentInfoId"], first["paymentInfoId"]);
        assert_eq!((&second["paymentMethod"], &second["paymentDetails"]), (&json!("BARTER"), &json!("…0042")));
        let card = json!({"address": "", "paymentMethod": "CARD", "paymentDetails": "4111 1111 1111 1111"});
        let refused = pay(3, card).await.expect(422);
        assert!(!refused.text().contains("4111"));
        pay(3, json!({"address": "", "paymentMethod": ""})).await.expect(422);
        // The whole answer is sent back; its hint is no new reference.
        let settings = app.get(&path).by(&ann).await.json();
        let settings = app.post(&path).by(&ann).if_match(3).json(&settings).await.expect(200).json();
        assert_eq!(settings["settings"]["paymentInfo"]["paymentDetails"], "…0042");
        assert_eq!(pay(4, Value::Null).await.expect(200).json()["settings"]["paymentInfo"], Value::Null);
        let mut connection = app.store().read().await.unwrap();
        assert!(connection.fetch_all(Sql::new("SELECT row_id FROM secrets")).await.unwrap().is_empty());
        let events = app.get(paths::user_audit(ann.id)).by(&ann).await.json();
        assert_eq!((&events["totalRecords"], &events["events"][0]["action"]), (&json!(5), &json!("PAYMENT_CHANGED")));
    })
    .await;
}
