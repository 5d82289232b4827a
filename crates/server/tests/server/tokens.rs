//! Tokens for programs.

use crate::support::{PASSWORD, TestApp, on_each_app};
use models::paths;
use models::permission::Role;
use models::token::{ApiToken, CreatedApiToken, TokenPair, TokenScope};
use serde_json::json;
use server::auth::read_access_token;
use server::clock;
use server::store::Sql;

#[tokio::test]
async fn the_client_gets_a_pair_that_it_can_read_and_renew() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let body = json!({"username": "Ann", "password": PASSWORD});
        let answer = app.post(paths::TOKENS_CREATE).json(&body).await.expect(201);
        let pair: TokenPair = answer.read_as();
        assert!(pair.expires_at.ends_with("+00:00") && pair.expires_at.len() == 25, "{}", pair.expires_at);
        let claims = read_access_token(app.state.keys(), &pair.access_token, clock::now()).unwrap();
        assert_eq!(
            (claims.sub, claims.username.as_str(), claims.token_use.as_str()),
            (ann.id, "Ann", "access")
        );
        app.get(paths::SESSION).bearer(&pair.access_token).await.expect(200);
        let refresh = json!({"username": "Ann", "refresh_token": pair.refresh_token});
        let answer = app.post(paths::TOKENS_REFRESH).json(&refresh).await.expect(201);
        assert!(answer.json().get("RefreshToken").is_none());
        let renewed: TokenPair = answer.read_as();
        app.get(paths::SESSION).bearer(&renewed.access_token).await.expect(200);
        // Signing out ends both tokens of the pair.
        app.delete(paths::SESSION).bearer(&renewed.access_token).await.expect(204);
        app.get(paths::SESSION).bearer(&pair.access_token).await.expect(401);
        let answer = app.post(paths::TOKENS_REFRESH).json(&refresh).await.expect(401);
        assert_eq!(answer.json()["detail"], "Refresh token is invalid");
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_ended_says_so_in_the_words_that_the_client_looks_for() {
    on_each_app(|app| async move {
        app.person("Ann").await;
        app.person("Bob").await;
        let body = json!({"username": "Ann", "password": PASSWORD});
        let pair: TokenPair = app.post(paths::TOKENS_CREATE).json(&body).await.expect(201).read_as();
        let refresh = |name: &str| {
            let body = json!({"username": name, "refresh_token": pair.refresh_token});
            app.post(paths::TOKENS_REFRESH).json(&body)
        };
        assert_eq!(refresh("Bob").await.expect(401).json()["detail"], "Refresh token is invalid");
        run(&app, Sql::new("UPDATE sessions SET expires_at = 1 WHERE kind = 'client'")).await;
        assert_eq!(refresh("Ann").await.expect(401).json()["detail"], "Refresh token has expired");
        let made_up = json!({"username": "Ann", "refresh_token": "made up"});
        let answer = app.post(paths::TOKENS_REFRESH).json(&made_up).await.expect(401);
        assert_eq!(answer.json()["detail"], "Refresh token is invalid");
    })
    .await;
}

