//! Roles in projects through the API.

use crate::support::{Person, TestApp, on_each_app};
use models::id::{OrganizationId, ProjectId, UserGroupId};
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn an_owner_gives_roles_and_takes_them_away() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let set = |body: Value| app.put(paths::project_member(project, bob.id)).by(&ann).json(&body);
        for (body, role) in [
            (json!({"role": "MAINTAINER"}), Role::Maintainer),
            (json!({"allowedToEdit": true}), Role::Researcher),
            (json!({"allowedToEdit": false}), Role::Reporter),
            (json!({"role": "OWNER", "allowedToEdit": false}), Role::Owner),
        ] {
            set(body).await.expect(204);
            assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(role));
        }
        set(json!({})).await.expect(422);
        set(json!({"role": "KING"})).await.expect(422);
        let members = app.get(paths::project_members(project)).by(&bob).await.expect(200).json();
        assert_eq!(members["owner"]["name"], "Ann");
        assert_eq!(members["members"][0]["role"], "OWNER");
        assert_eq!(members["members"][0]["allowedToEdit"], true);
        app.delete(paths::project_member(project, bob.id)).by(&ann).await.expect(204);
        app.delete(paths::project_member(project, bob.id)).by(&ann).await.expect(404);
        app.get(paths::project(project)).by(&bob).await.expect(404);
        let ghost = models::id::UserId(uuid::Uuid::now_v7());
        app.put(paths::project_member(project, ghost))
            .by(&ann)
            .json(&json!({"role": "GUEST"}))
            .await
            .expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_role_changes_only_as_it_was_seen() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let set = |role: Role| {
            app.put(paths::project_member(project, bob.id)).by(&ann).json(&json!({"role": role}))
        };
        let new = |role: Role| set(role).header("if-none-match", "*");
        let known = |before: Role, role: Role| set(role).if_match(before.version());
        let given = async || app.store().role_in(project, bob.id).await.unwrap();
        let gone = known(Role::Guest, Role::Owner).await.expect(412).json();
        assert_eq!((&gone["role"], given().await), (&Value::Null, None));
        new(Role::Reporter).await.expect(204);
        assert_eq!(new(Role::Owner).await.expect(412).json()["role"], "REPORTER");
        known(Role::Reporter, Role::Researcher).await.expect(204);
        known(Role::Reporter, Role::Owner).await.expect(412);
        set(Role::Owner).if_match(9).await.expect(412);
        set(Role::Owner).header("if-none-match", "\"v1\"").await.expect(400);
        assert_eq!(given().await, Some(Role::Researcher));
        set(Role::Maintainer).await.expect(204);
        assert_eq!(given().await, Some(Role::Maintainer));
    })
    .await;
}

#[tokio::test]
async fn nobody_but_owners_changes_roles() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let bob = app.member(project, "Bob", Role::Maintainer).await;
        let eve = app.person("Eve").await;
        let set = |by: &Person| {
            app.put(paths::project_member(project, by.id)).by(by).json(&json!({"role": "OWNER"}))
        };
        set(&bob).await.expect(403);
        set(&eve).await.expect(404);
        app.put(paths::project_owner(project)).by(&bob).json(&json!({"userId": bob.id})).await.expect(403);
        app.delete(paths::project_member(project, bob.id)).by(&bob).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn an_owner_cannot_shut_herself_out() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let bob = app.member(project, "Bob", Role::Owner).await;
        let demote = json!({"role": "REPORTER"});
        // The project's owner cannot be demoted by anybody.
        app.put(paths::project_member(project, ann.id)).by(&bob).json(&demote).await.expect(409);
        app.delete(paths::project_member(project, ann.id)).by(&ann).await.expect(409);
        // Another owner cannot demote herself, also not by way of a group.
        app.put(paths::project_member(project, bob.id)).by(&bob).json(&demote).await.expect(409);
        app.delete(paths::project_member(project, bob.id)).by(&bob).await.expect(409);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(Role::Owner));
        let team = group(&app, &bob, "Team", &[]).await;
        app.put(paths::project_group(project, team))
            .by(&bob)
            .json(&json!({"role": "OWNER"}))
            .await
            .expect(204);
        app.put(paths::project_member(project, bob.id)).by(&bob).json(&demote).await.expect(204);
        app.delete(paths::project_group(project, team)).by(&bob).await.expect(409);
        app.put(paths::project_member(project, bob.id)).by(&ann).json(&demote).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn a_project_is_handed_over() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let hand = |by: &Person, to: &Person| {
            app.put(paths::project_owner(project)).by(by).json(&json!({"userId": to.id}))
        };
        hand(&ann, &bob).await.expect(204);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(Role::Owner));
        assert_eq!(app.store().role_in(project, ann.id).await.unwrap(), Some(Role::Maintainer));
        hand(&ann, &ann).await.expect(403);
        let personal = app.put(paths::project_owner(ann.personal_project)).by(&ann);
        personal.json(&json!({"userId": bob.id})).await.expect(409);
    })
    .await;
}

