//! Stores a project of the demonstration with its repositories.

use models::id::{
    CodeRepositoryId, DataRepositoryId, ExperimentRepositoryId, ModelRepositoryId, ProjectId, UserId,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::plan::ProjectPlan;
use crate::error::Error;
use crate::state::AppState;

/// A stored project: where each thing of the plan went.
pub(super) struct Stored {
    pub(super) id: ProjectId,
    pub(super) code: Vec<CodeRepositoryId>,
    pub(super) data: Vec<DataRepositoryId>,
    pub(super) models: Vec<ModelRepositoryId>,
    /// MLflow's ids.
    pub(super) experiments: Vec<i64>,
    pub(super) experiment_ids: Vec<ExperimentRepositoryId>,
}

/// A request as a client would write it, with all checks of the contract.
pub(super) fn request<T: DeserializeOwned>(body: Value) -> Result<T, Error> {
    serde_json::from_value(body).map_err(Error::internal)
}

/// A checked text.
pub(super) fn checked<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    request(Value::from(text))
}

pub(super) async fn create(state: &AppState, owner: UserId, plan: &ProjectPlan) -> Result<Stored, Error> {
    let store = state.store();
    let new = request(json!({
        "name": plan.name, "executiveSummary": plan.summary,
        "detailedDescription": plan.description, "public": plan.public,
    }))?;
    let id = store.create_project(owner, new, None).await?;
    let labels = plan.labels.iter().map(|(scope, name)| json!({"scope": scope, "name": name})).collect();
    store.set_project_labels(id, request(Value::Array(labels))?).await?;
    let mut stored = Stored {
        id,
        code: vec![],
        data: vec![],
        models: vec![],
        experiments: vec![],
        experiment_ids: vec![],
    };
    for code in plan.code {
        let new = json!({"codeRepositoryName": code.name, "uri": code.uri, "description": code.description});
        stored.code.push(store.create_code_repository(id, request(new)?).await?.code_repository_id);
    }
    for data in plan.data {
        let versions: Value =
            data.versions.iter().map(|(name, commit)| ((*name).to_owned(), Value::from(*commit))).collect();
        let new = json!({
            "dataRepositoryName": data.name, "uri": data.uri, "description": data.description,
            "isDvcEnabled": data.dvc, "versions": versions,
        });
        stored.data.push(store.create_data_repository(id, request(new)?).await?.data_repository_id);
    }
    for model in plan.models {
        let code = stored.code.get(model.code);
        let new = json!({
            "name": model.name, "description": model.description, "codeRepositoryId": code, "branch": "main",
        });
        stored.models.push(store.create_model_repository(id, request(new)?).await?.model_repository_id);
    }
    for name in plan.experiments {
        let made = store.create_experiment(id, (*name).to_owned(), None, Vec::new()).await?;
        stored.experiments.push(made.number);
        stored.experiment_ids.push(made.repository.experiment_repository_id);
    }
    Ok(stored)
}
