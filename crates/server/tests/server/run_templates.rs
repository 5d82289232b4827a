//! Templates of the form that starts runs, over the REST API.

use crate::support::{Answer, Call, Person, TestApp, on_each_app};
use models::event::{Event, EventTopic};
use models::id::{ProjectId, RunTemplateId};
use models::paths;
use models::permission::Role;
use models::run_template::RunTemplate;
use serde_json::{Value, json};

const YAML: &str = "# Ours\nLocal:\n  Runtime: 2h\n";

/// What the form holds, as the server tells it.
fn draft(branch: &str) -> Value {
    json!({
        "codeRepositoryId": null, "branch": branch, "commit": "", "mlflowMlprojectFilePath": "", "entryPoint": "main",
        "mlflowParameters": {"alpha": "1e-3", "api_token": ""}, "modelRepositoryId": null, "dataRepositoryId": null,
        "dataVersion": "v1", "experimentRepositoryId": null, "connectionId": null, "computeBudgetAccount": "",
        "backendConfigYaml": YAML,
    })
}

fn new(name: &str, is_shared: bool) -> Value {
    json!({"name": name, "draft": draft("main"), "isShared": is_shared})
}

fn create(app: &TestApp, project: ProjectId, by: &Person, body: &Value) -> Call {
    app.post(paths::run_templates(project)).by(by).json(body)
}

async fn made(app: &TestApp, project: ProjectId, by: &Person, name: &str, is_shared: bool) -> RunTemplateId {
    let answer = create(app, project, by, &new(name, is_shared)).await.expect(201);
    answer.json()["templateId"].as_str().unwrap().parse().unwrap()
}

fn change(app: &TestApp, (project, id): (ProjectId, RunTemplateId), by: &Person, patch: &Value) -> Call {
    app.put(paths::run_template(project, id)).by(by).json(patch)
}

async fn names(app: &TestApp, project: ProjectId, by: &Person) -> Vec<String> {
    let list = app.get(paths::run_templates(project)).by(by).await.expect(200).json();
    let name = |template: &Value| template["name"].as_str().unwrap().to_owned();
    list["templates"].as_array().unwrap().iter().map(name).collect()
}

