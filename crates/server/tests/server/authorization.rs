//! Who may do what, whatever the route.

use crate::support::{Answer, Person, TestApp, on_each_app};
use axum::http::Method;
use models::id::{ProjectId, RunId};
use models::paths;
use models::permission::{Action, Role, Rule};
use serde_json::{Value, json};
use server::store::Sql;
use std::collections::BTreeMap;
use uuid::Uuid;

const METHODS: [Method; 5] = [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH];

#[tokio::test]
async fn each_route_says_what_it_does_and_asks_who_comes() {
    on_each_app(|app| async move {
        let mut open = Vec::new();
        for (path, method, operation) in operations(&app).await {
            let name =
                operation["x-action"].as_str().unwrap_or_else(|| panic!("{method} {path} has no action"));
            let action = Action::ALL.iter().find(|action| action.name() == name).unwrap();
            assert_eq!(operation["security"].is_array(), action.rule() != Rule::Anyone, "{method} {path}");
            let answer = app.call(method.clone(), filled(&path)).body("text/plain", "").await;
            if action.rule() == Rule::Anyone {
                assert_ne!(answer.status, 401, "{method} {path}");
                open.push(format!("{method} {path}"));
            } else {
                assert_eq!(answer.status, 401, "{method} {path}: {}", answer.text());
                assert_eq!(answer.header("www-authenticate"), "Bearer");
            }
        }
        open.sort();
        let expected = [
            "GET /api/downloads/{ticket}/{name}",
            "GET /api/session",
            "GET /api/setup",
            "POST /api/csp-report",
            "POST /api/mantik/tokens/create",
            "POST /api/mantik/tokens/refresh",
            "POST /api/session",
            "POST /api/session/link",
            "POST /api/setup",
            "POST /api/together",
        ];
        assert_eq!(open, expected, "the routes that are open to everybody");
    })
    .await;
}

