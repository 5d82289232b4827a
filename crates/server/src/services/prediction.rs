//! Asking what a deployment predicts, over the one way out.

use std::borrow::Cow;
use std::time::Duration;

use hyper::Method;
use hyper::header::{self, HeaderMap, HeaderValue};
use models::deployment::{DeploymentInformation, Endpoint, PredictionRequest, PredictionResponse};
use models::lenient::JsonObject;

use super::{scoring, serving::not_here};
use crate::egress::{Egress, EgressError, Limits, Outbound, Target};
use crate::error::Error;

/// A model may think for a while; its answer is a table at most.
const LIMITS: Limits = Limits { total: Duration::from_secs(60), body: 10 * 1024 * 1024 };

/// What the endpoint of a deployment predicts. Nothing of the caller goes along but what is to be predicted.
///
/// # Errors
/// [`Error::Conflict`] when the deployment cannot be asked; [`Error::BadRequest`] when what is asked cannot be said in the
/// endpoint's protocol; [`Error::FailedDependency`] when its endpoint does not answer, or not with a prediction.
pub async fn predict(
    egress: &Egress,
    deployment: &DeploymentInformation,
    asked: &PredictionRequest,
) -> Result<PredictionResponse, Error> {
    if let Some(reason) = deployment.status.why_not_predict() {
        return Err(Error::Conflict(reason.to_owned()));
    }
    let endpoint = Endpoint::of(deployment.mode.as_ref());
    let (target, body) = sent(egress, deployment, endpoint.as_ref(), asked)?;
    let outbound = Outbound {
        method: Method::POST,
        target,
        headers: headers(),
        body: serde_json::to_vec(&body).map_err(Error::internal)?.into(),
    };
    let reply = egress.fetch(outbound, LIMITS).await.map_err(refusal)?;
    scoring::read(&reply, endpoint.as_ref()).map_err(Error::FailedDependency)
}

/// All headers that go along.
fn headers() -> HeaderMap {
    let json = HeaderValue::from_static("application/json");
    HeaderMap::from_iter([(header::CONTENT_TYPE, json.clone()), (header::ACCEPT, json)])
}

/// Where what is asked goes, and in what words: where its endpoint says, or to this machine where the server serves it
/// itself.
fn sent<'a>(
    egress: &Egress,
    deployment: &'a DeploymentInformation,
    endpoint: Option<&Endpoint>,
    asked: &'a PredictionRequest,
) -> Result<(Target, Cow<'a, JsonObject>), Error> {
    if deployment.is_local() {
        let elsewhere = || Error::Conflict(not_here(deployment));
        let target =
            egress.served().target(deployment.deployment_id, "/invocations").ok_or_else(elsewhere)?;
        return Ok((target, scoring::in_mlflow(asked).map_err(Error::BadRequest)?));
    }
    let Some(address) = &deployment.endpoint_uri else {
        return Err(Error::Conflict("This deployment has no endpoint. Enter where it answers.".to_owned()));
    };
    let sent = scoring::request(endpoint, address, asked).map_err(Error::BadRequest)?;
    Ok((egress.target(&sent.address).map_err(refusal)?, sent.body))
}

fn refusal(error: EgressError) -> Error {
    let remedy = match error {
        EgressError::Address(_) => "",
        EgressError::Failed => {
            " Check that it runs and that its address is right, and that it answers within a minute with at most 10 MiB."
        }
    };
    Error::FailedDependency(format!("The endpoint of this deployment cannot be asked: {error}.{remedy}"))
}