#[track_caller]
fn detail(answer: &Answer) -> String {
    answer.json()["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_template_is_saved_read_renamed_overwritten_and_deleted() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let saved = create(&app, project, &ann, &new(" Nightly ", false)).await.expect(201).json();
        let id: RunTemplateId = saved["templateId"].as_str().unwrap().parse().unwrap();
        assert_eq!((&saved["name"], &saved["version"]), (&json!("Nightly"), &json!(1)));
        assert_eq!(saved["owner"], json!({"userId": ann.id, "name": "Ann"}));
        assert_eq!(saved["draft"], draft("main"));
        let path = paths::run_template(project, id);
        let read = app.get(&path).by(&ann).await.expect(200);
        assert_eq!((read.header("etag"), read.json()), ("\"v1\"", saved));
        let renamed =
            change(&app, (project, id), &ann, &json!({"name": "Daily"})).if_match(1).await.expect(200);
        assert_eq!((renamed.header("etag"), &renamed.json()["name"]), ("\"v2\"", &json!("Daily")));
        let other = json!({"draft": draft("work")});
        let changed = change(&app, (project, id), &ann, &other).if_match(2).await.expect(200).json();
        assert_eq!((&changed["name"], &changed["draft"]), (&json!("Daily"), &draft("work")));
        app.delete(&path).by(&ann).if_match(3).await.expect(204);
        app.get(&path).by(&ann).await.expect(404);
        assert!(names(&app, project, &ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_stale_change_is_refused_with_what_there_is_now() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let template = (project, made(&app, project, &ann, "Nightly", false).await);
        change(&app, template, &ann, &json!({"name": "One"})).await.expect(428);
        change(&app, template, &ann, &json!({"name": "One"})).if_match(1).await.expect(200);
        let late = change(&app, template, &ann, &json!({"name": "Two"})).if_match(1).await.expect(412).json();
        assert_eq!((&late["name"], &late["version"]), (&json!("One"), &json!(2)));
        let path = paths::run_template(project, template.1);
        app.delete(&path).by(&ann).if_match(1).await.expect(412);
        app.delete(&path).by(&ann).await.expect(428);
        app.delete(&path).by(&ann).if_match(2).await.expect(204);
        change(&app, template, &ann, &json!({"name": "Two"})).if_match(2).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn the_same_request_saves_one_template() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "One").await;
        let send = |name: &str| create(&app, project, &ann, &new(name, false)).header("idempotency-key", "k");
        let first = send("Nightly").await.expect(201).json();
        assert_eq!(send("Nightly").await.expect(201).json(), first);
        send("Another").await.expect(422);
        assert_eq!(names(&app, project, &ann).await, ["Nightly"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_once_among_ones_own_and_once_among_the_shared() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        made(&app, project, &ann, "Nightly", false).await;
        made(&app, project, &ben, "Nightly", false).await;
        let shared = made(&app, project, &ann, "nightly", true).await;
        let own = create(&app, project, &ann, &new("NIGHTLY", false)).await.expect(409);
        assert_eq!(detail(&own), "You have a template of this name already; choose another name.");
        let both = create(&app, project, &ben, &new("Nightly", true)).await.expect(409);
        assert_eq!(detail(&both), "The project shares a template of this name already; choose another name.");
        let back = json!({"isShared": false});
        change(&app, (project, shared), &ann, &back).if_match(1).await.expect(409);
    })
    .await;
}

#[tokio::test]
async fn secrets_and_what_is_too_much_are_refused_where_they_stand() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let yaml = "Environment:\n  Variables:\n    A_TOKEN: hush-hush\n";
        for (body, field) in [
            (json!({"name": " ", "draft": {}}), "name"),
            (json!({"name": "x".repeat(101), "draft": {}}), "name"),
            (
                json!({"name": "x", "draft": {"mlflowParameters": {"api_token": "hush-hush"}}}),
                "draft.mlflowParameters",
            ),
            (json!({"name": "x", "draft": {"backendConfigYaml": yaml}}), "draft.backendConfigYaml"),
            (json!({"name": "x", "draft": {"entryPoint": "x".repeat(32_768)}}), "draft"),
        ] {
            let refused = create(&app, project, &ann, &body).await.expect(422);
            assert!(!refused.json().to_string().contains("hush-hush"), "a refusal repeats no secret");
            let place = refused.json()["detail"][0]["loc"].as_array().unwrap()[1..].to_vec();
            let place: Vec<_> = place.iter().map(|part| part.as_str().unwrap()).collect();
            assert_eq!(place.join("."), field, "{}", refused.json());
        }
        create(&app, project, &ann, &json!({"name": "x", "draft": {"branch": "x".repeat(140_000)}}))
            .await
            .expect(413);
        let id = made(&app, project, &ann, "Nightly", false).await;
        let patch = json!({"draft": {"mlflowParameters": {"password": "hush-hush"}}});
        change(&app, (project, id), &ann, &patch).if_match(1).await.expect(422);
        let sql = "SELECT COUNT(*) AS n FROM run_templates WHERE draft LIKE '%hush%'";
        let mut connection = app.store().read().await.unwrap();
        assert_eq!(connection.fetch_one(sql).await.unwrap().get::<u64>("n").unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn private_templates_are_ones_own_and_guests_see_the_shared() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        let rep = app.member(project, "Rep", Role::Reporter).await;
        let guest = app.member(project, "Gus", Role::Guest).await;
        let eve = app.person("Eve").await;
        let private = made(&app, project, &ann, "Mine", false).await;
        made(&app, project, &ann, "Ours", true).await;
        made(&app, project, &ben, "Bens", false).await;
        assert_eq!(names(&app, project, &ann).await, ["Mine", "Ours"]);
        assert_eq!(names(&app, project, &ben).await, ["Bens", "Ours"]);
        assert_eq!(names(&app, project, &guest).await, ["Ours"]);
        app.get(paths::run_templates(project)).by(&eve).await.expect(404);
        for person in [&ben, &rep, &guest, &eve] {
            app.get(paths::run_template(project, private)).by(person).await.expect(404);
        }
        change(&app, (project, private), &ben, &json!({"name": "x"})).if_match(1).await.expect(404);
        for person in [&rep, &guest] {
            create(&app, project, person, &new("Theirs", false)).await.expect(403);
        }
        let elsewhere = app.project(&ann, "Other").await;
        app.get(paths::run_template(elsewhere, private)).by(&ann).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_shared_template_is_changed_by_its_owner_and_by_maintainers() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        let cleo = app.member(project, "Cleo", Role::Researcher).await;
        let max = app.member(project, "Max", Role::Maintainer).await;
        let template = (project, made(&app, project, &ben, "Ours", true).await);
        let path = paths::run_template(project, template.1);
        let rename = json!({"name": "Renamed"});
        let refused = change(&app, template, &cleo, &rename).if_match(1).await.expect(403);
        assert!(detail(&refused).starts_with("Ben shares this template"), "{}", detail(&refused));
        app.delete(&path).by(&cleo).if_match(1).await.expect(403);
        change(&app, template, &ben, &rename).if_match(1).await.expect(200);
        change(&app, template, &max, &json!({"draft": draft("work")})).if_match(2).await.expect(200);
        let back = change(&app, template, &max, &json!({"isShared": false})).if_match(3).await.expect(403);
        assert_eq!(detail(&back), "Only Ben can share this template or take it back.");
        change(&app, template, &ben, &json!({"isShared": false})).if_match(3).await.expect(200);
        app.get(&path).by(&max).await.expect(404);
        change(&app, template, &ben, &json!({"isShared": true})).if_match(4).await.expect(200);
        app.delete(&path).by(&max).if_match(5).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn who_looks_hears_that_templates_changed() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let (_, mut told) = app.store().events().subscribe(None);
        made(&app, project, &ann, "Nightly", false).await;
        let expected = Event { project_id: project, topic: EventTopic::RunTemplates, run_id: None };
        while told.recv().await.unwrap().event != expected {}
    })
    .await;
}

