//! Checks of runs before they are started.

use crate::support::git_host::GitHost;
use crate::support::unicore_site::TOKEN;
use crate::support::{Person, TestApp, UnicoreSite, on_each_database};
use models::id::ProjectId;
use models::paths;
use serde_json::{Value, json};
use server::egress::HostPort;
use server::store::Store;

const ML_PROJECT: &str =
    "entry_points:\n  main:\n    parameters:\n      alpha: float\n    command: python train.py\n";
const NOWHERE: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

struct Scene {
    app: TestApp,
    ann: Person,
    project: ProjectId,
    /// A run that can be started.
    run: Value,
}

impl Scene {
    async fn new(app: TestApp, host: &GitHost, site: &UnicoreSite) -> Self {
        host.add("wine", &[("MLproject", ML_PROJECT)]);
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Wine").await;
        let made =
            async |path: String, body: Value| app.post(path).by(&ann).json(&body).await.expect(201).json();
        let code = json!({"codeRepositoryName": "wine", "uri": host.url("wine")});
        let code = made(paths::code(project), code).await;
        let experiment = made(paths::experiments(project), json!({"name": "tasting"})).await;
        let connection = json!({
            "connectionName": "JUWELS", "connectionProvider": "UNICORE", "authMethod": "TOKEN", "token": TOKEN,
            "uri": site.url(),
        });
        let connection = made(paths::user_connections(ann.id), connection).await;
        let run = json!({
            "name": "first", "experimentRepositoryId": experiment["experimentRepositoryId"],
            "codeRepositoryId": code["codeRepositoryId"], "branch": "main", "mlflowParameters": {"alpha": 0.5},
            "connectionId": connection["connectionId"],
            "backendConfig": {"UnicoreApiUrl": site.url(), "Resources": {"Queue": "devel"}},
        });
        Self { app, ann, project, run }
    }

    /// The findings about the run with these changes: fields and messages.
    async fn check(&self, changes: Value) -> Vec<(String, String)> {
        let mut run = self.run.clone();
        run.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let answer = self.app.post(paths::runs_check(self.project)).by(&self.ann).json(&run).await;
        let answer = answer.expect(200).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let finding = |own: &Value| {
            let loc: Vec<_> = own["loc"].as_array().unwrap().iter().skip(1).map(text).collect();
            (format!("{} {}", text(&own["severity"]), loc.join(".")), text(&own["msg"]))
        };
        answer["findings"].as_array().unwrap().iter().map(finding).collect()
    }

    #[track_caller]
    fn says(found: &[(String, String)], field: &str, part: &str) {
        assert!(found.iter().any(|(own, message)| own == field && message.contains(part)), "{found:?}");
    }
}

/// A server that may ask these places, and knows where it is reached.
fn app(store: Store, places: Vec<HostPort>) -> TestApp {
    TestApp::new(store, |settings| {
        settings.allow_egress = places;
        settings.public_url = Some("https://console.example.org".parse().unwrap());
    })
}

#[tokio::test]
async fn a_check_looks_at_all_that_a_run_names_and_makes_nothing() {
    on_each_database(|store| async {
        let (host, site) = (GitHost::new().await, UnicoreSite::new().await);
        let app = app(store, vec![host.place.clone(), site.place.clone()]);
        let scene = Scene::new(app, &host, &site).await;
        assert_eq!(scene.check(json!({})).await, []);
        for (changes, field, part) in [
            (json!({"branch": "nowhere"}), "error branch", ""),
            (json!({"mlflowMlprojectFilePath": "deep"}), "error mlflowMlprojectFilePath", "deep"),
            (json!({"entryPoint": "train"}), "error entryPoint", "choose main"),
            (json!({"mlflowParameters": {}}), "error mlflowParameters.alpha", "enter a value"),
            (json!({"codeRepositoryId": NOWHERE}), "error codeRepositoryId", "of this project"),
            (json!({"experimentRepositoryId": NOWHERE}), "error experimentRepositoryId", "of this project"),
            (json!({"dataRepositoryId": NOWHERE}), "error dataRepositoryId", "of this project"),
            (json!({"connectionId": NOWHERE}), "error connectionId", "of your own"),
            (
                json!({"backendConfig": {"UnicoreApiUrl": "u", "Resources": {}}}),
                "error backendConfig.Resources.Queue",
                "Queue",
            ),
        ] {
            Scene::says(&scene.check(changes).await, field, part);
        }
        let runs = scene.app.get(paths::runs(scene.project)).by(&scene.ann).await.expect(200).json();
        assert_eq!(runs["totalRecords"], 0);
    })
    .await;
}

