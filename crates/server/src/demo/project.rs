//! Stores a project of the demonstration with its repositories and, after its runs, its models.

use models::id::{CodeRepositoryId, DataRepositoryId, ModelRepositoryId, ProjectId, UserId};
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
    let mut stored = Stored { id, code: vec![], data: vec![], models: vec![], experiments: vec![] };
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
        stored
            .experiments
            .push(store.create_experiment(id, (*name).to_owned(), None, Vec::new()).await?.number);
    }
    Ok(stored)
}

/// Saves models from the runs that the plan names, and deploys them.
pub(super) async fn publish_models(
    state: &AppState,
    stored: &Stored,
    plan: &ProjectPlan,
) -> Result<(), Error> {
    let store = state.store();
    let mut saved_models = Vec::new();
    for saved in plan.saved {
        let run = super::runs::id(plan, saved.run);
        let model = stored.models.get(saved.model);
        let new = json!({"name": saved.name, "runId": run, "modelRepositoryId": model});
        saved_models.push(store.create_saved_model(stored.id, request(new)?).await?.model_id);
    }
    for deployment in plan.deployments {
        let new = json!({
            "name": deployment.name, "modelId": saved_models.get(deployment.saved), "cronString": deployment.cron,
            "resources": {"Queue": "batch", "Nodes": 1, "Runtime": "1h"},
            "endpointUri": deployment.running.then_some("https://models.example.org/v2"),
        });
        store.create_deployment(stored.id, request(new)?).await?;
    }
    Ok(())
}
