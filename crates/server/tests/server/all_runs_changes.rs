//! What is done to the runs of several projects at once: by whom one may, and as the roles are at that moment.

use crate::all_runs::{Scene, page};
use crate::fixture::new_run;
use crate::support::{Person, on_each_app};
use models::{
    experiment::LifecycleStage, paths, permission::Role, query::Filter, run::BulkRunOutcome,
    run_table::RunPageRequest, token::TokenScope,
};
use serde_json::{Value, json};
use server::store::Projects;

fn archive(selection: &Value) -> Value {
    json!({"selection": selection, "change": "archive"})
}

#[tokio::test]
async fn runs_of_several_projects_are_changed_where_one_may_and_refused_elsewhere() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let bob = app.member(scene.projects[0], "Bob", Role::Researcher).await;
        app.store().set_member(scene.projects[1], bob.id, Role::Guest).await.unwrap();
        let change = async |by: &Person, body: Value| -> BulkRunOutcome {
            let answer = app.post(paths::ALL_RUNS_BULK).by(by).json(&body).await.expect(200);
            serde_json::from_value(answer.json()).unwrap()
        };
        let named = change(&bob, archive(&json!({"runs": scene.runs}))).await;
        assert_eq!((named.changed, named.changed_runs, named.refused), (1, vec![scene.runs[0]], 1));
        let refusal = &named.refusals[0];
        assert_eq!((refusal.run_id, refusal.name.as_str()), (scene.runs[1], "Beta run"));
        assert!(
            refusal.reason.contains("Researcher") && refusal.reason.contains("Guest"),
            "{}",
            refusal.reason
        );
        let matching = json!({"matching": {"filter": "params.secret ~ '.'"}});
        let found = change(&bob, archive(&matching)).await;
        assert_eq!((found.changed, found.refused), (0, 1));
        let bin = json!({"matching": {"filter": "", "lifecycleStage": "deleted", "except": []}});
        let restored = change(&bob, json!({"selection": bin, "change": "restore"})).await;
        assert_eq!((restored.changed_runs, restored.refused), (vec![scene.runs[0]], 0));
        let but_one = json!({"matching": {"filter": "", "except": [scene.runs[1]]}});
        let most = change(&scene.ann, archive(&but_one)).await;
        assert_eq!((most.changed, most.next), (2, None));
        for (token, status) in [
            (scene.ann.token(&app, &[TokenScope::Read], None).await, 403),
            (scene.ann.token(&app, &[TokenScope::Write], Some(scene.projects[1])).await, 200),
        ] {
            let body = json!({"selection": {"runs": scene.runs}, "change": "restore"});
            let answer = app.post(paths::ALL_RUNS_BULK).bearer(&token).json(&body).await.expect(status);
            assert!(status == 403 || answer.json()["unchanged"] == 1, "{}", answer.text());
        }
        let total = async |stage: &str| {
            let body = json!({"lifecycleStage": stage});
            app.post(paths::ALL_RUNS_SEARCH).by(&scene.ann).json(&body).await.expect(200).json()["total"]
                .clone()
        };
        assert_eq!((total("active").await, total("deleted").await), (json!(1), json!(2)));
    })
    .await;
}

#[tokio::test]
async fn a_role_counts_as_it_is_when_runs_are_changed() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let bob = app.member(scene.projects[0], "Bob", Role::Researcher).await;
        app.store().set_member(scene.projects[1], bob.id, Role::Researcher).await.unwrap();
        // What he could see when he asked.
        let seen: Projects = scene.projects[..2].to_vec().into();
        app.store().set_member(scene.projects[0], bob.id, Role::Reporter).await.unwrap();
        app.delete(paths::project_member(scene.projects[1], bob.id)).by(&scene.ann).await.expect(204);
        let request = serde_json::from_value(archive(&json!({"runs": scene.runs}))).unwrap();
        let outcome = app.store().change_runs(seen, bob.id, request).await.unwrap();
        assert_eq!((outcome.changed, outcome.refused), (0, 1));
        assert_eq!(outcome.refusals[0].run_id, scene.runs[0]);
    })
    .await;
}