#[tokio::test]
async fn there_are_so_many_templates_and_no_more() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        for n in 0..2 * RunTemplate::MAX {
            let body = serde_json::from_value(new(&format!("Template {n}"), n % 2 == 0)).unwrap();
            app.store().create_run_template(project, ann.id, body, None).await.unwrap();
        }
        let own = create(&app, project, &ann, &new("One more", false)).await.expect(409);
        assert_eq!(detail(&own), "You keep 50 templates in this project. Delete some first.");
        let shared = create(&app, project, &ben, &new("One more", true)).await.expect(409);
        assert_eq!(detail(&shared), "The project shares 50 templates. Delete some first.");
        let private = made(&app, project, &ben, "Private", false).await;
        change(&app, (project, private), &ben, &json!({"isShared": true})).if_match(1).await.expect(409);
        change(&app, (project, private), &ben, &json!({"name": "Renamed"})).if_match(1).await.expect(200);
        assert_eq!(names(&app, project, &ann).await.len(), 100);
    })
    .await;
}

#[tokio::test]
async fn templates_go_with_their_project() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        made(&app, project, &ann, "Nightly", true).await;
        app.delete(paths::project(project)).by(&ann).if_match(1).await.expect(204);
        let mut connection = app.store().read().await.unwrap();
        let left = connection.fetch_one("SELECT COUNT(*) AS n FROM run_templates").await.unwrap();
        assert_eq!(left.get::<u64>("n").unwrap(), 0);
    })
    .await;
}
