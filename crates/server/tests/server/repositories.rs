//! Code, data and definitions of models over the REST API.

use crate::support::{Person, TestApp, on_each_app};
use models::id::ProjectId;
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};

/// A kind of repository: its collection, the name of its list, of its id and of its name, and one to make.
struct Kind {
    collection: fn(ProjectId) -> String,
    list: &'static str,
    id: &'static str,
    name: &'static str,
    new: Value,
}

fn kinds() -> [Kind; 3] {
    [
        Kind {
            collection: paths::code,
            list: "codeRepositories",
            id: "codeRepositoryId",
            name: "codeRepositoryName",
            new: json!({"codeRepositoryName": "Rain", "uri": "https://github.com/example/rain.git"}),
        },
        Kind {
            collection: paths::data,
            list: "dataRepositories",
            id: "dataRepositoryId",
            name: "dataRepositoryName",
            new: json!({"dataRepositoryName": "Rain", "uri": "s3://weather/rain", "versions": {"2024": "main"}}),
        },
        Kind {
            collection: paths::models,
            list: "modelRepositories",
            id: "modelRepositoryId",
            name: "name",
            new: json!({"name": "Rain", "uri": "https://example.org/rain", "branch": "main"}),
        },
    ]
}

impl Kind {
    async fn make(&self, app: &TestApp, project: ProjectId, by: &Person, changes: Value) -> String {
        let mut new = self.new.clone();
        new.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let made = app.post((self.collection)(project)).by(by).json(&new).await.expect(201);
        format!("{}/{}", (self.collection)(project), made.json()[self.id].as_str().unwrap())
    }
}

#[tokio::test]
async fn a_repository_is_made_shown_changed_and_deleted() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        for kind in kinds() {
            let label = json!([{"scope": "region", "name": "North"}]);
            let extra = json!({"description": "**Rain**", "labels": label});
            let path = kind.make(&app, project, &ann, extra).await;
            let shown = app.get(&path).by(&ann).await.expect(200);
            assert_eq!(shown.header("etag"), "\"v1\"");
            let shown = shown.json();
            assert_eq!(shown["descriptionDocument"][0]["kind"], "paragraph");
            assert_eq!(shown["labels"][0]["name"], "North");
            assert_eq!(shown["runs"]["total"], 0);
            let change = |version: i64, name: &str| {
                app.put(&path).by(&ann).if_match(version).json(&json!({ kind.name: name, "labels": [] }))
            };
            let changed = change(1, "Snow").await.expect(200).json();
            assert_eq!((&changed[kind.name], &changed["labels"]), (&json!("Snow"), &json!([])));
            assert_eq!((&changed["uri"], &changed["description"]), (&shown["uri"], &json!("**Rain**")));
            let stale = change(1, "Hail").await.expect(412).json();
            assert_eq!((&stale["code"], &stale[kind.name]), (&json!("stale"), &json!("Snow")));
            app.put(&path).by(&ann).json(&json!({})).await.expect(428);
            app.post(&path).by(&ann).if_match(2).json(&json!({"description": ""})).await.expect(200);
            app.delete(&path).by(&ann).await.expect(204);
            app.get(&path).by(&ann).await.expect(404);
            app.delete(&path).by(&ann).await.expect(404);
        }
    })
    .await;
}

