//! How much of the disk a project may take.

use crate::support::{Call, Person, TestApp, on_each_database};
use models::{id::ProjectId, paths, token::TokenScope};
use serde_json::{Value, json};
use server::blobs::{BlobError, Expected};

const QUOTA: u64 = 10;

/// A run in a project of its owner that may have [`QUOTA`] bytes.
struct Scene {
    app: TestApp,
    ann: Person,
    token: String,
    root: String,
}

impl Scene {
    async fn new(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let token = ann.token(&app, &[TokenScope::Mlflow], None).await;
        let create = format!("{}/api/2.0/mlflow/runs/create", paths::TRACKING);
        let made = app.post(create).bearer(&token).json(&json!({})).await.expect(200).json();
        let root = made["run"]["info"]["artifact_uri"].as_str().unwrap().replace("mlflow-artifacts:/", "");
        Self { app, ann, token, root }
    }

    fn at(&self, name: &str) -> String {
        format!("/tracking/api/2.0/mlflow-artifacts/artifacts/{}/{name}", self.root)
    }

    /// Sends bytes whose number is said before they arrive.
    fn put(&self, name: &str, bytes: &'static str) -> Call {
        self.put_unsaid(name, bytes).header("content-length", &bytes.len().to_string())
    }

    /// Sends bytes without saying how many.
    fn put_unsaid(&self, name: &str, bytes: &'static str) -> Call {
        self.app.put(self.at(name)).bearer(&self.token).body("application/octet-stream", bytes)
    }

    async fn delete(&self, name: &str) {
        self.app.delete(self.at(name)).bearer(&self.token).await.expect(200);
    }
}

async fn with_quota<F: Future<Output = ()>>(test: impl Fn(Scene) -> F) {
    on_each_database(|store| async {
        test(Scene::new(TestApp::new(store, |settings| settings.quota = Some(QUOTA))).await).await;
    })
    .await;
}

#[track_caller]
fn is_full(answer: &Value) {
    assert_eq!(answer["error_code"], "RESOURCE_LIMIT_EXCEEDED", "{answer}");
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("10 bytes in all") && message.contains("Delete some"), "{message}");
}

#[tokio::test]
async fn a_project_takes_as_much_as_it_may_and_no_more() {
    with_quota(|scene| async move {
        scene.put("a", "sixsix").await.expect(200);
        is_full(&scene.put("b", "fives").await.expect(507).json());
        scene.put("b", "four").await.expect(200);
        is_full(&scene.put("c", "1").await.expect(507).json());
        scene.put("empty", "").await.expect(200);
        scene.delete("a").await;
        scene.put("c", "fives").await.expect(200);
        scene.put("d", "1").await.expect(200);
        is_full(&scene.put_unsaid("e", "1").await.expect(507).json());
    })
    .await;
}

#[tokio::test]
async fn what_does_not_say_its_length_gets_the_rest_of_the_room() {
    with_quota(|scene| async move {
        scene.put_unsaid("a", "fives").await.expect(200);
        is_full(&scene.put_unsaid("b", "sixsix").await.expect(507).json());
        scene.put_unsaid("b", "fives").await.expect(200);
        scene.app.get(scene.at("b")).bearer(&scene.token).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn what_is_arriving_has_its_room() {
    with_quota(|scene| async move {
        let (rooms, store) = (scene.app.state().rooms(), scene.app.store());
        let project: ProjectId = scene.ann.personal_project;
        let first = rooms.take(store, project, Expected::Exactly(6)).await.unwrap();
        let second = rooms.take(store, project, Expected::Exactly(5)).await;
        assert!(matches!(second, Err(BlobError::OverQuota { limit: QUOTA })));
        let other = ProjectId(uuid::Uuid::new_v4());
        assert!(
            rooms.take(store, other, Expected::Exactly(QUOTA)).await.is_ok(),
            "another project has its own"
        );
        drop(first);
        assert!(rooms.take(store, project, Expected::Exactly(QUOTA)).await.is_ok(), "it was given back");
    })
    .await;
}

#[tokio::test]
async fn images_count_too() {
    with_quota(|scene| async move {
        let project = scene.ann.personal_project;
        let new = json!({"name": "Rain", "uri": "s3://bucket/rain", "location": "S3"});
        let made =
            scene.app.post(paths::saved_models(project)).by(&scene.ann).json(&new).await.expect(201).json();
        let model = serde_json::from_value(made["modelId"].clone()).unwrap();
        let image = |bytes: &'static str| {
            let call = scene.app.put(paths::saved_model_image(project, model)).by(&scene.ann);
            call.body("application/gzip", bytes)
        };
        let refused = image("eleven char").await.expect(507).json();
        assert_eq!(refused["code"], "insufficient_storage", "{refused}");
        image("sixsix").await.expect(204);
        is_full(&scene.put("a", "fives").await.expect(507).json());
        scene.put("a", "four").await.expect(200);
    })
    .await;
}
