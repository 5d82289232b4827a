//! The JSON of `models::deployment` and of its resources.

use models::backend_config::Resources;
use models::deployment::{
    AskedPrediction, ChosenMode, CreatedDeployment, DeploymentEvent, DeploymentInformation, DeploymentMode,
    DeploymentPatch, DeploymentStatus, KeptPrediction, NewDeployment, PackagedDeployment, PredictionRequest,
    PredictionResponse,
};
use serde_json::{Value, json};

use crate::model::saved_model;
use crate::support::{ID, OTHER_ID, is_mended, is_refused, travels, user, with, without};

fn deployment() -> Value {
    json!({
        "deploymentId": ID, "name": "Forecast", "modelId": ID, "model": saved_model(),
        "connection": {"connectionId": OTHER_ID, "connectionName": "JUWELS", "connectionProvider": "UNICORE"},
        "connectionId": OTHER_ID, "resources": {"Queue": "devel", "Nodes": 2}, "cronString": "0 2 * * 1",
        "timeZone": "Europe/Berlin", "paused": false, "scheduledRequest": {"x": {"0": 1.5}}, "nextTimes": [1, 2],
        "mode": {"name": "HPC", "values": {"queue": "devel"}}, "endpointUri": null, "status": "CREATED",
        "createdAt": 1, "updatedAt": 2, "version": 1,
    })
}

#[test]
fn a_deployment_travels_with_its_model_and_without_secrets() {
    travels::<DeploymentInformation>(deployment());
    travels::<DeploymentInformation>(with(
        deployment(),
        json!({
            "model": null, "connection": null, "connectionId": null, "resources": null, "cronString": null, "mode": null,
            "scheduledRequest": null, "endpointUri": "https://example.org/invocations", "status": "SCALED_TO_ZERO",
        }),
    ));
}

#[test]
fn a_deployment_that_is_served_says_how_it_is_doing() {
    let serving = json!({
        "reason": "It ended with exit code 1.", "isStopping": false, "needsRestart": true, "machine": "node1",
        "readyAt": null,
    });
    travels::<DeploymentInformation>(with(deployment(), json!({"serving": serving})));
    travels::<DeploymentEvent>(json!({"at": 1, "status": "FAILED", "person": null, "reason": "It ended."}));
}

#[test]
fn the_misspelled_id_of_2022_is_read() {
    is_mended::<CreatedDeployment>(json!({"deplyomentId": ID}), json!({"deploymentId": ID}));
    is_mended::<DeploymentInformation>(
        with(without(deployment(), "deploymentId"), json!({"deplyomentId": ID})),
        deployment(),
    );
}

#[test]
fn a_status_that_is_not_known_is_kept_and_cannot_predict() {
    let unknown: DeploymentStatus = travels(json!("SCALED_TO_ZERO"));
    assert!(unknown.why_not_predict().is_some());
    assert_eq!(DeploymentStatus::Running.why_not_predict(), None);
}

#[test]
fn a_new_deployment_names_its_model_in_any_way() {
    let canonical = json!({"modelId": ID, "timeZone": "UTC"});
    for body in [
        json!({"modelId": ID}),
        json!({"savedModelId": ID}),
        json!({"savedModelId": saved_model()}),
        json!({"savedModelId": {"trainedModelRepositoryId": ID}}),
        json!({"trainedModelId": ID}),
        json!({"modelId": ID, "model": saved_model()}),
    ] {
        is_mended::<NewDeployment>(body, canonical.clone());
    }
    is_refused::<NewDeployment>(json!({"connection": null}), "missing field `modelId`");
    is_refused::<NewDeployment>(json!({"modelId": "None"}), "missing field `modelId`");
}

#[test]
fn a_new_deployment_has_connection_resources_and_schedule() {
    travels::<NewDeployment>(json!({
        "name": "Forecast", "modelId": ID, "connectionId": OTHER_ID, "resources": {"Queue": "devel", "Nodes": 2},
        "cronString": "0 2 * * 1", "timeZone": "Europe/Berlin", "scheduledRequest": {"instances": [[1]]},
        "mode": {"name": "HPC", "values": {}},
        "endpointUri": "https://example.org/invocations",
    }));
    is_refused::<NewDeployment>(json!({"modelId": ID, "cronString": "daily at 2"}), "enter five fields");
    is_refused::<NewDeployment>(
        json!({"modelId": ID, "resources": {"Nodes": 2}}),
        "Config is missing entry for key 'Queue'",
    );
}

