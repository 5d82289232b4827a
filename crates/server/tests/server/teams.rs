//! Groups and organizations through the API.

use crate::support::{Person, TestApp, on_each_app};
use models::id::{OrganizationId, ProjectId, UserGroupId};
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_group_is_made_in_both_ways_and_seen_by_its_members() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let root = app.administrator("Root").await;
        for (method, name) in [("POST", "Weather"), ("PUT", "Climate")] {
            let create = app.call(method.parse().unwrap(), paths::GROUPS).by(&ann);
            let answer = create.json(&json!({"name": name, "members": [bob.id]})).await.expect(201).json();
            assert_eq!(answer["userGroupId"], answer["groupId"]);
            let id: UserGroupId = answer["groupId"].as_str().unwrap().parse().unwrap();
            for person in [&ann, &bob, &root] {
                let group = app.get(paths::group(id)).by(person).await.expect(200);
                assert_eq!(group.header("etag"), "\"v1\"");
                assert_eq!(group.json()["members"][0]["name"], "Bob");
                assert_eq!(group.json()["admin"], json!({"userId": ann.id, "name": "Ann"}));
            }
            let hidden = app.get(paths::group(id)).by(&eve).await.expect(404);
            let missing = app.get(paths::group(UserGroupId(uuid::Uuid::now_v7()))).by(&eve).await.expect(404);
            assert_eq!(
                (hidden.json()["detail"].clone(), hidden.body.len()),
                (missing.json()["detail"].clone(), missing.body.len())
            );
        }
        let listed = |person: &Person, path: &str| {
            let call = app.get(path).by(person);
            async move { call.await.expect(200).json() }
        };
        assert_eq!(listed(&bob, paths::GROUPS).await["totalRecords"], 2);
        assert_eq!(listed(&eve, paths::GROUPS).await["totalRecords"], 0);
        assert_eq!(listed(&root, paths::GROUPS).await["totalRecords"], 2);
        let found = listed(&eve, "/api/groups/search?searchString=WEATH").await;
        assert_eq!(found["userGroups"][0]["name"], "Weather");
        assert_eq!(found["userGroups"][0]["members"], json!([]));
        app.post(paths::GROUPS).by(&bob).json(&json!({"name": "weather"})).await.expect(409);
        let ghost = json!({"name": "Ghosts", "members": [uuid::Uuid::now_v7()]});
        app.post(paths::GROUPS).by(&bob).json(&ghost).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn the_same_group_is_made_once() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for (path, body) in
            [(paths::GROUPS, json!({"name": "G"})), (paths::ORGANIZATIONS, json!({"name": "O"}))]
        {
            let create = || app.post(path).by(&ann).header("idempotency-key", "k").json(&body);
            let first = create().await.expect(201).body;
            assert_eq!(create().await.expect(201).body, first);
        }
    })
    .await;
}

