//! The JSON of `models::run`.

use models::run::{
    AddRun, AddedRun, ArtifactListing, BulkRunOutcome, BulkRunRequest, NoteBookSource, Run, RunCheck,
    RunData, RunExportRequest, RunInfrastructure, RunPatch, RunSelection, RunStatus,
};
use serde_json::{Value, json};

use crate::code::code_repository;
use crate::data::data_repository;
use crate::experiment::experiment_repository;
use crate::model::{model_repository, saved_model};
use crate::support::{ID, OTHER_ID, is_mended, is_refused, label, read, travels, user, with};

fn infrastructure() -> Value {
    json!({
        "os": "Linux", "cpuCores": 8, "gpuCount": 1,
        "gpuInfo": [{"name": "A100", "id": "0", "driver": "535", "totalMemory": "40 GB"}], "hostname": "jwc001",
        "memoryGb": "23.54 GB", "platform": "Linux-5", "processor": "", "pythonVersion": "3.11", "pythonExecutable": "/bin/python",
    })
}

pub(crate) fn run() -> Value {
    json!({
        "runId": ID, "mlflowRunId": ID.replace('-', ""), "name": "r1", "experimentRepository": experiment_repository(),
        "codeRepository": code_repository(), "branch": "main", "commit": "4f5c6d7", "modelRepository": model_repository(),
        "savedModels": [saved_model()], "dataRepository": data_repository(), "dataBranch": null, "dataCommit": null,
        "connection": {"connectionId": ID, "connectionName": "JUWELS", "connectionProvider": "UNICORE"},
        "computeBudgetAccount": "acc", "mlflowMlprojectFilePath": "mlproject/MLproject", "entryPoint": "main",
        "mlflowParameters": {"alpha": 0.5}, "backendConfig": {"UnicoreApiUrl": "https://x/rest/core"}, "status": "RUNNING",
        "createdAt": 1, "startTime": 2, "endTime": null, "artifactUri": "mlflow-artifacts:/17/r1/artifacts",
        "lifecycleStage": "active", "user": user(), "labels": [label()], "note": "*so*",
        "noteDocument": [{"kind": "paragraph", "children": [{"kind": "text", "text": "so"}]}], "infrastructure": infrastructure(),
        "notebookSource": {"location": "n.ipynb", "version": null, "provider": "Jupyter"}, "version": 1,
    })
}

#[test]
fn a_run_travels_with_code_data_experiment_and_model() {
    travels::<Run>(run());
    travels::<Run>(with(run(), json!({"parentRun": {"runId": OTHER_ID, "name": "sweep"}})));
    let queued = json!({"executor": "local", "state": "queued", "position": 2, "attempt": 0});
    travels::<Run>(with(run(), json!({"job": queued})));
    let running = json!({
        "executor": "unicore", "state": "running", "attempt": 1, "cancelRequestedAt": 7, "queue": "devel", "queuedSince": 5,
        "unansweredSince": 6, "message": "It is being ended.",
    });
    travels::<Run>(with(run(), json!({"job": running})));
}

#[test]
fn the_snake_case_of_2022_is_read() {
    let mut older = run();
    let fields = older.as_object_mut().unwrap();
    for (name, old) in [
        ("mlflowRunId", "run_id"),
        ("startTime", "start_time"),
        ("endTime", "end_time"),
        ("artifactUri", "artifact_uri"),
        ("lifecycleStage", "lifecycle_stage"),
        ("connection", "connections"),
    ] {
        let value = fields.remove(name).unwrap();
        fields.insert(old.to_owned(), value);
    }
    is_mended::<Run>(older, run());
}

#[test]
fn a_status_is_spelled_as_mlflow_spells_it() {
    for status in ["SCHEDULED", "RUNNING", "FINISHED", "FAILED", "KILLED"] {
        assert_eq!(travels::<RunStatus>(json!(status)).as_str(), status);
    }
    assert_eq!(read::<RunStatus>(json!("PAUSED")), RunStatus::Unknown);
}

