//! Files of runs: asked for by who sees them, followed without signing in, whole and in order.

use crate::fixture::{Fixture, metrics, parameters, point};
use crate::support::{Person, TestApp, on_each_app};
use models::{id::ProjectId, paths, permission::Role, time::UnixMillis};
use serde_json::{Value, json};
use server::store::Sql;

/// A project of Ann's with runs that have logged a loss and a note.
async fn scene(app: &TestApp, n: u32) -> (Person, ProjectId) {
    let ann = app.person("Ann").await;
    let project = app.project(&ann, "Weather").await;
    let store = app.store().clone();
    let experiment = store.create_experiment(project, "wine".to_owned(), None, Vec::new()).await.unwrap();
    let fixture = Fixture { store, project, user: ann.id, experiment };
    for number in 0..n {
        let run = fixture.run(&format!("run {number}")).await;
        fixture.log(run.id, metrics([point("loss", f64::from(number), 1)])).await;
        fixture.log(run.id, parameters(&[("note", "=1+1")])).await;
    }
    (ann, project)
}

/// The way to the file, behind the server's name.
async fn link(app: &TestApp, by: &Person, project: ProjectId, request: &Value) -> String {
    let answer = app.post(paths::runs_export(project)).by(by).json(request).await.expect(200).json();
    let (_, rest) = answer["url"].as_str().unwrap().split_once("://").unwrap();
    rest[rest.find('/').unwrap()..].to_owned()
}

fn request(format: &str) -> Value {
    json!({
        "selection": {"matching": {"filter": "metrics.loss >= 1"}}, "format": format,
        "columns": ["name", "run_id", "metrics.loss", "params.note", "metrics.loss"],
        "sort": [{"field": "metrics.loss", "descending": true}],
    })
}

#[tokio::test]
async fn the_runs_of_a_query_come_in_each_format_whole_and_in_order() {
    on_each_app(|app: TestApp| async move {
        // More than are read at once.
        let (ann, project) = scene(&app, 520).await;
        let file = async |format: &str| {
            let path = link(&app, &ann, project, &request(format)).await;
            let answer = app.get(path).await.expect(200);
            assert!(answer.header("content-disposition").starts_with("attachment"));
            String::from_utf8(answer.body.to_vec()).unwrap()
        };
        let csv = file("csv").await;
        let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 520);
        assert_eq!(lines[0], "run_id,name,metrics.loss,params.note");
        let tail = |line: &str| line.split_once(',').unwrap().1.to_owned();
        assert_eq!(tail(lines[1]), "run 519,519.0,'=1+1");
        assert_eq!(tail(lines[519]), "run 1,1.0,'=1+1");
        let list: Vec<Value> = serde_json::from_str(&file("json").await).unwrap();
        assert_eq!(
            (list.len(), &list[0]["name"], &list[0]["params.note"]),
            (519, &json!("run 519"), &json!("=1+1"))
        );
        let lines = file("jsonLines").await;
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, list);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_many_texts_is_whole_though_few_runs_are_read_at_once() {
    on_each_app(|app: TestApp| async move {
        let (ann, project) = scene(&app, 30).await;
        let mut columns: Vec<String> = (0..150).map(|n| format!("params.p{n}")).collect();
        columns.push("params.note".to_owned());
        let sort = json!([{"field": "metrics.loss"}]);
        let request =
            json!({"selection": {"matching": {}}, "format": "jsonLines", "columns": columns, "sort": sort});
        let file = app.get(link(&app, &ann, project, &request).await).await.expect(200);
        let lines: Vec<Value> = file.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 30);
        let is_whole = |line: &Value| line["params.note"] == "=1+1" && line["params.p7"] == Value::Null;
        assert!(lines.iter().all(is_whole));
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_the_named_runs_of_this_project_alone() {
    on_each_app(|app: TestApp| async move {
        let (ann, project) = scene(&app, 2).await;
        let runs = app.get(paths::runs(project)).by(&ann).await.expect(200).json();
        let id = runs["runs"][0]["runId"].clone();
        let named = json!({"selection": {"runs": [id]}, "format": "jsonLines"});
        let whole = app.get(link(&app, &ann, project, &named).await).await.expect(200);
        assert_eq!(whole.json(), json!({"run_id": runs["runs"][0]["mlflowRunId"]}));
        let other = app.project(&ann, "Other").await;
        let none = app.get(link(&app, &ann, other, &named).await).await.expect(200);
        assert!(none.body.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_file_is_only_for_who_may_still_see_the_runs_and_for_ten_minutes() {
    on_each_app(|app: TestApp| async move {
        let (ann, project) = scene(&app, 1).await;
        let guest = app.member(project, "Gil", Role::Guest).await;
        let stranger = app.person("Sam").await;
        let ask = |by| app.post(paths::runs_export(project)).by(by).json(&request("csv"));
        ask(&stranger).await.expect(404);
        let path = link(&app, &guest, project, &request("csv")).await;
        app.get(&path).await.expect(200);
        app.delete(paths::project_member(project, guest.id)).by(&ann).await.expect(204);
        app.get(&path).await.expect(404);
        let past = Sql::new("UPDATE run_exports SET ends_at = $1").with(UnixMillis(0));
        let write =
            app.store().write(move |connection| Box::pin(async move { connection.execute(past).await }));
        write.await.unwrap();
        link(&app, &ann, project, &request("csv")).await;
        let kept = app.store().read().await.unwrap().fetch_one("SELECT COUNT(*) AS n FROM run_exports").await;
        assert_eq!(kept.unwrap().get::<i64>("n").unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn too_much_is_refused_before_there_is_a_link() {
    on_each_app(|app: TestApp| async move {
        let (ann, project) = scene(&app, 0).await;
        let ask = |body: Value| app.post(paths::runs_export(project)).by(&ann).json(&body);
        for wrong in [
            json!({"selection": {"matching": {"filter": "metrics.loss <"}}, "format": "csv"}),
            json!({"selection": {"runs": []}, "format": "xls"}),
            json!({"selection": {"runs": []}, "format": "csv", "columns": vec!["name"; 201]}),
        ] {
            ask(wrong).await.expect(422);
        }
        for _ in 0..20 {
            ask(request("csv")).await.expect(200);
        }
        ask(request("csv")).await.expect(409);
    })
    .await;
}
