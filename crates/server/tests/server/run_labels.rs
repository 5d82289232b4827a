//! Labels and notes of runs: changed by who may and has seen them, found by both engines, taken along.

use crate::fixture::{Fixture, metrics, point, tags};
use crate::support::{Person, TestApp, on_each_app, on_each_database};
use models::{
    experiment::LifecycleStage,
    id::{LabelId, ProjectId, RunId},
    paths,
    permission::Role,
    query::{Field, parse},
    run_table::{ColumnValues, GroupPage, GroupPageRequest, RunPage, RunPageRequest},
};
use serde_json::{Value, json};
use server::store::RunScope;

const NOTE: &str = "mlflow.note.content";

/// A project of Ann's with one run.
async fn scene(app: &TestApp) -> (Person, ProjectId, RunId) {
    let ann = app.person("Ann").await;
    let project = app.project(&ann, "Weather").await;
    let store = app.store().clone();
    let experiment = store.create_experiment(project, "wine".to_owned(), None, Vec::new()).await.unwrap();
    let fixture = Fixture { store, project, user: ann.id, experiment };
    let run = fixture.run("run").await;
    (ann, project, run.id)
}

#[tokio::test]
async fn a_run_is_labelled_and_noted_by_who_may() {
    on_each_app(|app: TestApp| async move {
        let (ann, project, run) = scene(&app).await;
        let path = paths::run(project, run);
        let patch = json!({"labels": [{"scope": "quality", "name": "Best"}], "note": "**so far**"});
        let changed = app.put(&path).by(&ann).if_match(1).json(&patch).await.expect(200).json();
        assert_eq!(changed["labels"][0]["name"], "Best");
        assert_eq!(changed["note"], "**so far**");
        let strong = &changed["noteDocument"][0]["children"][0];
        assert_eq!(strong["kind"], "strong", "{changed}");
        let reporter = app.member(project, "Rob", Role::Reporter).await;
        assert_eq!(app.get(&path).by(&reporter).await.expect(200).json()["note"], "**so far**");
        app.put(&path)
            .by(&reporter)
            .if_match(changed["version"].as_i64().unwrap())
            .json(&patch)
            .await
            .expect(403);
        let stale = app.put(&path).by(&ann).if_match(1).json(&json!({"note": "older"})).await.expect(412);
        assert_eq!(stale.json()["note"], "**so far**", "{}", stale.json());
        let emptied = json!({"labels": [], "note": ""});
        let version = changed["version"].as_i64().unwrap();
        let emptied = app.put(&path).by(&ann).if_match(version).json(&emptied).await.expect(200).json();
        assert_eq!((&emptied["labels"], &emptied["note"]), (&json!([]), &json!("")));
        for (wrong, field) in [
            (json!({"labels": [LabelId(uuid::Uuid::nil())]}), "labels"),
            (json!({"note": "x".repeat(70_000)}), "note"),
        ] {
            let version = emptied["version"].as_i64().unwrap();
            let refused = app.put(&path).by(&ann).if_match(version).json(&wrong).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"], json!(["body", field]), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_note_is_the_tag_of_mlflow() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        fixture.log(run.id, tags(&[(NOTE, "by the client"), ("team", "red")])).await;
        let seen = fixture.store.run(fixture.project, run.id).await.unwrap();
        assert_eq!(seen.note, "by the client");
        // Whoever saw another note does not overwrite this one.
        fixture.log(run.id, tags(&[(NOTE, "by the client again")])).await;
        let patch = || serde_json::from_value(json!({"note": "by hand"})).unwrap();
        let stale = fixture.store.change_run(fixture.project, run.id, patch(), Some(seen.version)).await;
        assert!(matches!(stale, Err(server::store::StoreError::Stale)), "{stale:?}");
        fixture.store.change_run(fixture.project, run.id, patch(), None).await.unwrap();
        let logged = fixture.store.logged(&[run.number]).await.unwrap();
        let tag = |key: &str| {
            logged[&run.number].tags.iter().find(|tag| tag.key == key).map(|tag| tag.value.clone())
        };
        assert_eq!((tag(NOTE).as_deref(), tag("team").as_deref()), (Some("by hand"), Some("red")));
        fixture.store.delete_run_tag(run.id, NOTE.to_owned()).await.unwrap();
        assert_eq!(fixture.store.run(fixture.project, run.id).await.unwrap().note, "");
    })
    .await;
}

async fn run_page(fixture: &Fixture, request: Value) -> RunPage {
    let request: RunPageRequest = serde_json::from_value(request).unwrap();
    fixture.store.run_page(fixture.project, &request).await.unwrap()
}

async fn groups(fixture: &Fixture, request: Value) -> GroupPage {
    let request: GroupPageRequest = serde_json::from_value(request).unwrap();
    fixture.store.group_page(fixture.project, &request).await.unwrap()
}

async fn label(fixture: &Fixture, run: RunId, names: &[&str]) {
    let labels: Vec<_> = names.iter().map(|name| json!({"scope": "kind", "name": name})).collect();
    let patch = serde_json::from_value(json!({ "labels": labels })).unwrap();
    fixture.store.change_run(fixture.project, run, patch, None).await.unwrap();
}

#[tokio::test]
async fn both_engines_find_runs_by_their_notes_and_labels() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let [net, tree, plain] =
            [fixture.run("net").await, fixture.run("tree").await, fixture.run("plain").await];
        label(&fixture, net.id, &["net", "deep"]).await;
        label(&fixture, tree.id, &["tree"]).await;
        fixture.log(net.id, tags(&[(NOTE, "It's good")])).await;
        for (filter, names) in [
            ("label = 'kind: net' AND label = 'kind: deep'", vec!["net"]),
            ("label != 'kind: net'", vec!["tree"]),
            ("labels NOT IN ('kind: tree', 'x')", vec!["net"]),
            ("label ILIKE '%NET' OR label IS NOT SET", vec!["plain", "net"]),
            ("label !~ '^kind: d'", vec!["tree"]),
            ("note LIKE '%good' AND note IS SET", vec!["net"]),
            ("note IS NOT SET", vec!["plain", "tree"]),
        ] {
            let page = run_page(&fixture, json!({"query": {"filter": filter}})).await;
            assert_eq!(page.names, names, "{filter}");
            let scope = RunScope::project(fixture.project, LifecycleStage::Active);
            let found = fixture.store.search_runs(&scope, &parse(filter).unwrap(), &[], 0, 9).await.unwrap();
            assert_eq!(found.iter().map(|run| run.name.as_str()).collect::<Vec<_>>(), names, "{filter}");
        }
        let ordered = json!({"query": {"sort": [{"field": "label"}]}});
        assert_eq!(run_page(&fixture, ordered).await.names, ["net", "tree", "plain"]);
        let _ = plain;
    })
    .await;
}