#[tokio::test]
async fn a_route_in_a_project_needs_a_role_there() {
    on_each_app(|app| async move {
        let (ann, eve) = (app.person("Ann").await, app.person("Eve").await);
        let project = app.project(&ann, "Weather").await;
        for (path, method, operation) in operations(&app).await {
            let action = Action::ALL.iter().find(|action| operation["x-action"] == action.name()).unwrap();
            let named = path.contains("{project}");
            assert_eq!(
                matches!(action.rule(), Rule::Role(_)),
                named,
                "{method} {path} is guarded by {action:?}"
            );
            if named {
                let path = path.replace("{project}", &project.to_string());
                let answer =
                    app.call(method.clone(), filled(&path)).by(&eve).if_match(1).json(&json!({})).await;
                assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_method_that_a_path_does_not_know_is_refused_with_those_it_knows() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let mut known = BTreeMap::<String, Vec<Method>>::new();
        for (path, method, _) in operations(&app).await {
            known.entry(path).or_default().push(method);
        }
        for (path, methods) in known {
            for method in METHODS.into_iter().filter(|method| !methods.contains(method)) {
                let answer = app.call(method.clone(), filled(&path)).by(&ann).await.expect(405);
                assert_eq!(answer.json()["code"], "method_not_allowed");
                let allowed = answer.header("allow");
                assert!(methods.iter().all(|method| allowed.contains(method.as_str())), "{path}: {allowed}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_greatest_role_counts_by_whatever_way_it_comes() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        assert_eq!(role(&app, project, &ann).await, Some(Role::Owner));
        let bob = app.person("Bob").await;
        assert_eq!(role(&app, project, &bob).await, None);
        let store = app.store();
        // A public project is read by everybody.
        run(&app, Sql::new("UPDATE projects SET is_public = TRUE WHERE project_id = $1").with(project)).await;
        assert_eq!(role(&app, project, &bob).await, Some(Role::Guest));
        // A member of a group of an organization.
        let team = serde_json::from_value(json!({"name": "Team", "members": [bob.id]})).unwrap();
        let team = store.create_group(ann.id, team, None).await.unwrap();
        let lab = serde_json::from_value(json!({"name": "Lab", "groups": [team], "members": []})).unwrap();
        let lab = store.create_organization(ann.id, lab, None).await.unwrap();
        store.set_organization_role(project, lab, Role::Reporter).await.unwrap();
        assert_eq!(role(&app, project, &bob).await, Some(Role::Reporter));
        // The group itself, then the person herself.
        store.set_group_role(project, team, Role::Researcher).await.unwrap();
        assert_eq!(role(&app, project, &bob).await, Some(Role::Researcher));
        store.set_member(project, bob.id, Role::Maintainer).await.unwrap();
        assert_eq!(role(&app, project, &bob).await, Some(Role::Maintainer));
        // A lesser role by another way takes nothing away.
        store.set_member(project, bob.id, Role::Guest).await.unwrap();
        assert_eq!(role(&app, project, &bob).await, Some(Role::Researcher));
    })
    .await;
}

#[tokio::test]
async fn who_leads_a_group_or_an_organization_belongs_to_it() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let (one, two) = (app.project(&ann, "One").await, app.project(&ann, "Two").await);
        let store = app.store();
        let team = store
            .create_group(bob.id, serde_json::from_value(json!({"name": "T"})).unwrap(), None)
            .await
            .unwrap();
        let lab = serde_json::from_value(json!({"name": "Lab"})).unwrap();
        let lab = store.create_organization(eve.id, lab, None).await.unwrap();
        run(&app, Sql::new("DELETE FROM user_group_members")).await;
        run(&app, Sql::new("DELETE FROM organization_members")).await;
        store.set_group_role(one, team, Role::Reporter).await.unwrap();
        store.set_organization_role(two, lab, Role::Reporter).await.unwrap();
        assert_eq!(role(&app, one, &bob).await, Some(Role::Reporter));
        assert_eq!(role(&app, two, &bob).await, None);
        assert_eq!(role(&app, two, &eve).await, Some(Role::Reporter));
        assert_eq!(role(&app, one, &eve).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_owns_everything_that_there_is() {
    on_each_app(|app| async move {
        let (ann, root) = (app.person("Ann").await, app.administrator("Root").await);
        let project = app.project(&ann, "Weather").await;
        assert_eq!(role(&app, project, &root).await, Some(Role::Owner));
        assert_eq!(role(&app, ProjectId(Uuid::now_v7()), &root).await, None);
        app.get(paths::project(ProjectId(Uuid::now_v7()))).by(&root).await.expect(404);
        // But not other people's tokens.
        app.get(paths::user_tokens(ann.id)).by(&root).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        for lower in Role::ALL {
            let person = app.member(project, lower.title(), lower).await;
            let expected = |action| if lower.why_not(action).is_none() { 200 } else { 403 };
            app.get(paths::project(project)).by(&person).await.expect(expected(Action::ViewProject));
            let change = |body: Value| {
                let token = person.clone();
                let app = app.clone();
                async move {
                    let version =
                        app.get(paths::project(project)).by(&token).await.json()["version"].as_i64();
                    app.put(paths::project(project)).by(&token).if_match(version.unwrap()).json(&body).await
                }
            };
            let answer = change(json!({"name": lower.title()})).await.expect(expected(Action::EditProject));
            if answer.status == 403 {
                assert_eq!(answer.json()["detail"], lower.why_not(Action::EditProject).unwrap());
            }
            change(json!({"public": false})).await.expect(expected(Action::ManageMembers));
        }
        let guest = app.member(project, "Another", Role::Maintainer).await;
        app.delete(paths::project(project)).by(&guest).if_match(1).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_is_answered_like_what_is_missing() {
    on_each_app(|app| async move {
        let (ann, eve) = (app.person("Ann").await, app.person("Eve").await);
        let hidden = app.project(&ann, "Weather").await;
        let missing = ProjectId(Uuid::now_v7());
        for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE] {
            let ask = |path: String| {
                app.call(method.clone(), path).by(&eve).if_match(1).json(&json!({"name": "x"}))
            };
            let expected = faceless(&ask(paths::project(missing)).await.expect(404));
            assert_eq!(faceless(&ask(paths::project(hidden)).await.expect(404)), expected);
            for odd in [
                "x",
                "0",
                "-1",
                "null",
                "undefined",
                "me",
                "*",
                ":id",
                "%00",
                "..%2f..",
                "%2e%2e",
                "{project}",
            ] {
                let answer =
                    ask(format!("/api/projects/{}", odd.replace('{', "%7B").replace('}', "%7D"))).await;
                assert_eq!(faceless(&answer.expect(404)), expected, "{odd}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_spelling_of_a_path_opens_nothing() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for path in [
            "/api//projects",
            "//api/projects",
            "/api/./projects",
            "/api/x/../projects",
            "/api/projects/",
            "/API/projects",
            "/api/projects;x",
            "/api%2fprojects",
            "/api/nothing",
            "/tracking/nothing",
        ] {
            let answer = app.get(path).await;
            assert!(!answer.text().contains("totalRecords"), "{path}");
            app.post(path).by(&ann).json(&json!({"name": "x"})).await.expect(404);
        }
        app.get("/api/nothing").await.expect(404).json();
        app.get(paths::run(ProjectId(Uuid::nil()), RunId(Uuid::nil()))).by(&ann).await.expect(404);
    })
    .await;
}

async fn role(app: &TestApp, project: ProjectId, person: &Person) -> Option<Role> {
    let role = app.store().role_in(project, person.id).await.unwrap();
    let visible = app.store().visible_projects(person.id).await.unwrap();
    assert_eq!(visible.contains(&project), role.is_some());
    let answer = app.get(paths::project(project)).by(person).await;
    let told = if answer.status == 200 {
        serde_json::from_value(answer.json()["currentUserRole"].clone()).unwrap()
    } else {
        None
    };
    assert_eq!(told, role);
    role
}

/// All operations of the document: path, method and what it says of it.
async fn operations(app: &TestApp) -> Vec<(String, Method, Value)> {
    let document = app.get("/api/openapi.json").await.expect(200).json();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push((path.clone(), method.to_uppercase().parse().unwrap(), operation.clone()));
        }
    }
    assert!(operations.len() > 15);
    operations
}

/// A path whose parameters identify nothing.
fn filled(path: &str) -> String {
    let nothing = Uuid::max().to_string();
    path.split('/')
        .map(|part| if part.starts_with('{') { nothing.as_str() } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// All that a caller can learn from an answer.
fn faceless(answer: &Answer) -> (Value, usize, Vec<String>) {
    let mut body = answer.json();
    body["requestId"] = Value::Null;
    let names = answer.headers.keys().map(ToString::to_string).collect();
    (body, answer.body.len(), names)
}

async fn run(app: &TestApp, sql: Sql) {
    app.store().write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}
