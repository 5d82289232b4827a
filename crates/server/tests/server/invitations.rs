//! Invitations through the API.

use crate::support::{Answer, Person, TestApp, on_each_app};
use models::event::EventTopic;
use models::id::{InvitationId, ProjectId};
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};
use server::store::Sql;

#[tokio::test]
async fn who_accepts_an_invitation_belongs_to_the_group() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let new = serde_json::from_value(json!({"name": "Weather"})).unwrap();
        let group = app.store().create_group(ann.id, new, None).await.unwrap();
        let invite = |by: &Person, body: Value| app.post(paths::group_invitations(group)).by(by).json(&body);
        let told = invite(&ann, json!({"name": "bob"})).await.expect(201).json();
        assert_eq!(told["to"], json!({"kind": "group", "userGroupId": group, "name": "Weather"}));
        assert_eq!(told["user"]["name"], "Bob");
        invite(&ann, json!({"userId": bob.id})).await.expect(409);
        invite(&ann, json!({"name": "nobody"})).await.expect(422);
        invite(&ann, json!({})).await.expect(422);
        invite(&bob, json!({"name": "eve"})).await.expect(404);
        let id = id(&told);
        assert_eq!(waiting(&app, &bob).await, [id]);
        assert_eq!(app.get(paths::group_invitations(group)).by(&ann).await.json()["totalRecords"], 1);
        app.get(paths::user_invitations(bob.id)).by(&eve).await.expect(404);
        app.post(paths::user_invitation_accept(eve.id, id)).by(&eve).await.expect(404);
        app.post(paths::user_invitation_accept(bob.id, id)).by(&bob).await.expect(204);
        app.post(paths::user_invitation_accept(bob.id, id)).by(&bob).await.expect(404);
        assert!(waiting(&app, &bob).await.is_empty());
        app.get(paths::group(group)).by(&bob).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_to_a_project_promises_a_role() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        invite(&app, project, &ann, json!({"name": "Bob"})).await.expect(422);
        let told = invite(&app, project, &ann, json!({"name": "Bob", "role": "RESEARCHER"}))
            .await
            .expect(201)
            .json();
        assert_eq!(told["to"]["role"], "RESEARCHER");
        app.get(paths::project(project)).by(&bob).await.expect(404);
        app.post(paths::user_invitation_accept(bob.id, id(&told))).by(&bob).await.expect(204);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(Role::Researcher));
        // A greater role of one's own stays.
        app.store().set_member(project, bob.id, Role::Maintainer).await.unwrap();
        let told = invite(&app, project, &ann, json!({"name": "Bob", "allowedToEdit": false}))
            .await
            .expect(201)
            .json();
        app.post(paths::user_invitation_accept(bob.id, id(&told))).by(&bob).await.expect(204);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), Some(Role::Maintainer));
        invite(&app, project, &bob, json!({"name": "Ann", "role": "OWNER"})).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn an_organization_invites_too() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let new = serde_json::from_value(json!({"name": "Lab"})).unwrap();
        let lab = app.store().create_organization(ann.id, new, None).await.unwrap();
        let path = paths::organization_invitations(lab);
        let told = app.post(&path).by(&ann).json(&json!({"userId": bob.id})).await.expect(201).json();
        app.post(paths::user_invitation_accept(bob.id, id(&told))).by(&bob).await.expect(204);
        app.get(paths::organization(lab)).by(&bob).await.expect(200);
        app.get(&path).by(&bob).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn an_address_does_not_tell_whose_it_is() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let by_email = |email: &str| json!({"email": email, "role": "REPORTER"});
        let known = invite(&app, project, &ann, by_email("bob@example.org")).await.expect(201).json();
        let unknown = invite(&app, project, &ann, by_email("cat@example.org")).await.expect(201).json();
        for told in [&known, &unknown] {
            assert_eq!(told["user"], Value::Null);
        }
        invite(&app, project, &ann, by_email("BOB@example.org")).await.expect(409);
        invite(&app, project, &ann, by_email("cat@example.org")).await.expect(409);
        assert_eq!(waiting(&app, &bob).await, [id(&known)]);
        // Who is made for the address later finds it; who takes the address herself does not.
        let eve = app.person("Eve").await;
        let change = app.put(paths::user(eve.id)).by(&eve).json(&json!({"email": "cat@example.org"}));
        change.await.expect(200);
        assert!(waiting(&app, &eve).await.is_empty());
        app.put(paths::user(eve.id)).by(&eve).json(&json!({"email": "eve@example.org"})).await.expect(200);
        let cat = app.person("Cat").await;
        assert_eq!(waiting(&app, &cat).await, [id(&unknown)]);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_rejected_withdrawn_or_runs_out() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let other = app.project(&ann, "Climate").await;
        let body = json!({"name": "Bob", "role": "REPORTER"});
        let told = invite(&app, project, &ann, body.clone()).await.expect(201).json();
        app.post(paths::user_invitation_reject(bob.id, id(&told))).by(&bob).await.expect(204);
        assert!(waiting(&app, &bob).await.is_empty());
        let told = invite(&app, project, &ann, body.clone()).await.expect(201).json();
        app.delete(paths::project_invitation(other, id(&told))).by(&ann).await.expect(404);
        app.delete(paths::project_invitation(project, id(&told))).by(&bob).await.expect(404);
        app.delete(paths::project_invitation(project, id(&told))).by(&ann).await.expect(204);
        app.post(paths::user_invitation_accept(bob.id, id(&told))).by(&bob).await.expect(404);
        let told = invite(&app, project, &ann, body).await.expect(201).json();
        let days = told["expiresAt"].as_i64().unwrap() - told["createdAt"].as_i64().unwrap();
        assert_eq!(days, 14 * 86_400_000);
        let late = Sql::new("UPDATE invitations SET expires_at = 1");
        app.store()
            .write(|connection| Box::pin(async move { connection.execute(late).await }))
            .await
            .unwrap();
        assert!(waiting(&app, &bob).await.is_empty());
        app.post(paths::user_invitation_accept(bob.id, id(&told))).by(&bob).await.expect(404);
        assert_eq!(app.store().role_in(project, bob.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn who_is_invited_hears_of_it() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let (_, mut told) = app.store().events().subscribe(None);
        invite(&app, project, &ann, json!({"name": "Bob", "role": "REPORTER"})).await.expect(201);
        let event = loop {
            let event = told.recv().await.unwrap().event;
            if event.topic == EventTopic::Invitations {
                break event;
            }
        };
        assert_eq!(event.project_id, bob.personal_project);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_invitation_is_made_once() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let project = app.project(&ann, "Weather").await;
        let body = json!({"name": "Bob", "role": "REPORTER"});
        let send = || {
            app.post(paths::project_invitations(project)).by(&ann).header("idempotency-key", "k").json(&body)
        };
        let first = send().await.expect(201).body;
        assert_eq!(send().await.expect(201).body, first);
        assert_eq!(waiting(&app, &bob).await.len(), 1);
    })
    .await;
}

async fn invite(app: &TestApp, project: ProjectId, by: &Person, body: Value) -> Answer {
    app.post(paths::project_invitations(project)).by(by).json(&body).await
}

async fn waiting(app: &TestApp, person: &Person) -> Vec<InvitationId> {
    let listed = app.get(paths::user_invitations(person.id)).by(person).await.expect(200).json();
    listed["invitations"].as_array().unwrap().iter().map(id).collect()
}

fn id(invitation: &Value) -> InvitationId {
    invitation["invitationId"].as_str().unwrap().parse().unwrap()
}
