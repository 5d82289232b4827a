//! Projects through the API.

use crate::support::{Answer, on_each_app};
use models::id::{ProjectId, RunId};
use models::label::LabelReference;
use models::paths;
use models::permission::Role;
use models::project::Project;
use models::run::RunStatus;
use models::time::UnixMillis;
use serde_json::{Value, json};
use server::store::{NewRun, RunDetails, Sources, Sql};
use uuid::Uuid;

#[tokio::test]
async fn a_created_project_is_found_again() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for method in ["POST", "PUT"] {
            let new = json!({"name": " Weather ", "executiveSummary": "Rain", "detailedDescription": "# Rain", "public": true});
            let create = app.call(method.parse().unwrap(), paths::PROJECTS).by(&ann).json(&new);
            let id: ProjectId = create.await.expect(201).json()["projectId"].as_str().unwrap().parse().unwrap();
            let answer = app.get(paths::project(id)).by(&ann).await.expect(200);
            let project: Project = answer.read_as();
            assert_eq!((project.name.as_str(), project.executive_summary.as_str()), ("Weather", "Rain"));
            assert_eq!((project.current_user_role, project.public), (Role::Owner, true));
            assert_eq!(serde_json::to_value(&project.description_document).unwrap()[0]["kind"], "heading");
            assert_eq!(project.owner.email.as_deref(), Some("ann@example.org"));
            assert_eq!(answer.header("etag"), "\"v1\"");
        }
    })
    .await;
}

#[tokio::test]
async fn a_project_is_described_within_limits() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        for (new, field) in [
            (json!({}), "name"),
            (json!({"name": ""}), "name"),
            (json!({"name": "x".repeat(201)}), "name"),
            (json!({"name": "a\u{202e}b"}), "name"),
            (json!({"name": 5}), "name"),
            (json!({"name": "x", "public": "yes"}), "public"),
            (json!({"name": "x", "detailedDescription": "x".repeat(65_537)}), "detailedDescription"),
        ] {
            let refused = app.post(paths::PROJECTS).by(&ann).json(&new).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"], json!(["body", field]), "{refused}");
            assert_eq!(refused["code"], "invalid");
        }
        let longest = json!({"name": "x".repeat(200), "detailedDescription": "é".repeat(65_536)});
        app.post(paths::PROJECTS).by(&ann).json(&longest).await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn the_same_creation_with_the_same_key_happens_once() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let create = |person, name: &str| {
            app.post(paths::PROJECTS).by(person).header("idempotency-key", "k1").json(&json!({"name": name}))
        };
        let first = create(&ann, "Weather").await.expect(201).body;
        assert_eq!(create(&ann, "Weather").await.expect(201).body, first);
        assert_ne!(create(&bob, "Weather").await.expect(201).body, first);
        create(&ann, "Climate").await.expect(422);
        let listed = app.get("/api/projects?relation=mine&searchString=weather").by(&ann).await.expect(200);
        assert_eq!(listed.json()["totalRecords"], 1);
        let tries = (0..6).map(|_| async {
            let call = app.post(paths::PROJECTS).by(&ann).header("idempotency-key", "k2");
            call.json(&json!({"name": "At once"})).await.status.as_u16()
        });
        let statuses = futures_util::future::join_all(tries).await;
        assert!(statuses.iter().all(|status| matches!(status, 201 | 409)), "{statuses:?}");
        let listed = app.get("/api/projects?searchString=at%20once").by(&ann).await.expect(200);
        assert_eq!(listed.json()["totalRecords"], 1);
        let long = app.post(paths::PROJECTS).by(&ann).header("idempotency-key", &"k".repeat(101));
        long.json(&json!({"name": "x"})).await.expect(400);
    })
    .await;
}

#[tokio::test]
async fn a_change_is_made_for_the_version_that_was_seen() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let id = app.project(&ann, "Weather").await;
        let change = |version: i64, name: &str| {
            app.put(paths::project(id)).by(&ann).if_match(version).json(&json!({"name": name}))
        };
        let changed = change(1, "Rain").await.expect(200);
        assert_eq!((changed.json()["name"].as_str(), changed.header("etag")), (Some("Rain"), "\"v2\""));
        let late = change(1, "Snow").await.expect(412).json();
        assert_eq!(
            (&late["code"], &late["name"], &late["version"]),
            (&json!("stale"), &json!("Rain"), &json!(2))
        );
        let blind = app.put(paths::project(id)).by(&ann).json(&json!({"name": "Snow"})).await.expect(428);
        assert_eq!(blind.json()["code"], "version_required");
        for tag in ["W/\"v2\"", "\"v02x\"", "v2", "\"\"", "\"v99\""] {
            let call = app.put(paths::project(id)).by(&ann).header("if-match", tag);
            call.json(&json!({"name": "Snow"})).await.expect(412);
        }
        app.delete(paths::project(id)).by(&ann).await.expect(428);
        app.delete(paths::project(id)).by(&ann).if_match(1).await.expect(412);
        app.delete(paths::project(id)).by(&ann).if_match(2).await.expect(204);
        app.get(paths::project(id)).by(&ann).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn of_many_changes_of_one_version_one_is_made() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let id = app.project(&ann, "Weather").await;
        let tries = (0..16).map(|n| {
            let call =
                app.put(paths::project(id)).by(&ann).if_match(1).json(&json!({"name": format!("name {n}")}));
            async move { call.await.status.as_u16() }
        });
        let statuses = futures_util::future::join_all(tries).await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 15, "{statuses:?}");
    })
    .await;
}

