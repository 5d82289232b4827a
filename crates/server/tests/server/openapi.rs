//! The document that describes the API.

use crate::support::on_each_app;
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test]
async fn the_document_names_nothing_that_it_does_not_define() {
    on_each_app(|app| async move {
        let document = app.get("/api/openapi.json").await.expect(200).json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let mut named = BTreeSet::new();
        references(&document, &mut named);
        for reference in named {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference} is not defined");
        }
    })
    .await;
}

#[tokio::test]
async fn each_operation_is_described_and_has_a_name_of_its_own() {
    on_each_app(|app| async move {
        let document = app.get("/api/openapi.json").await.expect(200).json();
        let mut names = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let what = format!("{method} {path}");
                let name = operation["operationId"].as_str().unwrap_or_else(|| panic!("{what} has no name"));
                assert!(names.insert(name.to_owned()), "{name} is the name of two operations");
                assert!(operation["summary"].is_string(), "{what} is not described");
                assert!(
                    operation["tags"].as_array().is_some_and(|tags| tags.len() == 1),
                    "{what} has no tag"
                );
                let named: BTreeSet<&str> =
                    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
                let declared: BTreeSet<&str> = operation["parameters"]
                    .as_array()
                    .map(|all| {
                        all.iter()
                            .filter(|one| one["in"] == "path")
                            .map(|one| one["name"].as_str().unwrap())
                            .collect()
                    })
                    .unwrap_or_default();
                assert_eq!(declared, named, "{what}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_answer_has_a_field_for_a_password() {
    on_each_app(|app| async move {
        let document = app.get("/api/openapi.json").await.expect(200).json();
        let mut named = BTreeSet::new();
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                references(&operation["responses"], &mut named);
            }
        }
        // The one answer that brings secrets to a program, and none to a browser.
        let exempt = BTreeSet::from(["#/components/schemas/ConnectionWithSecrets".to_owned()]);
        let get_connection = &document["paths"][models::paths::USER_CONNECTION]["get"];
        assert_eq!(get_connection["x-action"], "UseConnections");
        let mut seen = BTreeSet::new();
        while let Some(reference) = named.pop_first() {
            let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
            if exempt.contains(&reference) {
                continue;
            }
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                // What can be told of a secret is not the secret.
                let is_told = property["$ref"] == "#/components/schemas/SecretState";
                let is_secret =
                    ["password", "accessToken", "privateKey"].contains(&name.as_str()) && !is_told;
                assert!(!is_secret, "{reference} has {name}");
            }
            seen.insert(reference);
            references(schema, &mut named);
            named = named.difference(&seen).cloned().collect();
        }
        assert!(seen.len() > 10);
    })
    .await;
}

#[tokio::test]
async fn the_reference_page_runs_its_own_scripts_alone() {
    on_each_app(|app| async move {
        assert_eq!(app.get("/api/docs").await.expect(308).header("location"), "/api/docs/");
        let page = app.get("/api/docs/").await.expect(200);
        assert!(page.header("content-security-policy").contains("script-src 'self';"));
        assert!(!page.text().contains("<script>"), "an inline script would not run");
        let script = app.get("/api/docs/swagger-initializer.js").await.expect(200);
        assert!(script.text().contains("/api/openapi.json"));
        app.get("/api/docs/swagger-ui-bundle.js").await.expect(200);
        app.get("/api/docs/..%2f..%2fmaster.key").await.expect(404);
        app.get("/api/docs/missing.js").await.expect(404);
    })
    .await;
}

/// The references in a part of the document.
fn references(part: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(|reference| reference.as_str()).map(str::to_owned));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
