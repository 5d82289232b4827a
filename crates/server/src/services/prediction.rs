//! Asking what a deployment predicts, over the one way out.

use std::time::Duration;

use hyper::Method;
use hyper::header::{self, HeaderMap, HeaderValue};
use models::deployment::{DeploymentInformation, PredictionRequest, PredictionResponse};
use models::lenient::JsonObject;
use serde_json::Value;

use super::serving::not_here;
use crate::egress::{Egress, EgressError, Limits, Outbound, Reply, Target};
use crate::error::Error;

/// A model may think for a while; its answer is a table at most.
const LIMITS: Limits = Limits { total: Duration::from_secs(25), body: 4 * 1024 * 1024 };
/// How much of a refusal is told, in characters.
const TOLD: usize = 500;

/// What the endpoint of a deployment predicts. Nothing of the caller goes along but what is to be predicted.
///
/// # Errors
/// [`Error::Conflict`] when the deployment cannot be asked; [`Error::FailedDependency`] when its endpoint does not
/// answer, or not with a prediction.
pub async fn predict(
    egress: &Egress,
    deployment: &DeploymentInformation,
    asked: &PredictionRequest,
) -> Result<PredictionResponse, Error> {
    if let Some(reason) = deployment.status.why_not_predict() {
        return Err(Error::Conflict(reason.to_owned()));
    }
    let target = target(egress, deployment)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let outbound = Outbound {
        method: Method::POST,
        target,
        headers,
        body: serde_json::to_vec(asked).map_err(Error::internal)?.into(),
    };
    read(&egress.fetch(outbound, LIMITS).await.map_err(refusal)?)
}

/// Where a deployment answers: where its endpoint says, or on this machine where the server serves it itself.
fn target(egress: &Egress, deployment: &DeploymentInformation) -> Result<Target, Error> {
    if deployment.is_local() {
        let elsewhere = || Error::Conflict(not_here(deployment));
        return egress.served().target(deployment.deployment_id, "/invocations").ok_or_else(elsewhere);
    }
    let Some(endpoint) = &deployment.endpoint_uri else {
        return Err(Error::Conflict("This deployment has no endpoint. Enter where it answers.".to_owned()));
    };
    egress.target(endpoint).map_err(refusal)
}

fn refusal(error: EgressError) -> Error {
    Error::FailedDependency(format!("The endpoint of this deployment cannot be asked: {error}."))
}

fn read(reply: &Reply) -> Result<PredictionResponse, Error> {
    if !reply.status.is_success() {
        let told: String = String::from_utf8_lossy(&reply.body).chars().take(TOLD).collect();
        let status = reply.status.as_u16();
        return Err(Error::FailedDependency(format!("The endpoint answered with status {status}. {told}")));
    }
    match serde_json::from_slice(&reply.body) {
        Ok(Value::Object(prediction)) => Ok(PredictionResponse(prediction)),
        Ok(other) => Ok(PredictionResponse(JsonObject::from_iter([("predictions".to_owned(), other)]))),
        Err(_) => Err(Error::FailedDependency("The endpoint did not answer with JSON.".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::StatusCode;
    use serde_json::json;

    fn reply(status: StatusCode, body: &'static str) -> Result<Value, Error> {
        let reply = Reply { status, headers: HeaderMap::new(), body: body.into() };
        read(&reply).map(|prediction| Value::Object(prediction.0))
    }

    #[test]
    fn what_is_no_object_comes_under_predictions() {
        assert_eq!(reply(StatusCode::OK, r#"{"predictions": [1]}"#), Ok(json!({"predictions": [1]})));
        assert_eq!(reply(StatusCode::OK, "[1, 2]"), Ok(json!({"predictions": [1, 2]})));
    }

    #[test]
    fn a_refusal_is_told_and_what_is_no_json_is_none() {
        let Err(Error::FailedDependency(told)) = reply(StatusCode::BAD_REQUEST, "wrong column") else {
            panic!("no refusal")
        };
        assert_eq!(told, "The endpoint answered with status 400. wrong column");
        assert!(reply(StatusCode::OK, "<html>").is_err());
    }
}