#[tokio::test]
async fn repositories_are_found_by_text_and_label() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        for kind in kinds() {
            let north = json!({"description": "50% of", "labels": [{"scope": "region", "name": "North"}]});
            let path = kind.make(&app, project, &ann, north).await;
            kind.make(&app, project, &ann, json!({ kind.name: "Hail" })).await;
            let label =
                app.get(&path).by(&ann).await.json()["labels"][0]["labelId"].as_str().unwrap().to_owned();
            let found = async |query: &str| {
                let answer =
                    app.get(format!("{}?{query}", (kind.collection)(project))).by(&ann).await.expect(200);
                let items = answer.json()[kind.list].as_array().unwrap().clone();
                let names: Vec<_> =
                    items.iter().map(|item| item[kind.name].as_str().unwrap().to_owned()).collect();
                (answer.json()["totalRecords"].as_u64().unwrap(), names.join(" "))
            };
            let both = (2, "Hail Rain".to_owned());
            let rain = (1, "Rain".to_owned());
            assert_eq!(found("").await, both);
            assert_eq!(found("pagelength=1&startindex=1").await, (2, "Rain".to_owned()));
            assert_eq!(found("search=hAIL").await, (1, "Hail".to_owned()));
            assert_eq!(found("search=50%25").await, rain);
            assert_eq!(found("search=_").await.0, 0, "a wildcard matches itself alone");
            assert_eq!(found(&format!("labelId={label}")).await, rain);
            assert_eq!(found(&format!("search=hail&labelId={label}")).await.0, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn two_repositories_of_a_project_have_two_names() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let (one, two) = (app.project(&ann, "One").await, app.project(&ann, "Two").await);
        for kind in kinds() {
            kind.make(&app, one, &ann, json!({})).await;
            kind.make(&app, two, &ann, json!({})).await;
            app.put((kind.collection)(one)).by(&ann).json(&kind.new).await.expect(409);
            let other = kind.make(&app, one, &ann, json!({ kind.name: "Other" })).await;
            let rename = app.put(&other).by(&ann).if_match(1).json(&json!({ kind.name: "Rain" }));
            rename.await.expect(409);
        }
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_changes_no_repository() {
    on_each_app(|app: TestApp| async move {
        let (ann, eve) = (app.person("Ann").await, app.person("Eve").await);
        let project = app.project(&ann, "Weather").await;
        let elsewhere = app.project(&ann, "Other").await;
        let bob = app.member(project, "Bob", Role::Reporter).await;
        for kind in kinds() {
            let path = kind.make(&app, project, &ann, json!({})).await;
            app.get(&path).by(&bob).await.expect(200);
            app.post((kind.collection)(project)).by(&bob).json(&kind.new).await.expect(403);
            app.put(&path).by(&bob).if_match(1).json(&json!({})).await.expect(403);
            app.delete(&path).by(&bob).await.expect(403);
            app.get(&path).by(&eve).await.expect(404);
            let foreign = path.replace(&project.to_string(), &elsewhere.to_string());
            app.get(&foreign).by(&ann).await.expect(404);
            app.put(&foreign).by(&ann).if_match(1).json(&json!({})).await.expect(404);
            app.delete(&foreign).by(&ann).await.expect(404);
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_addition_with_the_same_key_happens_once() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        for kind in kinds() {
            let add = || {
                app.post((kind.collection)(project)).by(&ann).header("idempotency-key", "k1").json(&kind.new)
            };
            let first = add().await.expect(201).body;
            assert_eq!(add().await.expect(201).body, first);
        }
    })
    .await;
}

#[tokio::test]
async fn an_access_token_is_neither_kept_nor_told() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        for kind in kinds().iter().take(2) {
            let secret = json!({"accessToken": "glpat-secret", "uri": "https://gitlab.com/a/b.git"});
            let path = kind.make(&app, project, &ann, secret).await;
            assert!(!app.get(&path).by(&ann).await.expect(200).text().contains("glpat"));
        }
        let ssh =
            json!({"codeRepositoryName": "x", "uri": "ssh://git@example.org/x", "accessToken": "secret"});
        let refused = app.post(paths::code(project)).by(&ann).json(&ssh).await.expect(422);
        assert_eq!(refused.json()["detail"][0]["loc"], json!(["body", "uri"]));
    })
    .await;
}

