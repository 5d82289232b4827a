//! Saved views over the REST API.

use crate::support::{Answer, Call, Person, TestApp, on_each_app};
use models::event::{Event, EventTopic};
use models::id::{ProjectId, RunViewId};
use models::paths;
use models::permission::Role;
use models::run_view::RunView;
use serde_json::{Value, json};

/// How the table is set up, with something that only a later version knows.
fn table(filter: &str) -> Value {
    json!({
        "filter": filter, "groupBy": ["data"], "sort": [{"field": "metrics.loss", "descending": true}],
        "columns": ["status", "metrics.loss"], "onlyDiffering": false, "hideEmpty": true, "inBin": false,
        "pinned": ["status"], "sparklines": [],
        "widths": [{"field": "metrics.loss", "width": 90}], "scales": [], "kept": [], "baseline": null,
        "density": "compact",
    })
}

fn new(name: &str, is_shared: bool) -> Value {
    json!({"name": name, "table": table("metrics.loss < 1"), "isShared": is_shared})
}

fn create(app: &TestApp, project: ProjectId, by: &Person, body: &Value) -> Call {
    app.post(paths::views(project)).by(by).json(body)
}

async fn made(app: &TestApp, project: ProjectId, by: &Person, name: &str, is_shared: bool) -> RunViewId {
    let answer = create(app, project, by, &new(name, is_shared)).await.expect(201);
    answer.json()["viewId"].as_str().unwrap().parse().unwrap()
}

fn change(app: &TestApp, (project, id): (ProjectId, RunViewId), by: &Person, patch: &Value) -> Call {
    app.put(paths::view(project, id)).by(by).json(patch)
}

async fn list(app: &TestApp, project: ProjectId, by: &Person) -> Value {
    app.get(paths::views(project)).by(by).await.expect(200).json()
}