#[tokio::test]
async fn many_runs_of_several_projects_are_deleted_batch_by_batch() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        for (number, run) in scene.runs.iter().enumerate() {
            let experiment = app.store().run_by_id(*run).await.unwrap().experiment_number;
            for copy in 0..25 {
                let new = new_run(scene.ann.id, &format!("{number}.{copy}"));
                app.store().create_run(experiment, new).await.unwrap();
            }
        }
        let all = json!({"matching": {"filter": ""}});
        let bin = json!({"matching": {"filter": "", "lifecycleStage": "deleted"}});
        let change = async |body: Value| -> BulkRunOutcome {
            let answer = app.post(paths::ALL_RUNS_BULK).by(&scene.ann).json(&body).await.expect(200);
            serde_json::from_value(answer.json()).unwrap()
        };
        assert_eq!(change(archive(&all)).await.changed, 78);
        let mut body = json!({"selection": bin, "change": "delete"});
        let first = change(body.clone()).await;
        assert_eq!((first.changed, first.next.is_some()), (50, true));
        body["after"] = json!(first.next);
        let second = change(body).await;
        assert_eq!((second.changed, second.next), (28, None));
        for project in scene.projects {
            let request = page(&Filter::all(), &[], None, 0, 1);
            let request = RunPageRequest { lifecycle_stage: LifecycleStage::Deleted, ..request };
            assert_eq!(app.store().run_page(project, &request).await.unwrap().total, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_the_runs_that_one_may_see_when_it_is_fetched() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let bob = app.member(scene.projects[0], "Bob", Role::Guest).await;
        app.store().set_member(scene.projects[2], bob.id, Role::Guest).await.unwrap();
        let request = json!({
            "selection": {"matching": {"filter": "metrics.loss = 1"}}, "format": "csv",
            "columns": ["project", "params.secret"], "sort": [{"field": "project", "descending": true}],
        });
        let answer = app.post(paths::ALL_RUNS_EXPORT).by(&bob).json(&request).await.expect(200).json();
        let (_, rest) = answer["url"].as_str().unwrap().split_once("://").unwrap();
        let path = rest[rest.find('/').unwrap()..].to_owned();
        let values = async || -> Vec<String> {
            let text = app.get(&path).await.expect(200).text();
            text.lines().skip(1).map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
        };
        assert_eq!(values().await, ["Gamma,Gamma", "Alpha,Alpha"]);
        app.delete(paths::project_member(scene.projects[2], bob.id)).by(&scene.ann).await.expect(204);
        assert_eq!(values().await, ["Alpha,Alpha"]);
        let named = json!({"selection": {"runs": scene.runs}, "format": "jsonLines"});
        let answer = app.post(paths::ALL_RUNS_EXPORT).by(&bob).json(&named).await.expect(200).json();
        let (_, rest) = answer["url"].as_str().unwrap().split_once("://").unwrap();
        let file = app.get(&rest[rest.find('/').unwrap()..]).await.expect(200).text();
        assert_eq!(file.lines().count(), 1, "{file}");
        let only: Value = serde_json::from_str(file.trim()).unwrap();
        assert_eq!(only, json!({"run_id": scene.runs[0].mlflow()}));
        let narrow = scene.ann.token(&app, &[TokenScope::Read], Some(scene.projects[1])).await;
        let answer = app.post(paths::ALL_RUNS_EXPORT).bearer(&narrow).json(&request).await.expect(200).json();
        let (_, rest) = answer["url"].as_str().unwrap().split_once("://").unwrap();
        let file = app.get(&rest[rest.find('/').unwrap()..]).await.expect(200).text();
        assert_eq!(file.lines().count(), 2, "{file}");
        assert!(file.contains("Beta,Beta"), "{file}");
    })
    .await;
}