#[tokio::test]
async fn the_secret_of_an_api_token_is_told_once() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let path = paths::user_tokens(ann.id);
        let new = json!({"name": "CI", "scopes": ["write", "read", "write"], "days": 30});
        let created: CreatedApiToken = app.post(&path).by(&ann).json(&new).await.expect(201).read_as();
        assert_eq!(created.token.scopes, [TokenScope::Read, TokenScope::Write]);
        let listed = app.get(&path).by(&ann).await.expect(200);
        assert!(!listed.text().contains(&created.secret));
        let listed: Vec<ApiToken> = serde_json::from_value(listed.json()["tokens"].clone()).unwrap();
        assert_eq!(listed, std::slice::from_ref(&created.token));
        app.get(paths::PROJECTS).bearer(&created.secret).await.expect(200);
        let bob = app.person("Bob").await;
        app.delete(paths::user_token(bob.id, created.token.token_id)).by(&bob).await.expect(404);
        app.delete(paths::user_token(ann.id, created.token.token_id)).by(&bob).await.expect(404);
        app.delete(paths::user_token(ann.id, created.token.token_id)).by(&ann).await.expect(204);
        app.get(paths::PROJECTS).bearer(&created.secret).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_token_needs_a_name_a_scope_and_an_end() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let hidden = app.project(&app.person("Bob").await, "Hidden").await;
        for (new, field) in [
            (json!({"name": "a", "scopes": [], "days": 1}), "scopes"),
            (json!({"name": "a", "scopes": ["read"], "days": 0}), "days"),
            (json!({"name": "a", "scopes": ["read"], "days": 367}), "days"),
            (json!({"name": " ", "scopes": ["read"], "days": 1}), "name"),
            (json!({"name": "a", "scopes": ["read"]}), "days"),
            (json!({"name": "a", "scopes": ["read"], "days": 1, "userId": ann.id}), "userId"),
            (json!({"name": "a", "scopes": ["read"], "days": 1, "projectId": hidden}), "projectId"),
        ] {
            let refused = app.post(paths::user_tokens(ann.id)).by(&ann).json(&new).await.expect(422);
            assert_eq!(refused.json()["detail"][0]["loc"][1], field, "{new}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_comes_as_bearer_alone_or_as_a_password() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let token = ann.token(&app, &[TokenScope::Read], None).await;
        let basic = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("x:{token}"));
        for header in [format!("Bearer {token}"), token.clone(), format!("Basic {basic}")] {
            app.get(paths::PROJECTS).header("authorization", &header).await.expect(200);
        }
        let mut wrong = token.clone();
        wrong.pop();
        for header in [
            format!("Bearer {wrong}"),
            format!("Bearer {token}0"),
            "Bearer".to_owned(),
            "Bearer x.y.z".to_owned(),
        ] {
            app.get(paths::PROJECTS).header("authorization", &header).await.expect(401);
        }
        // A bad token is not made good by a cookie beside it.
        app.get(paths::PROJECTS).by(&ann).bearer(&wrong).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_good_for_what_it_was_made_for() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let new = json!({"name": "Another"});
        let read = ann.token(&app, &[TokenScope::Read], None).await;
        app.get(paths::project(project)).bearer(&read).await.expect(200);
        app.post(paths::PROJECTS).bearer(&read).json(&new).await.expect(403);
        app.put(paths::project(project)).bearer(&read).json(&new).await.expect(403);
        let write = ann.token(&app, &[TokenScope::Write], None).await;
        app.get(paths::project(project)).bearer(&write).await.expect(200);
        app.post(paths::PROJECTS).bearer(&write).json(&new).await.expect(201);
        let mlflow = ann.token(&app, &[TokenScope::Mlflow], None).await;
        app.get(paths::SESSION).bearer(&mlflow).await.expect(200);
        app.get(paths::project(project)).bearer(&mlflow).await.expect(403);
        // No token can make a stronger one, whatever its scopes.
        app.get(paths::user_tokens(ann.id)).bearer(&write).await.expect(403);
        app.delete(paths::SESSION).bearer(&write).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_token_of_one_project_knows_no_other() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let (one, other) = (app.project(&ann, "One").await, app.project(&ann, "Other").await);
        let token = ann.token(&app, &[TokenScope::Write], Some(one)).await;
        app.get(paths::project(one)).bearer(&token).await.expect(200);
        app.get(paths::project(other)).bearer(&token).await.expect(404);
        let listed = app.get(paths::PROJECTS).bearer(&token).await.expect(200).json();
        assert_eq!(listed["totalRecords"], 1);
        assert_eq!(listed["projects"][0]["name"], "One");
        app.post(paths::PROJECTS).bearer(&token).json(&json!({"name": "New"})).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_loses_what_its_owner_loses() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let bob = app.member(project, "Bob", Role::Researcher).await;
        let token = bob.token(&app, &[TokenScope::Write], None).await;
        app.get(paths::project(project)).bearer(&token).await.expect(200);
        run(&app, Sql::new("DELETE FROM project_members WHERE user_id = $1").with(bob.id)).await;
        app.get(paths::project(project)).bearer(&token).await.expect(404);
        run(&app, Sql::new("UPDATE api_tokens SET expires_at = 1")).await;
        app.get(paths::PROJECTS).bearer(&token).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn the_use_of_a_token_is_noted() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let token = ann.token(&app, &[TokenScope::Read], None).await;
        app.get(paths::PROJECTS).bearer(&token).await.expect(200);
        for _ in 0..100 {
            let tokens = app.store().api_tokens(ann.id).await.unwrap();
            if tokens.items[0].last_used_at.is_some() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the use was not noted");
    })
    .await;
}

async fn run(app: &TestApp, sql: Sql) {
    app.store().write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}
