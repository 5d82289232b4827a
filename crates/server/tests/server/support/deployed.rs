//! A deployment of a saved model, whose endpoint is a test's own.

use models::id::ProjectId;
use models::paths;
use serde_json::{Value, json};

use super::{Call, Person, TestApp};

/// A deployment that answers, and whoever made it.
pub(crate) struct Deployed {
    pub(crate) app: TestApp,
    pub(crate) ann: Person,
    pub(crate) project: ProjectId,
    /// Its path in the REST API.
    pub(crate) path: String,
}

impl Deployed {
    /// A deployment with an endpoint, of a mode; `null` where none was chosen.
    pub(crate) async fn new(app: TestApp, endpoint: &str, mode: Value) -> Self {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let model = json!({"name": "Rain", "uri": "s3://bucket/rain", "location": "S3"});
        let model = app.post(paths::saved_models(project)).by(&ann).json(&model).await.expect(201).json();
        let new = json!({"modelId": model["modelId"], "endpointUri": endpoint, "mode": mode});
        let made = app.post(paths::deployments(project)).by(&ann).json(&new).await.expect(201).json();
        let path = format!("{}/{}", paths::deployments(project), made["deploymentId"].as_str().unwrap());
        Self { app, ann, project, path }
    }

    /// Asks it for a prediction.
    pub(crate) fn ask(&self, request: &Value) -> Call {
        self.app.post(format!("{}/predict", self.path)).by(&self.ann).json(request)
    }

    /// What it was asked, the last first.
    pub(crate) async fn history(&self) -> Vec<Value> {
        let path = format!("{}/predictions", self.path);
        let page = self.app.get(path).by(&self.ann).await.expect(200).json();
        page["predictions"].as_array().unwrap().clone()
    }

    /// A prediction that it was asked for, with all that is kept of it.
    pub(crate) async fn kept(&self, id: &Value) -> Value {
        let path = format!("{}/predictions/{}", self.path, id.as_str().unwrap());
        self.app.get(path).by(&self.ann).await.expect(200).json()
    }
}
