//! Stores the saved models of a project of the demonstration, what answers with them, and what that was asked.

use std::time::Duration;

use models::deployment::{
    DeploymentInformation, DeploymentStatus, KeptText, LocalMode, NewDeployment, PredictionOutcome,
};
use models::id::{DeploymentId, ProjectId, SavedModelId, UserId};
use models::time::UnixMillis;
use serde_json::{Value, json};
use uuid::Uuid;

use super::plan::{AskedPlan, DeploymentPlan, ProjectPlan, WayPlan};
use super::project::{Stored, request};
use crate::error::Error;
use crate::state::AppState;
use crate::store::{NewPrediction, ServingHost, StoreError, Tender};

const HOUR: i64 = 3_600_000;

/// What a model printed while it was served.
const LOG: &str = "\
INFO mlflow.pyfunc.backend: === Running command 'exec uvicorn mlflow.pyfunc.scoring_server.app:app'
INFO:     Started server process
INFO:     Waiting for application startup.
INFO:     Application startup complete.
INFO:     127.0.0.1 - \"POST /invocations HTTP/1.1\" 200 OK
INFO:     Shutting down
INFO:     Finished server process
";

/// Saves models from the runs that the plan names, and deploys them.
pub(super) async fn create(
    state: &AppState,
    stored: &Stored,
    plan: &ProjectPlan,
    owner: UserId,
    now: UnixMillis,
) -> Result<(), Error> {
    let store = state.store();
    let mut saved_models = Vec::new();
    for saved in plan.saved {
        let run = super::runs::id(plan, saved.run);
        let model = stored.models.get(saved.model);
        let new = json!({
            "name": saved.name, "runId": run, "modelRepositoryId": model, "imageReference": saved.image,
        });
        saved_models.push(store.create_saved_model(stored.id, request(new)?).await?.model_id);
    }
    for deployment in plan.deployments {
        let new = described(deployment, saved_models.get(deployment.saved))?;
        let ids = store.add_owned::<DeploymentInformation>(stored.id, Some(owner), vec![new], None).await?;
        let id = ids.first().copied().ok_or(StoreError::NotFound)?;
        if matches!(deployment.way, WayPlan::Stopped) {
            serve(state, stored.id, id, owner).await?;
        }
        for asked in deployment.asked {
            store.keep_prediction(stored.id, id, kept(asked, owner, now)).await?;
        }
    }
    Ok(())
}

fn described(plan: &DeploymentPlan, model: Option<&SavedModelId>) -> Result<NewDeployment, Error> {
    let (mode, uri) = match plan.way {
        WayPlan::Described => (Value::Null, None),
        WayPlan::Endpoint { protocol, uri } => {
            (json!({"name": "Endpoint", "values": {"protocol": protocol}}), Some(uri))
        }
        WayPlan::Stopped => {
            (json!({"name": LocalMode::NAME, "values": {"environment": "server", "workers": 1}}), None)
        }
    };
    let is_local = matches!(plan.way, WayPlan::Stopped);
    let resources = json!({"Queue": "batch", "Nodes": 1, "Runtime": "1h"});
    let first = plan.asked.first().map(|asked| serde_json::from_str::<Value>(asked.request));
    request(json!({
        "name": plan.name, "modelId": model, "cronString": plan.cron, "mode": mode, "endpointUri": uri,
        "resources": (!is_local).then_some(resources),
        "scheduledRequest": first.transpose().map_err(Error::internal)?,
    }))
}

/// Notes that the server served a deployment and stopped; no process is started for it.
async fn serve(state: &AppState, project: ProjectId, id: DeploymentId, by: UserId) -> Result<(), Error> {
    let store = state.store();
    let owner = Uuid::new_v4();
    // A place that no server has: none sees to it.
    let tender = Tender { place: Uuid::new_v4(), owner };
    let host = ServingHost { tender, machine: "demonstration".to_owned(), most: 1 };
    store.start_deployment(project, id, by, host).await?;
    store.begin_serving(id, owner, 0).await?;
    store.serving_started(id, owner, crate::clock::now()).await?;
    store.serving_ready(id, owner).await?;
    store.append_serving_log(id, owner, 0, LOG.as_bytes().to_vec()).await?;
    store.stop_deployment(project, id, by).await?;
    store.end_serving(id, owner, DeploymentStatus::Stopped, None).await?;
    Ok(())
}

fn kept(asked: &AskedPlan, user: UserId, now: UnixMillis) -> NewPrediction {
    let (outcome, answer) = match asked.answer {
        Ok(answer) => (PredictionOutcome::Answered, answer),
        Err(reason) => (PredictionOutcome::Failed, reason),
    };
    NewPrediction {
        user,
        is_scheduled: asked.is_scheduled,
        at: UnixMillis(now.0 - asked.age * HOUR),
        duration: Duration::from_millis(asked.duration),
        outcome,
        request: KeptText::of(asked.request.to_owned()),
        answer: KeptText::of(answer.to_owned()),
    }
}