async fn names(app: &TestApp, project: ProjectId, by: &Person) -> Vec<String> {
    let views = list(app, project, by).await;
    views["views"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn detail(answer: &Answer) -> String {
    answer.json()["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_view_is_saved_read_renamed_overwritten_and_deleted() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let saved = create(&app, project, &ann, &new(" Best ", false)).await.expect(201).json();
        let id: RunViewId = saved["viewId"].as_str().unwrap().parse().unwrap();
        assert_eq!(
            (&saved["name"], &saved["version"], &saved["isShared"]),
            (&json!("Best"), &json!(1), &json!(false))
        );
        assert_eq!(saved["owner"], json!({"userId": ann.id, "name": "Ann"}));
        assert_eq!(saved["table"], table("metrics.loss < 1"), "what a later version says is kept");
        let read = app.get(paths::view(project, id)).by(&ann).await.expect(200);
        assert_eq!((read.header("etag"), read.json()), ("\"v1\"", saved));
        let renamed =
            change(&app, (project, id), &ann, &json!({"name": "Better"})).if_match(1).await.expect(200);
        assert_eq!((renamed.header("etag"), &renamed.json()["name"]), ("\"v2\"", &json!("Better")));
        let other = json!({"table": table("status = 'FAILED'")});
        let overwritten = change(&app, (project, id), &ann, &other).if_match(2).await.expect(200).json();
        assert_eq!(
            (&overwritten["name"], &overwritten["table"]["filter"]),
            (&json!("Better"), &json!("status = 'FAILED'"))
        );
        app.delete(paths::view(project, id)).by(&ann).if_match(3).await.expect(204);
        app.get(paths::view(project, id)).by(&ann).await.expect(404);
        assert!(names(&app, project, &ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_stale_change_is_refused_with_what_there_is_now() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let view = (project, made(&app, project, &ann, "Best", false).await);
        change(&app, view, &ann, &json!({"name": "One"})).await.expect(428);
        change(&app, view, &ann, &json!({"name": "One"})).if_match(1).await.expect(200);
        let refused = change(&app, view, &ann, &json!({"name": "Two"})).if_match(1).await.expect(412).json();
        assert_eq!((&refused["name"], &refused["version"]), (&json!("One"), &json!(2)));
        let path = paths::view(project, view.1);
        app.delete(&path).by(&ann).if_match(1).await.expect(412);
        app.delete(&path).by(&ann).await.expect(428);
        app.delete(&path).by(&ann).if_match(2).await.expect(204);
        change(&app, view, &ann, &json!({"name": "Two"})).if_match(2).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn the_same_request_saves_one_view() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let (one, other) = (app.project(&ann, "One").await, app.project(&ann, "Other").await);
        let send = |project, name: &str| {
            create(&app, project, &ann, &new(name, false)).header("idempotency-key", "k")
        };
        let first = send(one, "Best").await.expect(201).json();
        assert_eq!(send(one, "Best").await.expect(201).json(), first);
        send(one, "Another").await.expect(422);
        send(other, "Best").await.expect(422);
        assert_eq!(names(&app, one, &ann).await, ["Best"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_once_among_ones_own_and_once_among_the_shared() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        made(&app, project, &ann, "Best", false).await;
        made(&app, project, &ben, "Best", false).await;
        let shared = made(&app, project, &ann, "best", true).await;
        let own = create(&app, project, &ann, &new("BEST", false)).await.expect(409);
        assert_eq!(detail(&own), "You have a view of this name already; choose another name.");
        let both = create(&app, project, &ben, &new("Best", true)).await.expect(409);
        assert_eq!(detail(&both), "The project shares a view of this name already; choose another name.");
        let back = json!({"isShared": false});
        change(&app, (project, shared), &ann, &back).if_match(1).await.expect(409);
        let other = made(&app, project, &ann, "Other", true).await;
        change(&app, (project, other), &ann, &json!({"name": " Best"})).if_match(1).await.expect(409);
        change(&app, (project, other), &ann, &json!({"name": "OTHER"})).if_match(1).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_where_it_stands() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let many: Vec<_> = (0..9).map(|n| format!("params.{n}")).collect();
        for (body, field) in [
            (json!({"name": " ", "table": {}}), "name"),
            (json!({"name": "x".repeat(101), "table": {}}), "name"),
            (json!({"name": "x", "table": {"filter": "metrics.loss <"}}), "table.filter"),
            (json!({"name": "x", "table": {"groupBy": many}}), "table.groupBy"),
            (json!({"name": "x", "table": {"sort": many.iter().map(|field| json!({"field": field})).collect::<Vec<_>>()}}), "table.sort"),
            (json!({"name": "x", "table": {"kept": vec![uuid::Uuid::nil(); 6]}}), "table.kept"),
            (json!({"name": "x", "table": {"note": "x".repeat(16_384)}}), "table"),
        ] {
            let refused = create(&app, project, &ann, &body).await.expect(422).json();
            let place = refused["detail"][0]["loc"].as_array().unwrap()[1..].iter();
            let place: Vec<_> = place.map(|part| part.as_str().unwrap()).collect();
            assert_eq!(place.join("."), field, "{refused}");
        }
        create(&app, project, &ann, &json!({"name": "x", "table": {"note": "x".repeat(70_000)}})).await.expect(413);
        let id = made(&app, project, &ann, "Best", false).await;
        let patch = json!({"table": {"filter": ")"}});
        change(&app, (project, id), &ann, &patch).if_match(1).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn private_views_are_ones_own_and_guests_see_the_shared() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Reporter).await;
        let guest = app.member(project, "Gus", Role::Guest).await;
        let eve = app.person("Eve").await;
        let private = made(&app, project, &ann, "Mine", false).await;
        made(&app, project, &ann, "Ours", true).await;
        made(&app, project, &ben, "Bens", false).await;
        assert_eq!(names(&app, project, &ann).await, ["Mine", "Ours"]);
        assert_eq!(names(&app, project, &ben).await, ["Bens", "Ours"]);
        assert_eq!(names(&app, project, &guest).await, ["Ours"]);
        app.get(paths::views(project)).by(&eve).await.expect(404);
        for person in [&ben, &guest, &eve] {
            app.get(paths::view(project, private)).by(person).await.expect(404);
        }
        change(&app, (project, private), &ben, &json!({"name": "x"})).if_match(1).await.expect(404);
        create(&app, project, &guest, &new("Guests", false)).await.expect(403);
        create(&app, project, &ben, &new("Shared", true)).await.expect(403);
        let elsewhere = app.project(&ann, "Other").await;
        app.get(paths::view(elsewhere, private)).by(&ann).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_shared_view_is_changed_by_its_owner_and_by_maintainers() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        let cleo = app.member(project, "Cleo", Role::Researcher).await;
        let max = app.member(project, "Max", Role::Maintainer).await;
        let view = (project, made(&app, project, &ben, "Ours", true).await);
        let rename = json!({"name": "Renamed"});
        let refused = change(&app, view, &cleo, &rename).if_match(1).await.expect(403);
        assert!(detail(&refused).starts_with("Ben shares this view"), "{}", detail(&refused));
        app.delete(paths::view(project, view.1)).by(&cleo).if_match(1).await.expect(403);
        change(&app, view, &ben, &rename).if_match(1).await.expect(200);
        change(&app, view, &max, &json!({"table": table("")})).if_match(2).await.expect(200);
        let back = change(&app, view, &max, &json!({"isShared": false})).if_match(3).await.expect(403);
        assert_eq!(detail(&back), "Only Ben can share this view or take it back.");
        change(&app, view, &ben, &json!({"isShared": false})).if_match(3).await.expect(200);
        app.get(paths::view(project, view.1)).by(&max).await.expect(404);
        change(&app, view, &ben, &json!({"isShared": true})).if_match(4).await.expect(200);
        app.delete(paths::view(project, view.1)).by(&max).if_match(5).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn one_view_opens_first_for_everybody_and_another_for_one_person() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Reporter).await;
        let guest = app.member(project, "Gus", Role::Guest).await;
        let ours = made(&app, project, &ann, "Ours", true).await;
        let others = made(&app, project, &ann, "Others", true).await;
        let mine = made(&app, project, &ben, "Mine", false).await;
        let (all, own) = (paths::views_default(project), paths::views_own_default(project));
        let choose = |path: &str, by: &Person, id: Value| app.put(path).by(by).json(&json!({"viewId": id}));
        choose(&all, &ben, json!(ours)).await.expect(403);
        choose(&own, &guest, json!(ours)).await.expect(403);
        choose(&all, &ann, json!(mine)).await.expect(422);
        choose(&own, &ann, json!(mine)).await.expect(422);
        choose(&all, &ann, json!(ours)).await.expect(204);
        choose(&all, &ann, json!(others)).await.expect(204);
        choose(&own, &ben, json!(ours)).await.expect(204);
        choose(&own, &ben, json!(mine)).await.expect(204);
        let defaults = async |by: &Person| {
            let views = list(&app, project, by).await;
            (views["defaultViewId"].clone(), views["ownDefaultViewId"].clone())
        };
        assert_eq!(defaults(&ben).await, (json!(others), json!(mine)));
        assert_eq!(defaults(&guest).await, (json!(others), Value::Null));
        let back = json!({"isShared": false});
        let kept = change(&app, (project, others), &ann, &back).if_match(1).await.expect(409);
        assert!(detail(&kept).starts_with("This view opens first for everybody"), "{}", detail(&kept));
        choose(&own, &ben, json!(ours)).await.expect(204);
        change(&app, (project, ours), &ann, &back).if_match(1).await.expect(200);
        assert_eq!(defaults(&ben).await, (json!(others), Value::Null), "what she does not see does not open");
        choose(&all, &ann, Value::Null).await.expect(204);
        choose(&own, &ben, Value::Null).await.expect(204);
        choose(&all, &ann, json!(others)).await.expect(204);
        app.delete(paths::view(project, others)).by(&ann).if_match(1).await.expect(204);
        assert_eq!(defaults(&ben).await, (Value::Null, Value::Null));
    })
    .await;
}

#[tokio::test]
async fn who_looks_hears_that_views_changed() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let (_, mut told) = app.store().events().subscribe(None);
        made(&app, project, &ann, "Best", false).await;
        let expected = Event { project_id: project, topic: EventTopic::Views, run_id: None };
        while told.recv().await.unwrap().event != expected {}
    })
    .await;
}

