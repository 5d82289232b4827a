//! Reading what an endpoint answers. It may be anybody's: nothing in it is trusted, and nothing of it but data is told.

use hyper::StatusCode;
use models::deployment::{Endpoint, PredictionResponse, ScoringProtocol};
use models::lenient::JsonObject;
use serde_json::Value;

use super::{has_too_many_values, kserve, lenient_json};
use crate::egress::Reply;

/// How much of a refusal is told, in characters.
const TOLD: usize = 500;

/// The prediction in an answer.
///
/// # Errors
/// Why there is none, and what to do.
pub(in crate::services) fn read(
    reply: &Reply,
    endpoint: Option<&Endpoint>,
) -> Result<PredictionResponse, String> {
    if !reply.status.is_success() {
        return Err(refusal(reply));
    }
    if has_too_many_values(&reply.body) {
        return Err("The endpoint answered with more values than are taken. Ask for fewer rows.".to_owned());
    }
    let value = lenient_json::read(&reply.body).map_err(|_| {
        format!(
            "The endpoint did not answer with JSON. Check that the address leads to where the model takes requests. {}",
            beginning(reply)
        )
    })?;
    let prediction = match value {
        Value::Object(prediction) => prediction,
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            under_predictions(other)
        }
    };
    let speaks_kserve = endpoint.is_some_and(|endpoint| endpoint.protocol == ScoringProtocol::KserveV2);
    if !speaks_kserve {
        return Ok(PredictionResponse(prediction));
    }
    let predictions = kserve::predictions(&prediction).ok_or(
        "The endpoint did not answer as KServe v2 says. Check what it speaks, and choose that under Edit.",
    )?;
    Ok(PredictionResponse(under_predictions(predictions)))
}

fn under_predictions(value: Value) -> JsonObject {
    JsonObject::from_iter([("predictions".to_owned(), value)])
}

fn refusal(reply: &Reply) -> String {
    let remedy = match reply.status {
        status if status.is_redirection() => {
            "Redirections are not followed. Enter the address that answers itself."
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "It wants to know who asks, which this server does not tell."
        }
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            "Check the address: MLflow takes requests at /invocations, KServe v2 at /v2/models/{name}/infer."
        }
        _ => "",
    };
    let told = format!("The endpoint answered with status {}. {remedy}", reply.status.as_u16());
    format!("{} {}", told.trim_end(), beginning(reply)).trim_end().to_owned()
}

/// The beginning of an answer that is no prediction, without what acts on a terminal or a database.
fn beginning(reply: &Reply) -> String {
    // A letter has at most four bytes.
    let bytes = reply.body.get(..TOLD * 4).unwrap_or(&reply.body);
    let text: String = String::from_utf8_lossy(bytes).chars().take(TOLD).collect();
    let words: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::HeaderMap;
    use serde_json::json;

    fn reply(status: u16, body: &'static str, protocol: Option<&str>) -> Result<Value, String> {
        let status = StatusCode::from_u16(status).unwrap();
        let reply = Reply { status, headers: HeaderMap::new(), created: None, body: body.into() };
        let endpoint =
            protocol.map(|protocol| Endpoint { protocol: protocol.to_owned().into(), model_name: None });
        read(&reply, endpoint.as_ref()).map(|prediction| Value::Object(prediction.0))
    }

    #[test]
    fn what_is_no_object_comes_under_predictions() {
        assert_eq!(reply(200, r#"{"predictions": [1]}"#, None), Ok(json!({"predictions": [1]})));
        assert_eq!(reply(200, "[1, NaN]", Some("MLflow")), Ok(json!({"predictions": [1, "NaN"]})));
    }

    #[test]
    fn an_answer_of_kserve_comes_under_predictions() {
        let outputs = r#"{"outputs": [{"name": "y", "shape": [2], "datatype": "FP32", "data": [1, NaN]}]}"#;
        assert_eq!(reply(200, outputs, Some("KServe v2")), Ok(json!({"predictions": [1, "NaN"]})));
        let told = reply(200, r#"{"predictions": [1]}"#, Some("KServe v2")).unwrap_err();
        assert!(told.contains("choose that under Edit"), "{told}");
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        for (status, body, expected) in [
            (400, "wrong column", "The endpoint answered with status 400. wrong column"),
            (500, "", "The endpoint answered with status 500."),
            (
                302,
                "",
                "The endpoint answered with status 302. Redirections are not followed. Enter the address that answers itself.",
            ),
            (503, "\u{1b}[31mred\0\r\nnews", "The endpoint answered with status 503. [31mred   news"),
        ] {
            assert_eq!(reply(status, body, None), Err(expected.to_owned()));
        }
        assert!(reply(404, "", None).unwrap_err().contains("/invocations"));
        assert!(reply(401, "", None).unwrap_err().contains("who asks"));
        assert!(reply(200, "<html>", None).unwrap_err().ends_with("<html>"));
    }
}
