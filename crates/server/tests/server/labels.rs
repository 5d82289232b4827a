//! Labels over the REST API.

use crate::support::{Person, TestApp, on_each_app};
use models::id::LabelId;
use models::paths;
use serde_json::{Value, json};

async fn label(app: &TestApp, by: &Person, new: Value) -> LabelId {
    let made = app.post(paths::LABELS).by(by).json(&new).await.expect(201).json();
    made["labelId"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn everybody_makes_and_finds_labels() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let new = json!({"scope": "problem-type", "name": "Clustering", "color": "#1f77b4"});
        let id = label(&app, &ann, new.clone()).await;
        assert_eq!(label(&app, &ann, new.clone()).await, id, "there is each label once");
        let again = app.put(paths::LABELS).by(&ann).json(&new).await.expect(201).json();
        assert_eq!(again, json!({"labelId": id, "scope": "problem-type", "name": "Clustering", "value": null, "color": "#1f77b4", "version": 1}));
        label(&app, &ann, json!({"scope": "weather-model", "name": "ICON", "value": "2.6"})).await;
        let names = async |path: String| {
            let page = app.get(path).by(&ann).await.expect(200).json();
            let names = page["labels"].as_array().unwrap().iter();
            let names: Vec<_> = names.map(|label| label["name"].as_str().unwrap().to_owned()).collect();
            assert_eq!(page["totalRecords"], names.len());
            names.join(" ")
        };
        let search = |query: &str| format!("{}?{query}", paths::LABELS_SEARCH);
        assert_eq!(names(search("searchString=cLUST")).await, "Clustering");
        assert_eq!(names(search("scope=weather-model&searchString=2.6")).await, "ICON");
        assert_eq!(names(search("scope=problem-type&searchString=icon")).await, "");
        assert_eq!(names(search("")).await, "Clustering ICON");
        assert_eq!(names(format!("{}/weather-model", paths::LABELS)).await, "ICON");
        assert_eq!(names(format!("{}/unheard%20of", paths::LABELS)).await, "");
        for (new, field) in [
            (json!({"scope": "search", "name": "x"}), "scope"),
            (json!({"scope": "a", "name": "x", "color": "red"}), "color"),
            (json!({"scope": "a", "name": " "}), "name"),
        ] {
            let refused = app.post(paths::LABELS).by(&ann).json(&new).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"], json!(["body", field]));
        }
    })
    .await;
}

#[tokio::test]
async fn administrators_alone_tend_labels() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let id = label(&app, &ann, json!({"scope": "a", "name": "x"})).await;
        app.get(paths::LABELS).by(&ann).await.expect(403);
        app.put(paths::label(id)).by(&ann).if_match(1).json(&json!({"name": "y"})).await.expect(403);
        app.delete(paths::label(id)).by(&ann).await.expect(403);
        app.post(paths::label_merge(id)).by(&ann).json(&json!({"into": id})).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_label_is_renamed_wherever_it_is_used() {
    on_each_app(|app: TestApp| async move {
        let (ann, root) = (app.person("Ann").await, app.administrator("Root").await);
        let project = app.project(&ann, "Weather").await;
        let code = json!({"codeRepositoryName": "Rain", "uri": "https://example.org/x",
            "labels": [{"scope": "a", "name": "x", "color": "#000000"}]});
        app.post(paths::code(project)).by(&ann).json(&code).await.expect(201);
        let id = label(&app, &ann, json!({"scope": "a", "name": "x"})).await;
        label(&app, &ann, json!({"scope": "a", "name": "taken"})).await;
        let listed = app.get(format!("{}?scope=a", paths::LABELS)).by(&root).await.expect(200).json();
        assert_eq!((&listed["labels"][0]["usage"], &listed["labels"][1]["usage"]), (&json!(0), &json!(1)));
        let change = |body: Value| app.put(paths::label(id)).by(&root).json(&body);
        let patch = json!({"name": "y", "value": "1", "color": null});
        let changed = change(patch).if_match(1).await.expect(200).json();
        assert_eq!(changed, json!({"labelId": id, "scope": "a", "name": "y", "value": "1", "version": 2}));
        change(json!({"name": "taken", "value": null})).if_match(2).await.expect(409);
        change(json!({"scope": "search"})).if_match(2).await.expect(422);
        let code = app.get(paths::code(project)).by(&ann).await.expect(200).json();
        assert_eq!(code["codeRepositories"][0]["labels"], json!([changed]));
        let unknown = paths::label(LabelId(uuid::Uuid::now_v7()));
        app.post(unknown).by(&root).if_match(1).json(&json!({})).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_label_changes_only_as_it_was_seen() {
    on_each_app(|app: TestApp| async move {
        let root = app.administrator("Root").await;
        let id = label(&app, &root, json!({"scope": "a", "name": "x"})).await;
        let change = |name: &str| app.put(paths::label(id)).by(&root).json(&json!({"name": name}));
        change("one").await.expect(428);
        assert_eq!(change("one").if_match(1).await.expect(200).header("etag"), "\"v2\"");
        let refused = change("other").if_match(1).await.expect(412).json();
        assert_eq!((&refused["name"], &refused["version"]), (&json!("one"), &json!(2)));
        change("other").if_match(2).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn merged_labels_are_one() {
    on_each_app(|app: TestApp| async move {
        let (ann, root) = (app.person("Ann").await, app.administrator("Root").await);
        let project = app.project(&ann, "Weather").await;
        let named = |name: &str| json!({"scope": "a", "name": name});
        let (from, into) = (label(&app, &ann, named("from")).await, label(&app, &ann, named("into")).await);
        for (name, labels) in
            [("both", json!([from, into])), ("one", json!([from])), ("other", json!([into]))]
        {
            let data = json!({"dataRepositoryName": name, "uri": "s3://x/y", "labels": labels});
            app.post(paths::data(project)).by(&ann).json(&data).await.expect(201);
        }
        let merge = |into: LabelId| app.post(paths::label_merge(from)).by(&root).json(&json!({"into": into}));
        merge(from).await.expect(422);
        merge(LabelId(uuid::Uuid::now_v7())).await.expect(422);
        assert_eq!(merge(into).await.expect(200).json()["name"], "into");
        merge(into).await.expect(404);
        let data =
            app.get(format!("{}?labelId={into}", paths::data(project))).by(&ann).await.expect(200).json();
        assert_eq!(data["totalRecords"], 3);
        assert_eq!(data["dataRepositories"][0]["labels"].as_array().unwrap().len(), 1);
        app.delete(paths::label(into)).by(&root).await.expect(204);
        app.delete(paths::label(into)).by(&root).await.expect(404);
        let data = app.get(paths::data(project)).by(&ann).await.expect(200).json();
        assert_eq!(data["dataRepositories"][0]["labels"], json!([]));
    })
    .await;
}