#[tokio::test]
async fn a_program_may_change_without_saying_which_version() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let id = app.project(&ann, "Weather").await;
        let token = ann.token(&app, &[models::token::TokenScope::Write], None).await;
        let call = app.call("POST".parse().unwrap(), paths::project(id)).bearer(&token);
        let changed = call.json(&json!({"executiveSummary": "Rain"})).await.expect(200).json();
        assert_eq!((&changed["name"], &changed["executiveSummary"]), (&json!("Weather"), &json!("Rain")));
        // The client of 2025 sends a body with whatever it does.
        app.get(paths::project(id)).bearer(&token).json(&json!({})).await.expect(200);
        app.delete(paths::project(id)).bearer(&token).json(&json!({})).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn a_personal_project_stays() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let path = paths::project(ann.personal_project);
        let project: Project = app.get(&path).by(&ann).await.expect(200).read_as();
        assert_eq!((project.name.as_str(), project.public), ("Ann's project", false));
        app.delete(&path).by(&ann).if_match(1).await.expect(409);
    })
    .await;
}

#[tokio::test]
async fn a_list_holds_what_one_may_see_and_counts_it_all() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let weather = app.project(&ann, "Weather").await;
        app.project(&ann, "Secret").await;
        app.store().set_member(weather, bob.id, Role::Reporter).await.unwrap();
        app.post(paths::PROJECTS).by(&ann).json(&json!({"name": "Open", "public": true})).await.expect(201);
        assert_eq!(names(&app.get(paths::PROJECTS).by(&bob).await), ["Bob's project", "Open", "Weather"]);
        assert_eq!(names(&app.get("/api/projects?relation=mine").by(&bob).await), ["Bob's project"]);
        assert_eq!(names(&app.get("/api/projects?relation=shared").by(&bob).await), ["Weather"]);
        assert_eq!(names(&app.get("/api/projects?relation=public").by(&bob).await), ["Open"]);
        let page = app.get("/api/projects?pagelength=1&startIndex=1").by(&bob).await.expect(200).json();
        assert_eq!((&page["totalRecords"], &page["totalrecords"]), (&json!(3), &json!(3)));
        assert_eq!(page["projects"].as_array().unwrap().len(), 1);
        let root = app.administrator("Root").await;
        assert_eq!(app.get(paths::PROJECTS).by(&root).await.expect(200).json()["totalRecords"], 6);
        assert_eq!(names(&app.get("/api/projects?relation=shared").by(&root).await), Vec::<String>::new());
        for query in
            ["pagelength=0", "pagelength=201", "startindex=-1", "pagelength=x", "relation=none", "ownerId=1"]
        {
            app.get(format!("/api/projects?{query}")).by(&bob).await.expect(422);
        }
    })
    .await;
}

#[tokio::test]
async fn projects_are_found_by_text_people_and_labels() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let weather = app.project(&ann, "Großwetterlage 100%").await;
        let climate = app.project(&ann, "Climate").await;
        app.store().set_member(climate, bob.id, Role::Owner).await.unwrap();
        let label: LabelReference =
            serde_json::from_value(json!({"scope": "problem", "name": "rain"})).unwrap();
        app.store().set_project_labels(weather, vec![label]).await.unwrap();
        let find = |query: String| app.get(format!("/api/projects?{query}")).by(&ann);
        assert_eq!(names(&find("searchString=GROSS".to_owned()).await), Vec::<String>::new());
        assert_eq!(names(&find("searchString=GRO%C3%9FWETTER".to_owned()).await), ["Großwetterlage 100%"]);
        assert_eq!(names(&find("searchString=100%25".to_owned()).await), ["Großwetterlage 100%"]);
        assert_eq!(names(&find("searchString=_".to_owned()).await), Vec::<String>::new());
        assert_eq!(names(&find(format!("memberId={}", bob.id)).await), ["Climate"]);
        assert_eq!(names(&find(format!("ownerId={}", bob.id)).await), Vec::<String>::new());
        let labelled = app.get(paths::project(weather)).by(&ann).await.json()["labels"][0].clone();
        assert_eq!(labelled["name"], "rain");
        let query = format!("labelId={}&ownerId={}", labelled["labelId"].as_str().unwrap(), ann.id);
        assert_eq!(names(&find(query).await), ["Großwetterlage 100%"]);
    })
    .await;
}