#[tokio::test]
async fn only_who_leads_a_group_changes_it() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let id = group(&app, &ann, "Weather", &[&bob]).await;
        let change = |person: &Person, version: i64, body: Value| {
            app.put(paths::group(id)).by(person).if_match(version).json(&body)
        };
        let refused = change(&bob, 1, json!({"name": "Bobs"})).await.expect(403);
        assert_eq!(refused.json()["detail"], "Only the admin of this group may do this.");
        change(&eve, 1, json!({"name": "Eves"})).await.expect(404);
        app.put(paths::group(id)).by(&ann).json(&json!({"name": "x"})).await.expect(428);
        let changed = change(&ann, 1, json!({"name": "Climate", "members": [eve.id]})).await.expect(200);
        assert_eq!(
            (changed.header("etag"), &changed.json()["members"][0]["name"]),
            ("\"v2\"", &json!("Eve"))
        );
        assert_eq!(change(&ann, 1, json!({"name": "x"})).await.expect(412).json()["name"], "Climate");
        // Handing it over: who led it stays a member.
        change(&ann, 2, json!({"admin": {"userId": eve.id}})).await.expect(200);
        change(&ann, 3, json!({"name": "x"})).await.expect(403);
        let now = app.get(paths::group(id)).by(&ann).await.expect(200).json();
        assert_eq!((&now["admin"]["name"], &now["members"][0]["name"]), (&json!("Eve"), &json!("Ann")));
        app.delete(paths::group(id)).by(&ann).if_match(3).await.expect(403);
        app.delete(paths::group(id)).by(&eve).if_match(2).await.expect(412);
        app.delete(paths::group(id)).by(&eve).if_match(3).await.expect(204);
        app.get(paths::group(id)).by(&eve).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_a_group_loses_what_came_through_it() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let id = group(&app, &ann, "Weather", &[&bob]).await;
        let project = app.project(&ann, "Rain").await;
        app.store().set_group_role(project, id, Role::Researcher).await.unwrap();
        app.get(paths::project(project)).by(&bob).await.expect(200);
        app.post(paths::group_leave(id)).by(&ann).await.expect(409);
        app.post(paths::group_leave(id)).by(&bob).await.expect(204);
        app.get(paths::project(project)).by(&bob).await.expect(404);
        app.get(paths::group(id)).by(&bob).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn an_organization_holds_groups_of_its_contact_and_people() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let own = group(&app, &ann, "Own", &[&bob]).await;
        let foreign = group(&app, &eve, "Foreign", &[]).await;
        // Who is in a group is none of a stranger's business.
        let spy = json!({"name": "Spies", "groups": [foreign]});
        let refused = app.post(paths::ORGANIZATIONS).by(&ann).json(&spy).await.expect(422).json();
        assert_eq!(refused["detail"][0]["loc"], json!(["body", "groups"]));
        let new = json!({"name": "Institute", "groups": [own], "members": [eve.id]});
        let answer = app.post(paths::ORGANIZATIONS).by(&ann).json(&new).await.expect(201).json();
        let id: OrganizationId = answer["organizationId"].as_str().unwrap().parse().unwrap();
        for person in [&ann, &bob, &eve] {
            let shown = app.get(paths::organization(id)).by(person).await.expect(200).json();
            assert_eq!(shown["groups"][0]["name"], "Own");
            assert_eq!(app.get(paths::ORGANIZATIONS).by(person).await.json()["totalRecords"], 1);
        }
        let found = app.get(paths::ORGANIZATIONS_SEARCH).by(&eve).await.expect(200).json();
        assert_eq!(
            (&found["organizations"][0]["groups"], &found["organizations"][0]["members"]),
            (&json!([]), &json!([]))
        );
        app.put(paths::organization(id)).by(&eve).if_match(1).json(&json!({"name": "x"})).await.expect(403);
        // Through a group one belongs to it until one leaves the group.
        app.post(paths::organization_leave(id)).by(&bob).await.expect(409);
        app.post(paths::organization_leave(id)).by(&eve).await.expect(204);
        app.get(paths::organization(id)).by(&eve).await.expect(404);
        let change = json!({"groups": [], "name": "Academy"});
        app.post(paths::organization(id)).by(&ann).if_match(1).json(&change).await.expect(200);
        app.get(paths::organization(id)).by(&bob).await.expect(404);
        app.delete(paths::organization(id)).by(&ann).if_match(2).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn members_are_read_in_the_words_of_2022() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let new = json!({"userGroupId": uuid::Uuid::nil(), "name": "W", "admin": {"userId": bob.id}, "members": [{"userId": bob.id}]});
        let made = app.put(paths::GROUPS).by(&ann).json(&new).await.expect(201).json();
        let lab = json!({"name": "L", "groups": [{"groupId": made["groupId"]}]});
        let lab = app.put(paths::ORGANIZATIONS).by(&ann).json(&lab).await.expect(201).json();
        let shown = app.get(format!("/api/organizations/{}", lab["organizationId"].as_str().unwrap())).by(&bob).await;
        assert_eq!(shown.expect(200).json()["groups"][0]["members"][0]["name"], "Bob");
    })
    .await;
}

#[tokio::test]
async fn a_token_for_one_project_is_no_good_for_groups() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project: ProjectId = app.project(&ann, "Rain").await;
        let id = group(&app, &ann, "Weather", &[]).await;
        let scopes = [models::token::TokenScope::Read, models::token::TokenScope::Write];
        let narrow = ann.token(&app, &scopes, Some(project)).await;
        app.get(paths::group(id)).bearer(&narrow).await.expect(403);
        app.post(paths::GROUPS).bearer(&narrow).json(&json!({"name": "x"})).await.expect(403);
        let broad = ann.token(&app, &scopes, None).await;
        app.get(paths::group(id)).bearer(&broad).await.expect(200);
    })
    .await;
}

async fn group(app: &TestApp, admin: &Person, name: &str, members: &[&Person]) -> UserGroupId {
    let members: Vec<_> = members.iter().map(|person| person.id).collect();
    let new = serde_json::from_value(json!({"name": name, "members": members})).unwrap();
    app.store().create_group(admin.id, new, None).await.unwrap()
}