#[tokio::test]
async fn a_run_with_several_labels_is_in_the_group_of_each_and_counted_once() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let [both, one, none] =
            [fixture.run("both").await, fixture.run("one").await, fixture.run("none").await];
        label(&fixture, both.id, &["a", "b"]).await;
        label(&fixture, one.id, &["a"]).await;
        for (run, value) in [(&both, 1.0), (&one, 3.0), (&none, 5.0)] {
            fixture.log(run.id, metrics([point("loss", value, 0)])).await;
        }
        let request = json!({"query": {"groupBy": ["label"], "columns": ["metrics.loss"]}});
        let page = groups(&fixture, request).await;
        assert_eq!((page.total, page.total_runs), (3, 3));
        let mut told: Vec<_> = page
            .groups
            .iter()
            .map(|group| (group.title.as_deref(), group.runs.total(), group.aggregates[0].mean))
            .collect();
        assert_eq!(told.last(), Some(&(None, 1, Some(5.0))), "what has no label comes last");
        told.sort_by_key(|(title, ..)| title.map(str::to_owned));
        assert_eq!(told[1..], [(Some("kind: a"), 2, Some(2.0)), (Some("kind: b"), 1, Some(1.0))]);
        let within = &page.groups.iter().find(|group| group.title.as_deref() == Some("kind: a")).unwrap().key;
        let opened = run_page(&fixture, json!({"query": {}, "within": [within]})).await;
        assert_eq!(opened.names, ["one", "both"]);
        let inner = json!({"query": {"groupBy": ["label", "name"]}, "within": [within]});
        assert_eq!(groups(&fixture, inner).await.total_runs, 2);
    })
    .await;
}