#[tokio::test]
async fn projects_are_found_by_the_groups_that_work_in_them() {
    on_each_app(|app| async move {
        let (ann, bob) = (app.person("Ann").await, app.person("Bob").await);
        let (one, two) = (app.project(&ann, "One").await, app.project(&ann, "Two").await);
        let store = app.store();
        let group = serde_json::from_value(json!({"name": "Team", "members": [bob.id]})).unwrap();
        let group = store.create_group(ann.id, group, None).await.unwrap();
        store.set_group_role(one, group, Role::Researcher).await.unwrap();
        let lab = serde_json::from_value(json!({"name": "Lab", "groups": [group], "members": []})).unwrap();
        let lab = store.create_organization(ann.id, lab, None).await.unwrap();
        store.set_organization_role(two, lab, Role::Reporter).await.unwrap();
        let find = |query: String| app.get(format!("/api/projects?{query}")).by(&ann);
        assert_eq!(names(&find(format!("groupId={group}")).await), ["One"]);
        assert_eq!(names(&find(format!("organizationId={lab}")).await), ["Two"]);
        assert_eq!(
            names(&find(format!("memberId={}", bob.id)).await),
            ["Bob's project", "One"].map(str::to_owned)[1..]
        );
        let project: Project = app.get(paths::project(two)).by(&ann).await.expect(200).read_as();
        let organization = &project.organizations[0].organization;
        assert_eq!(
            (organization.name.as_str(), organization.groups[0].members[0].name.as_str()),
            ("Lab", "Bob")
        );
        assert!(!project.organizations[0].allowed_to_edit);
    })
    .await;
}

#[tokio::test]
async fn the_address_of_a_person_is_for_those_who_work_with_her() {
    on_each_app(|app| async move {
        let (ann, bob, eve) = (app.person("Ann").await, app.person("Bob").await, app.person("Eve").await);
        let open: Value =
            app.post(paths::PROJECTS).by(&ann).json(&json!({"name": "Open", "public": true})).await.json();
        let id: ProjectId = open["projectId"].as_str().unwrap().parse().unwrap();
        app.store().set_member(id, bob.id, Role::Reporter).await.unwrap();
        for (viewer, sees) in [(&bob, true), (&eve, false)] {
            let project = app.get(paths::project(id)).by(viewer).await.expect(200).json();
            assert_eq!(project["owner"].get("email").is_some(), sees);
            assert_eq!(project["members"][0]["user"].get("email").is_some(), sees);
            let user = app.get(paths::user(ann.id)).by(viewer).await.expect(200).json();
            assert_eq!((user.get("email").is_some(), user.get("isAdmin")), (sees, None));
        }
        let found = app.get("/api/users/search?searchString=n").by(&eve).await.expect(200).json();
        assert_eq!((&found["totalRecords"], &found["users"][0]["name"]), (&json!(1), &json!("Ann")));
        assert!(found["users"][0].get("email").is_none());
        let herself = app.get(paths::user(ann.id)).by(&ann).await.expect(200).json();
        assert_eq!((&herself["email"], &herself["isAdmin"]), (&json!("ann@example.org"), &json!(false)));
    })
    .await;
}

#[tokio::test]
async fn activity_has_no_gaps() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let id = app.project(&ann, "Weather").await;
        let today = server::clock::now().0 / 86_400_000;
        let experiment = app.store().default_experiment(id).await.unwrap();
        for days_ago in [0, 0, 2, 9] {
            let new = NewRun {
                id: RunId(Uuid::now_v7()),
                user: ann.id,
                name: "run".to_owned(),
                status: RunStatus::Finished,
                created_at: None,
                start_time: Some(UnixMillis((today - days_ago) * 86_400_000 + 5)),
                sources: Sources::default(),
                details: RunDetails::default(),
            };
            app.store().create_run(experiment.number, new).await.unwrap();
        }
        let path = paths::project_activity(id);
        let activity = app.get(format!("{path}?days=3")).by(&ann).await.expect(200).json();
        let days = activity["days"].as_array().unwrap();
        let counts: Vec<u64> = days.iter().map(|day| total(&day["runs"])).collect();
        assert_eq!(counts, [1, 0, 2]);
        assert_eq!(days[2]["start"], today * 86_400_000);
        assert_eq!(app.get(&path).by(&ann).await.json()["days"].as_array().unwrap().len(), 91);
        for days in ["0", "367", "-1", "x"] {
            app.get(format!("{path}?days={days}")).by(&ann).await.expect(422);
        }
    })
    .await;
}

#[tokio::test]
async fn a_deleted_project_leaves_nothing() {
    on_each_app(|app| async move {
        let ann = app.person("Ann").await;
        let id = app.project(&ann, "Weather").await;
        app.store().default_experiment(id).await.unwrap();
        app.delete(paths::project(id)).by(&ann).if_match(1).await.expect(204);
        let mut connection = app.store().read().await.unwrap();
        let sql = Sql::new("SELECT COUNT(*) AS n FROM experiments WHERE project_id = $1").with(id);
        let left: i64 = connection.fetch_one(sql).await.unwrap().get("n").unwrap();
        assert_eq!(left, 0);
    })
    .await;
}

fn total(counts: &Value) -> u64 {
    counts.as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum()
}

/// The names in a list, in alphabetical order.
fn names(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let projects = answer.json()["projects"].clone();
    let mut names: Vec<String> = projects
        .as_array()
        .unwrap()
        .iter()
        .map(|project| project["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}