#[tokio::test]
async fn there_are_so_many_views_and_no_more() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let ben = app.member(project, "Ben", Role::Researcher).await;
        for n in 0..RunView::MAX {
            let body = serde_json::from_value(new(&format!("View {n}"), n > 0)).unwrap();
            app.store().create_run_view(project, ann.id, body, None).await.unwrap();
        }
        let own = create(&app, project, &ann, &new("One more", false)).await.expect(409);
        assert_eq!(detail(&own), "You keep 200 views in this project. Delete some first.");
        let last = made(&app, project, &ben, "Bens", true).await;
        let shared = create(&app, project, &ben, &new("One more", true)).await.expect(409);
        assert_eq!(detail(&shared), "The project shares 200 views. Delete some first.");
        let private = made(&app, project, &ben, "Private", false).await;
        change(&app, (project, private), &ben, &json!({"isShared": true})).if_match(1).await.expect(409);
        change(&app, (project, last), &ben, &json!({"name": "Renamed"})).if_match(1).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn views_go_with_their_project() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let id = made(&app, project, &ann, "Best", true).await;
        for path in [paths::views_default(project), paths::views_own_default(project)] {
            app.put(path).by(&ann).json(&json!({"viewId": id})).await.expect(204);
        }
        app.delete(paths::project(project)).by(&ann).if_match(1).await.expect(204);
        for table in ["SELECT COUNT(*) AS n FROM run_views", "SELECT COUNT(*) AS n FROM run_view_choices"] {
            let mut connection = app.store().read().await.unwrap();
            assert_eq!(connection.fetch_one(table).await.unwrap().get::<u64>("n").unwrap(), 0);
        }
    })
    .await;
}