#[tokio::test]
async fn a_group_is_given_a_role_by_who_belongs_to_it() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let project = app.project(&ann, "Weather").await;
        let own = group(&app, &ann, "Own", &[&bob]).await;
        let foreign = group(&app, &eve, "Foreign", &[]).await;
        let role = json!({"role": "RESEARCHER"});
        app.put(paths::project_group(project, own)).by(&ann).json(&role).await.expect(204);
        app.put(paths::project_group(project, foreign)).by(&ann).json(&role).await.expect(422);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(Role::Researcher));
        let lab = organization(&app, &ann, "Lab", &[own]).await;
        let path = paths::project_organization(project, lab);
        app.put(&path).by(&ann).json(&json!({"allowedToEdit": false})).await.expect(204);
        let members = app.get(paths::project_members(project)).by(&ann).await.json();
        assert_eq!(members["organizations"][0]["role"], "REPORTER");
        assert_eq!(members["userGroups"][0]["userGroup"]["name"], "Own");
        app.delete(paths::project_group(project, own)).by(&ann).await.expect(204);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(Role::Reporter));
        app.delete(&path).by(&ann).await.expect(204);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn access_is_explained_by_every_way() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let (root, gone) = (app.administrator("Root").await, app.administrator("Gone").await);
        let project = app.project(&ann, "Weather").await;
        let team = group(&app, &ann, "Team", &[&bob]).await;
        let lab = organization(&app, &ann, "Lab", &[team]).await;
        let store = app.store();
        store.set_member(project, bob.id, Role::Reporter).await.unwrap();
        store.set_group_role(project, team, Role::Researcher).await.unwrap();
        store.set_organization_role(project, lab, Role::Maintainer).await.unwrap();
        store.disable_user(gone.id, root.id).await.unwrap();
        let shown = app.get(paths::project_access(project)).by(&ann).await.expect(200).json();
        assert_eq!(shown["totalRecords"], 3);
        let ways = |name: &str| {
            let found =
                shown["access"].as_array().unwrap().iter().find(|access| access["user"]["name"] == name);
            let ways = found.unwrap()["ways"].as_array().unwrap();
            ways.iter().map(|way| way["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(ways("Ann"), ["owner", "organization", "groupOfOrganization", "group"]);
        assert_eq!(ways("Bob"), ["groupOfOrganization", "group", "direct"]);
        assert_eq!(ways("Root"), ["administrator"]);
        let bobs = &shown["access"][1];
        assert_eq!(bobs["role"], "MAINTAINER");
        assert_eq!(bobs["user"]["email"], "bob@example.org");
        assert_eq!(bobs["ways"][0]["organization"]["name"], "Lab");
        let last =
            app.get(paths::project_access(project) + "?startindex=2&pagelength=5").by(&ann).await.json();
        assert_eq!((&last["totalRecords"], &last["access"][0]["user"]["name"]), (&json!(3), &json!("Root")));
        let reporter = app.member(project, "Ron", Role::Reporter).await;
        let shown = app.get(paths::project_access(project)).by(&reporter).await.expect(200).json();
        assert!(shown["access"][0]["user"].get("email").is_none());
        let guest = app.member(project, "Gus", Role::Guest).await;
        app.get(paths::project_access(project)).by(&guest).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_public_project_says_so_of_each_and_hides_who_is_in_groups() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let project: ProjectId = app.project(&ann, "Weather").await;
        app.put(paths::project(project))
            .by(&ann)
            .if_match(1)
            .json(&json!({"public": true}))
            .await
            .expect(200);
        let shown = app.get(paths::project_access(project)).by(&ann).await.expect(200).json();
        assert_eq!(shown["access"][0]["ways"][1], json!({"kind": "public", "role": "GUEST"}));
        let (bob, eve) = (app.person("Bob").await, app.person("Eve").await);
        let team = group(&app, &ann, "Team", &[&bob]).await;
        app.store().set_group_role(project, team, Role::Reporter).await.unwrap();
        for (person, members) in [(&bob, 1), (&eve, 0)] {
            let shown = app.get(paths::project_members(project)).by(person).await.expect(200).json();
            assert_eq!(shown["userGroups"][0]["userGroup"]["members"].as_array().unwrap().len(), members);
        }
    })
    .await;
}

async fn group(app: &TestApp, admin: &Person, name: &str, members: &[&Person]) -> UserGroupId {
    let members: Vec<_> = members.iter().map(|person| person.id).collect();
    let new = serde_json::from_value(json!({"name": name, "members": members})).unwrap();
    app.store().create_group(admin.id, new, None).await.unwrap()
}

async fn organization(app: &TestApp, contact: &Person, name: &str, groups: &[UserGroupId]) -> OrganizationId {
    let new = serde_json::from_value(json!({"name": name, "groups": groups})).unwrap();
    app.store().create_organization(contact.id, new, None).await.unwrap()
}
