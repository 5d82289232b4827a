//! One search over everything.

use crate::support::{Person, TestApp, on_each_app};
use models::paths;
use models::token::TokenScope;
use serde_json::{Value, json};

/// The kinds and names that a search finds.
async fn found(app: &TestApp, by: &Person, query: &str) -> Vec<(String, String)> {
    let path = format!("{}?{query}", paths::SEARCH);
    read(&app.get(path).by(by).await.expect(200).json())
}

fn read(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    answer["hits"].as_array().unwrap().iter().map(|hit| (text(&hit["kind"]), text(&hit["name"]))).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(kind, name)| ((*kind).to_owned(), (*name).to_owned())).collect()
}

#[tokio::test]
async fn all_kinds_are_found_by_who_may_see_them() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Rain").await;
        let code = json!({"codeRepositoryName": "rain models", "uri": "https://example.org/r.git"});
        app.post(paths::code(project)).by(&ann).json(&code).await.expect(201);
        let model = json!({"name": "Heavy RAIN", "uri": "s3://bucket/rain", "location": "S3"});
        app.post(paths::saved_models(project)).by(&ann).json(&model).await.expect(201);
        app.post(paths::GROUPS).by(&ann).json(&json!({"name": "Rainmakers"})).await.expect(201);
        app.post(paths::LABELS).by(&ann).json(&json!({"scope": "kind", "name": "rain"})).await.expect(201);
        let everything = pairs(&[
            ("project", "Rain"),
            ("code", "rain models"),
            ("savedModel", "Heavy RAIN"),
            ("group", "Rainmakers"),
            ("label", "rain"),
        ]);
        assert_eq!(found(&app, &ann, "q=rain").await, everything);
        let eve = app.person("Eve").await;
        assert_eq!(found(&app, &eve, "q=rain").await, pairs(&[("label", "rain")]));
        let root = app.administrator("Root").await;
        assert_eq!(found(&app, &root, "q=rain").await, everything);
        assert_eq!(found(&app, &ann, "q=an").await, pairs(&[("project", "Ann's project"), ("user", "Ann")]));
        assert_eq!(found(&app, &ann, "q=%25").await, []);
        assert_eq!(found(&app, &ann, "q=%20").await, []);
    })
    .await;
}

#[tokio::test]
async fn what_begins_with_the_text_comes_first_and_a_kind_is_limited() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        for name in ["Old rain", "Rain b", "rain a"] {
            app.project(&ann, name).await;
        }
        let of = |names: &[&str]| pairs(&names.iter().map(|name| ("project", *name)).collect::<Vec<_>>());
        assert_eq!(found(&app, &ann, "q=rain").await, of(&["rain a", "Rain b", "Old rain"]));
        assert_eq!(found(&app, &ann, "q=rain&limit=1").await.len(), 1);
        for query in ["q=x&limit=0", "q=x&limit=21"] {
            app.get(format!("{}?{query}", paths::SEARCH)).by(&ann).await.expect(422);
        }
        app.get(format!("{}?q={}", paths::SEARCH, "x".repeat(201))).by(&ann).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_token_for_one_project_finds_nothing_of_others() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let (rain, _) = (app.project(&ann, "Rain").await, app.project(&ann, "More rain").await);
        let token = ann.token(&app, &[TokenScope::Read], Some(rain)).await;
        let path = format!("{}?q=rain", paths::SEARCH);
        let answer = app.get(path).bearer(&token).await.expect(200).json();
        assert_eq!(read(&answer), pairs(&[("project", "Rain")]));
    })
    .await;
}