/// The body that `mantik runs submit` of version 0.5.11 sends, and what Python makes of absent ids.
#[test]
fn a_body_of_the_client_makes_a_run() {
    let body = json!({
        "name": "r1", "experimentRepositoryId": ID, "codeRepositoryId": OTHER_ID, "branch": "main", "commit": null,
        "dataRepositoryId": null, "dataBranch": null, "dataCommit": null, "connectionId": OTHER_ID,
        "computeBudgetAccount": "acc", "mlflowMlprojectFilePath": "mlproject/MLproject", "entryPoint": "main",
        "mlflowParameters": {"alpha": 0.5, "n": 3, "s": "hello"},
        "backendConfig": {"UnicoreApiUrl": "https://x/rest/core", "Resources": {"Queue": "devel", "Nodes": 1}},
    });
    let canonical = with(body.clone(), json!({"mlflowRunId": null, "modelRepositoryId": null}));
    is_mended::<AddRun>(body.clone(), canonical.clone());
    is_mended::<AddRun>(
        with(body, json!({"connectionId": "None", "dataRepositoryId": "None"})),
        with(canonical, json!({"connectionId": null})),
    );
}

#[test]
fn a_run_of_mlflow_is_taken_over_by_its_digits() {
    let body = json!({"name": "r1", "experimentRepositoryId": ID, "mlflowRunId": ID.replace('-', "")});
    assert_eq!(read::<AddRun>(body).mlflow_run_id, Some(ID.parse().unwrap()));
    is_refused::<AddRun>(json!({"name": "r1"}), "missing field `experimentRepositoryId`");
    let nested = json!({"name": "r1", "experimentRepository": experiment_repository(), "connections": {"connectionId": ID}});
    assert_eq!(read::<AddRun>(nested).experiment_repository_id, ID.parse().unwrap());
    travels::<AddedRun>(json!({"runId": ID, "timestamp": "1700000000000"}));
}

#[test]
fn a_check_tells_what_it_found_where() {
    let finding = |severity: &str| json!({"loc": ["body", "backendConfig", "Resources", "Queue"], "msg": "name a queue", "severity": severity});
    let check = travels::<RunCheck>(json!({"findings": [finding("error"), finding("warning")]}));
    assert!(check.findings[0].is_error() && !check.findings[1].is_error());
    assert_eq!(check.findings[0].field(), "backendConfig.Resources.Queue");
}

#[test]
fn a_run_is_changed_field_by_field() {
    travels::<RunPatch>(json!({"name": "r2", "status": "KILLED", "lifecycleStage": "deleted"}));
    travels::<RunPatch>(json!({"labels": [ID, {"scope": "a", "name": "b", "value": null}], "note": "*so*"}));
    travels::<RunPatch>(json!({}));
}

#[test]
fn what_surrounds_a_run_travels() {
    travels::<RunInfrastructure>(infrastructure());
    travels::<NoteBookSource>(json!({"location": "n.ipynb", "version": "4f5c6d7", "provider": "Colab"}));
    travels::<RunData>(json!({
        "parameters": [{"key": "alpha", "value": "0.5"}],
        "metrics": [{"key": "loss", "value": 0.25, "step": 3, "timestamp": 1}], "tags": [],
        "statuses": [{"status": "RUNNING", "at": 1}],
        "inputs": [{"name": "era5", "digest": "d", "sourceType": "s3", "source": "{}", "context": "training"}],
    }));
    travels::<ArtifactListing>(json!({"entries": [{"path": "model/MLmodel", "isDir": false, "size": 12}]}));
}

#[test]
fn many_runs_are_named_or_asked_for() {
    let labels = json!([{"scope": "topic", "name": "rain", "value": null}]);
    travels::<BulkRunRequest>(json!({
        "selection": {"matching": {"filter": "status = 'FAILED'", "except": [ID], "lifecycleStage": "active"}},
        "change": {"addLabels": labels}, "after": "17",
    }));
    travels::<BulkRunRequest>(json!({"selection": {"runs": [ID]}, "change": "archive"}));
    is_mended::<RunSelection>(
        json!({"matching": {}}),
        json!({"matching": {"filter": "", "except": [], "lifecycleStage": "active"}}),
    );
    is_refused::<BulkRunRequest>(
        json!({"selection": {"runs": [ID]}, "change": "explode"}),
        "unknown variant `explode`",
    );
    travels::<BulkRunOutcome>(json!({
        "changed": 1, "changedRuns": [ID], "unchanged": 1, "refused": 1, "next": "16",
        "changedLabels": [{"labelId": ID, "runIds": [ID]}],
        "refusals": [{"runId": ID, "name": "r1", "reason": "This run has already ended."}],
    }));
}

#[test]
fn a_file_of_runs_is_asked_for() {
    travels::<RunExportRequest>(json!({
        "selection": {"runs": [ID]}, "columns": ["name", "metrics.loss"],
        "sort": [{"field": "metrics.loss", "descending": true}], "format": "jsonLines",
    }));
    is_refused::<RunExportRequest>(
        json!({"selection": {"runs": []}, "format": "xls"}),
        "unknown variant `xls`",
    );
}
