//! Predictions that are asked for, and kept.

use std::time::Instant;

use models::deployment::{
    DeploymentInformation, KeptText, PredictionOutcome, PredictionRequest, PredictionResponse,
};
use models::id::{DeploymentId, ProjectId, UserId};

use super::predict;
use crate::AppState;
use crate::error::Error;
use crate::store::NewPrediction;

/// Who asks a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A person.
    Person(UserId),
    /// The schedule of the deployment, in the name of a person.
    Schedule(UserId),
}

/// What a deployment is asked, and by whom.
#[derive(Debug)]
pub struct Question {
    /// The project of the deployment.
    pub project: ProjectId,
    /// What is asked.
    pub deployment: DeploymentInformation,
    /// Who asks.
    pub asker: Asker,
    /// What is to be predicted.
    pub asked: PredictionRequest,
}

/// What a deployment predicts; what was asked and answered is kept. It is seen through to its end though the caller goes
/// away, so that everything that was sent is kept. Until then `place` is held, hers among those who ask it at once.
///
/// # Errors
/// As [`predict`]; what was not sent is not kept.
pub async fn predict_and_keep<P: Send + 'static>(
    state: &AppState,
    question: Question,
    place: P,
) -> Result<PredictionResponse, Error> {
    let state = state.clone();
    let work = async move {
        let result = see_through(&state, question).await;
        drop(place);
        result
    };
    tokio::spawn(work).await.map_err(Error::internal)?
}

async fn see_through(state: &AppState, question: Question) -> Result<PredictionResponse, Error> {
    let Question { project, deployment, asker, asked } = question;
    let (at, start) = (crate::clock::now(), Instant::now());
    let result = predict(state.egress(), &deployment, &asked).await;
    let duration = start.elapsed();
    let (outcome, answer) = match &result {
        Ok(answer) => (PredictionOutcome::Answered, serde_json::to_string(answer).map_err(Error::internal)?),
        Err(Error::FailedDependency(reason)) => (PredictionOutcome::Failed, reason.clone()),
        // It was not sent.
        Err(_) => return result,
    };
    let (user, is_scheduled) = match asker {
        Asker::Person(user) => (user, false),
        Asker::Schedule(user) => (user, true),
    };
    let request = KeptText::of(serde_json::to_string(&asked).map_err(Error::internal)?);
    let answer = KeptText::of(answer);
    let new = NewPrediction { user, is_scheduled, at, duration, outcome, request, answer };
    keep(state, project, deployment.deployment_id, new).await;
    result
}

/// Keeps what was asked. Whoever asked gets her answer also where that fails.
async fn keep(state: &AppState, project: ProjectId, deployment: DeploymentId, new: NewPrediction) {
    if let Err(error) = state.store().keep_prediction(project, deployment, new).await {
        tracing::warn!(%deployment, %error, "cannot keep what a deployment was asked");
    }
}