#[tokio::test]
async fn definitions_of_models_are_added_as_one_or_as_a_list() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let code = json!({"codeRepositoryName": "Rain", "uri": "https://github.com/example/rain.git"});
        let code = app.post(paths::code(project)).by(&ann).json(&code).await.expect(201).json();
        let list = json!([{"commit": "4f5c6d7", "git": code}, {"name": "Snow", "codeRepositoryId": code["codeRepositoryId"]}]);
        let made = app.put(paths::models(project)).by(&ann).json(&list).await.expect(201).json();
        assert_eq!(made["modelRepositoryIds"].as_array().unwrap().len(), 2);
        assert_eq!(made["modelRepositoryId"], made["modelRepositoryIds"][0]);
        let first = format!("{}/{}", paths::models(project), made["modelRepositoryId"].as_str().unwrap());
        let shown = app.get(&first).by(&ann).await.expect(200).json();
        assert_eq!((&shown["name"], &shown["git"]["codeRepositoryName"]), (&json!("4f5c6d7"), &json!("Rain")));
        // All of a list, or none.
        let twins = json!([{"name": "Hail"}, {"name": "Snow"}]);
        app.post(paths::models(project)).by(&ann).json(&twins).await.expect(409);
        let listed = app.get(paths::models(project)).by(&ann).await.expect(200).json();
        assert_eq!(listed["totalRecords"], 2);
        app.post(paths::models(project)).by(&ann).json(&json!([])).await.expect(400);
        let foreign = app.project(&ann, "Other").await;
        let refused = app.post(paths::models(foreign)).by(&ann).json(&list).await.expect(422).json();
        assert_eq!(refused["detail"][0]["loc"], json!(["body", "codeRepositoryId"]));
        // A definition outlives its code.
        let path = format!("{}/{}", paths::code(project), code["codeRepositoryId"].as_str().unwrap());
        app.delete(path).by(&ann).await.expect(204);
        assert_eq!(app.get(&first).by(&ann).await.expect(200).json()["git"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_project_is_made_and_changed_with_labels() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let new = json!({"name": "Weather", "labels": [{"scope": "problem-type", "name": "Clustering"}]});
        let made = app.put(paths::PROJECTS).by(&ann).json(&new).await.expect(201).json();
        let project = made["projectId"].as_str().unwrap().parse().unwrap();
        let path = paths::project(project);
        let shown = app.get(&path).by(&ann).await.expect(200).json();
        let label = shown["labels"][0].clone();
        assert_eq!(label["name"], "Clustering");
        let found = format!("{}?labelId={}", paths::PROJECTS, label["labelId"].as_str().unwrap());
        assert_eq!(app.get(&found).by(&ann).await.expect(200).json()["totalRecords"], 1);
        for (query, expected) in [
            ("labels=problem-type:Clustering", 1),
            ("labels%5B%5D=%7B%22scope%22%3A%22problem-type%22%2C%22name%22%3A%22Clustering%22%7D", 1),
            ("labels=problem-type:Clustering&labels=region:North", 0),
            (&format!("labels={}", label["labelId"].as_str().unwrap()), 1),
        ] {
            let listed = app.get(format!("{}?{query}", paths::PROJECTS)).by(&ann).await.expect(200).json();
            assert_eq!(listed["totalRecords"], expected, "{query}");
        }
        app.get(format!("{}?labels=x", paths::PROJECTS)).by(&ann).await.expect(422);
        app.put(&path).by(&ann).if_match(1).json(&json!({"name": "Rain"})).await.expect(200);
        let kept = app.get(&found).by(&ann).await.expect(200).json();
        assert_eq!(kept["projects"][0]["name"], "Rain");
        app.post(&path).by(&ann).if_match(2).json(&json!({"labels": []})).await.expect(200);
        assert_eq!(app.get(&found).by(&ann).await.expect(200).json()["totalRecords"], 0);
    })
    .await;
}

#[tokio::test]
async fn projects_of_a_person_are_for_herself_and_administrators() {
    on_each_app(|app: TestApp| async move {
        let (ann, bob, root) =
            (app.person("Ann").await, app.person("Bob").await, app.administrator("Root").await);
        let project = app.project(&ann, "Weather").await;
        app.store().set_member(project, bob.id, Role::Reporter).await.unwrap();
        let names = async |path: String, by: &Person| {
            let page = app.get(path).by(by).await.expect(200).json();
            let names = page["projects"].as_array().unwrap().iter();
            names.map(|project| project["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(names(paths::projects_of_user(bob.id), &bob).await.contains(&"Weather".to_owned()));
        assert_eq!(names(paths::projects_of_user(bob.id), &root).await.len(), 2);
        app.get(paths::projects_of_user(ann.id)).by(&bob).await.expect(404);
        let search =
            format!("{}?searchString=weath&ownerId={}", paths::projects_of_user_search(bob.id), ann.id);
        assert_eq!(names(search, &bob).await, ["Weather"]);
        app.get(paths::projects_of_user_search(ann.id)).by(&bob).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_repository_names_no_connection_of_somebody_else() {
    on_each_app(|app: TestApp| async move {
        let (ann, ben) = (app.person("Ann").await, app.person("Ben").await);
        let project = app.project(&ann, "Weather").await;
        let new = json!({"connectionName": "Git", "connectionProvider": "GitHub", "authMethod": "TOKEN", "token": "t"});
        let made = app.post(paths::user_connections(ben.id)).by(&ben).json(&new).await.expect(201);
        let foreign = made.json()["connectionId"].clone();
        let code = json!({"codeRepositoryName": "Rain", "uri": "https://github.com/example/rain.git",
            "connectionId": foreign});
        let refused = app.post(paths::code(project)).by(&ann).json(&code).await.expect(422);
        assert!(refused.text().contains("connectionId"), "{}", refused.text());
    })
    .await;
}