#[tokio::test]
async fn code_that_does_not_answer_is_no_reason_to_wait() {
    on_each_database(|store| async {
        let (host, site) = (GitHost::new().await, UnicoreSite::new().await);
        // The server may not go to the code.
        let app = app(store, vec![site.place.clone()]);
        let scene = Scene::new(app, &host, &site).await;
        let found = scene.check(json!({})).await;
        Scene::says(&found, "warning codeRepositoryId", "could not be checked");
        assert!(found.iter().all(|(field, _)| !field.starts_with("error")), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_connection_opens_nothing() {
    on_each_database(|store| async {
        let (host, site) = (GitHost::new().await, UnicoreSite::new().await);
        let app = app(store, vec![host.place.clone(), site.place.clone()]);
        let mut scene = Scene::new(app, &host, &site).await;
        let eve = scene.app.person("Eve").await;
        let connection = json!({
            "connectionName": "Mine", "connectionProvider": "SSH", "authMethod": "TOKEN", "token": "secret",
        });
        let made = scene
            .app
            .post(paths::user_connections(eve.id))
            .by(&eve)
            .json(&connection)
            .await
            .expect(201)
            .json();
        let found = scene.check(json!({"connectionId": made["connectionId"]})).await;
        Scene::says(&found, "error connectionId", "of your own");
        // One's own, but for another machine.
        let made = scene
            .app
            .post(paths::user_connections(scene.ann.id))
            .by(&scene.ann)
            .json(&connection)
            .await
            .expect(201)
            .json();
        scene.run["connectionId"] = made["connectionId"].clone();
        Scene::says(&scene.check(json!({})).await, "error connectionId", "UNICORE");
    })
    .await;
}

#[tokio::test]
async fn the_site_is_asked_whether_it_would_take_the_run() {
    on_each_database(|store| async {
        let (host, site) = (GitHost::new().await, UnicoreSite::new().await);
        let app = app(store, vec![host.place.clone(), site.place.clone()]);
        let scene = Scene::new(app, &host, &site).await;
        let at = |url: &str, queue: &str| json!({"backendConfig": {"UnicoreApiUrl": url, "Resources": {"Queue": queue}}});
        let found = scene.check(at(&site.url(), "gold")).await;
        Scene::says(&found, "error backendConfig.Resources.Queue", "it has batch, devel");
        let found = scene.check(at(&format!("{}/wrong", site.url()), "devel")).await;
        Scene::says(&found, "error backendConfig.UnicoreApiUrl", "no UNICORE at this path");
        let found = scene.check(at("https://other.example.org/rest/core", "devel")).await;
        Scene::says(&found, "error backendConfig.UnicoreApiUrl", "another host");
        site.break_with(Some(503));
        let found = scene.check(json!({})).await;
        Scene::says(&found, "warning backendConfig.UnicoreApiUrl", "does not answer just now");
        site.break_with(None);
        site.accept("another token");
        Scene::says(&scene.check(json!({})).await, "error connectionId", "refuses these credentials");
        site.go_away();
        let found = scene.check(json!({})).await;
        Scene::says(&found, "warning backendConfig.UnicoreApiUrl", "does not answer just now");
        assert!(found.iter().all(|(field, _)| !field.starts_with("error")), "{found:?}");
    })
    .await;
}
