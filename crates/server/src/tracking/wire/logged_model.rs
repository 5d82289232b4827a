//! Logged models as MLflow's clients see them.

use models::run::KeyValue;
use serde::Serialize;
use uuid::Uuid;

use crate::store::LoggedModel;

/// A logged model.
#[derive(Debug, Clone, Serialize)]
pub(in crate::tracking) struct LoggedModelBody {
    info: LoggedModelInfo,
    data: LoggedModelData,
}

#[derive(Debug, Clone, Serialize)]
struct LoggedModelInfo {
    model_id: String,
    experiment_id: String,
    name: String,
    creation_timestamp_ms: i64,
    last_updated_timestamp_ms: i64,
    artifact_uri: String,
    status: String,
    model_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_run_id: Option<String>,
    tags: Vec<KeyValue>,
}

#[derive(Debug, Clone, Serialize)]
struct LoggedModelData {
    params: Vec<KeyValue>,
}

impl LoggedModelBody {
    pub(in crate::tracking) fn new(model: LoggedModel, experiment_id: String) -> Self {
        let id = external_model_id(model.id);
        let info = LoggedModelInfo {
            artifact_uri: format!("mlflow-artifacts:/{}/models/{id}/artifacts", model.experiment_number),
            model_id: id,
            experiment_id,
            name: model.name,
            creation_timestamp_ms: model.created_at.0,
            last_updated_timestamp_ms: model.updated_at.0,
            status: model.status,
            model_type: model.model_type,
            source_run_id: model.run.map(models::id::RunId::mlflow),
            tags: model.tags,
        };
        Self { info, data: LoggedModelData { params: model.parameters } }
    }
}

/// The id of a logged model as MLflow spells it.
pub(in crate::tracking) fn external_model_id(id: Uuid) -> String {
    format!("m-{}", id.simple())
}

/// The id that MLflow spells so.
pub(in crate::tracking) fn model_id(text: &str) -> Option<Uuid> {
    text.strip_prefix("m-").filter(|digits| digits.len() == 32)?.parse().ok()
}