#[tokio::test]
async fn what_becomes_of_a_label_becomes_of_the_labels_of_runs() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        label(&fixture, run.id, &["a", "b"]).await;
        let titles = async || {
            let page = groups(&fixture, json!({"query": {"groupBy": ["label"]}})).await;
            let mut titles: Vec<_> = page.groups.into_iter().map(|group| group.title).collect();
            titles.sort_unstable();
            titles.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(titles().await, "kind: a, kind: b");
        let labels = fixture.store.run(fixture.project, run.id).await.unwrap().labels;
        let patch = serde_json::from_value(json!({"name": "c", "value": "1"})).unwrap();
        fixture.store.change_label(labels[0].label_id, patch, None).await.unwrap();
        assert_eq!(titles().await, "kind: b, kind: c = 1");
        fixture.store.merge_label(labels[0].label_id, labels[1].label_id).await.unwrap();
        assert_eq!(titles().await, "kind: b");
        fixture.store.delete_label(labels[1].label_id).await.unwrap();
        assert_eq!(titles().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_page_of_very_many_long_texts_tells_their_beginnings() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("wordy").await;
        fixture.log(run.id, tags(&[("long", &"é".repeat(8_000)), ("short", "é")])).await;
        let [few, many] = [10, 200].map(|n| vec!["tags.long"; n]);
        for (columns, n_runs) in [(few, 1), (many, 10)] {
            let mut columns = columns;
            columns.push("tags.short");
            columns.truncate(200);
            for number in 1..n_runs {
                let run = fixture.run(&format!("wordy {number}")).await;
                fixture.log(run.id, tags(&[("long", &"é".repeat(8_000))])).await;
            }
            let most = RunPage::text_length(n_runs * columns.len());
            let page = run_page(&fixture, json!({"query": {"columns": columns}})).await;
            let ColumnValues::Texts(long) = &page.columns[0].values else { panic!("{page:?}") };
            let text = &long.at(0).unwrap().text;
            let expected = if most < 8_000 { most + 1 } else { 8_000 };
            assert_eq!((text.chars().count(), text.ends_with('…')), (expected, most < 8_000));
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_tells_labels_the_beginning_of_notes_and_versions() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let [first, second] = [fixture.run("first").await, fixture.run("second").await];
        label(&fixture, first.id, &["a", "b"]).await;
        fixture.log(second.id, tags(&[(NOTE, &"é".repeat(1_000))])).await;
        let page = run_page(&fixture, json!({"query": {"columns": ["label", "note"]}})).await;
        let version = fixture.store.run(fixture.project, first.id).await.unwrap().version;
        assert_eq!(page.versions[1], version);
        let ColumnValues::Labels(labels) = &page.columns[0].values else { panic!("{page:?}") };
        let texts: Vec<_> = labels.at(1).map(models::label::Label::text).collect();
        assert_eq!((labels.at(0).count(), texts), (0, vec!["kind: a".to_owned(), "kind: b".to_owned()]));
        let ColumnValues::Texts(notes) = &page.columns[1].values else { panic!("{page:?}") };
        let note = &notes.at(0).unwrap().text;
        assert_eq!(note.chars().count(), RunPage::NOTE_LENGTH + 1);
        assert!(note.ends_with('…') && page.columns[1].field == Field::note());
    })
    .await;
}

#[tokio::test]
async fn labels_and_notes_are_taken_along_whole() {
    on_each_app(|app: TestApp| async move {
        let (ann, project, run) = scene(&app).await;
        let note = "x".repeat(1_000);
        let labels = json!([{"scope": "a", "name": "b"}, {"scope": "c", "name": "d", "value": "e"}]);
        let patch = json!({"labels": labels, "note": note});
        app.put(paths::run(project, run)).by(&ann).if_match(1).json(&patch).await.expect(200);
        let file = async |format: &str| {
            let request = json!({
                "selection": {"runs": [run]}, "columns": ["labels", "note"], "format": format,
            });
            let answer =
                app.post(paths::runs_export(project)).by(&ann).json(&request).await.expect(200).json();
            let (_, rest) = answer["url"].as_str().unwrap().split_once("://").unwrap();
            let body = app.get(&rest[rest.find('/').unwrap()..]).await.expect(200).body;
            String::from_utf8(body.to_vec()).unwrap()
        };
        let csv = file("csv").await;
        assert!(csv.starts_with("run_id,label,note\r\n"), "{csv}");
        assert!(csv.contains(&format!(",\"a: b; c: d = e\",{note}")), "{csv}");
        let line: Value = serde_json::from_str(&file("jsonLines").await).unwrap();
        assert_eq!(line["label"], json!(["a: b", "c: d = e"]));
    })
    .await;
}
