//! What the OpenAPI document says of types whose schema is not derived plainly.

use serde_json::Value;
use utoipa::PartialSchema;

use models::code::EntryPointParameter;
use models::deployment::{NewDeployment, PredictionRequest};
use models::model::NewSavedModel;

#[test]
fn what_mends_its_input_is_described_by_its_own_fields() {
    check::<NewSavedModel>(&[
        "connectionId",
        "imageReference",
        "location",
        "mlflowParameters",
        "modelRepositoryId",
        "name",
        "runId",
        "uri",
    ]);
    check::<NewDeployment>(&[
        "connectionId",
        "cronString",
        "endpointUri",
        "mode",
        "modelId",
        "name",
        "resources",
        "scheduledRequest",
        "timeZone",
    ]);
    check::<EntryPointParameter>(&["default", "name", "required", "type"]);
}

#[test]
fn a_prediction_is_described_as_an_object() {
    assert_eq!(schema::<PredictionRequest>()["type"], "object");
}

#[track_caller]
fn check<T: PartialSchema>(expected: &[&str]) {
    let schema = schema::<T>();
    let mut names: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, expected);
}

fn schema<T: PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap()
}