#[test]
fn a_deployment_that_is_sent_back_changes_nothing_but_itself() {
    is_mended::<DeploymentPatch>(
        deployment(),
        json!({
            "name": "Forecast", "modelId": ID, "connectionId": OTHER_ID, "resources": {"Queue": "devel", "Nodes": 2},
            "cronString": "0 2 * * 1", "timeZone": "Europe/Berlin", "paused": false, "scheduledRequest": {"x": {"0": 1.5}},
            "mode": {"name": "HPC", "values": {"queue": "devel"}}, "endpointUri": null, "status": "CREATED",
        }),
    );
    travels::<DeploymentPatch>(
        json!({"cronString": null, "connectionId": null, "resources": null, "mode": null, "scheduledRequest": null}),
    );
    travels::<DeploymentPatch>(json!({"status": "STOPPED", "paused": true}));
}

#[test]
fn resources_keep_what_is_not_known_of_them() {
    travels::<Resources>(json!({
        "Queue": "batch", "Runtime": "12h", "Nodes": 1, "TotalCPUs": 4, "CPUsPerNode": 4, "GPUsPerNode": 1,
        "MemoryPerNode": "10GiB", "Reservation": "r", "NodeConstraints": "c", "QoS": "q", "Colour": "blue",
    }));
    is_mended::<Resources>(json!({"Queue": 7, "Nodes": "2"}), json!({"Queue": "7", "Nodes": 2}));
}

#[test]
fn a_mode_describes_its_parameters() {
    travels::<DeploymentMode>(json!({
        "name": "AWS",
        "parameters": [
            {"name": "instanceType", "description": "The machine.", "type": "string", "required": true,
                "default": "ml.t3.medium"},
            {"name": "vpcSubnetIds", "description": "", "type": "array", "required": true, "options": ["a", "b"]},
            {"name": "extra", "description": "", "type": "secret", "required": false},
        ],
    }));
    travels::<DeploymentMode>(json!({"name": "Local", "parameters": [], "unavailable": "Not here."}));
}

#[test]
fn the_parameters_of_a_mode_may_be_an_object_of_values() {
    is_mended::<DeploymentMode>(
        json!({"name": "HPC", "parameters": {"environment": {}, "nodes": 2, "queue": "devel"}}),
        json!({
            "name": "HPC",
            "parameters": [
                {"name": "environment", "description": "", "type": "map", "required": false, "default": {}},
                {"name": "nodes", "description": "", "type": "int", "required": false, "default": 2},
                {"name": "queue", "description": "", "type": "string", "required": false, "default": "devel"},
            ],
        }),
    );
    is_mended::<ChosenMode>(
        json!({"name": "HPC", "parameters": {"nodes": 2}}),
        json!({"name": "HPC", "values": {"nodes": 2}}),
    );
}

#[test]
fn a_prediction_is_any_object() {
    travels::<PredictionRequest>(json!({"x": {"0": 0, "1": 1.5}, "y": {"0": null}}));
    travels::<PredictionRequest>(json!({"dataframe_split": {"columns": ["x"], "data": [[1]]}}));
    is_refused::<PredictionRequest>(json!([1]), "expected a map");
    travels::<PredictionResponse>(json!({"predictions": [1, 2]}));
}

#[test]
fn a_package_names_the_images_that_there_are() {
    travels::<PackagedDeployment>(json!({"apptainerImageUri": "https://example.org/net.sif"}));
    travels::<PackagedDeployment>(json!({"dockerImageUrl": "https://example.org/net.tar.gz"}));
    travels::<PackagedDeployment>(json!({}));
}

#[test]
fn what_was_asked_is_told_in_brief_and_whole() {
    let asked = json!({
        "predictionId": ID, "user": user(), "isScheduled": false, "askedAt": 1, "duration": 35, "outcome": "ANSWERED",
        "requestStart": "{\"x\":", "answerStart": "{\"predictions\":",
    });
    travels::<AskedPrediction>(asked.clone());
    travels::<AskedPrediction>(with(
        asked.clone(),
        json!({"user": null, "isScheduled": true, "outcome": "FAILED"}),
    ));
    let request = json!({"text": "{\"x\":{\"0\":1.5}}", "size": 15});
    let whole = json!({"request": request, "answer": {"text": "{\"predictions\":[1", "size": 70_000}});
    let kept = travels::<KeptPrediction>(with(asked, whole));
    assert!(!kept.request.is_cut() && kept.answer.is_cut());
}
