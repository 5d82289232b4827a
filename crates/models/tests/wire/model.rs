//! The JSON of `models::model`.

use models::lenient::OneOrMany;
use models::model::{
    CreatedModelRepositories, ModelRepository, ModelRepositoryPatch, ModelSignature, ModelStatus,
    NewModelRepository, NewSavedModel, SavedModel, SavedModelPatch,
};
use serde_json::{Value, json};

use crate::code::code_repository;
use crate::support::{ID, OTHER_ID, is_mended, is_refused, label, read, travels, with, without, write};

pub(crate) fn model_repository() -> Value {
    json!({
        "modelRepositoryId": ID, "name": "Net", "uri": "https://example.org/net", "git": code_repository(),
        "codeRepositoryId": ID, "branch": "main", "commit": "4f5c6d7", "description": "A net.", "labels": [label()],
        "createdAt": 1, "updatedAt": 2, "version": 1,
    })
}

pub(crate) fn saved_model() -> Value {
    json!({
        "modelId": ID, "name": "net-1", "uri": null, "location": null, "connectionId": null, "mlflowParameters": null,
        "runId": null, "status": "PENDING", "modelRepository": null, "createdAt": 1, "updatedAt": 2, "version": 1,
    })
}

#[test]
fn a_definition_travels_with_its_code() {
    travels::<ModelRepository>(model_repository());
    travels::<ModelRepository>(with(
        model_repository(),
        json!({"uri": null, "git": null, "codeRepositoryId": null, "branch": null, "commit": null}),
    ));
}

#[test]
fn definitions_are_made_one_or_many_at_once() {
    let one = json!({"name": "Net", "codeRepositoryId": ID, "commit": "4f5c6d7"});
    for body in [one.clone(), json!([one])] {
        assert_eq!(write(&read::<OneOrMany<NewModelRepository>>(body).0), json!([one]));
    }
    travels::<CreatedModelRepositories>(
        json!({"modelRepositoryId": ID, "modelRepositoryIds": [ID, OTHER_ID]}),
    );
}

#[test]
fn the_code_of_a_definition_may_be_an_object() {
    let git = with(code_repository(), json!({"codeRepositoryId": OTHER_ID}));
    is_mended::<NewModelRepository>(
        json!({"git": git, "commit": "4f5c6d7", "description": "A net."}),
        json!({"codeRepositoryId": OTHER_ID, "commit": "4f5c6d7", "description": "A net."}),
    );
    is_mended::<NewModelRepository>(
        json!({"git": git, "codeRepositoryId": ID}),
        json!({"codeRepositoryId": ID}),
    );
    is_refused::<NewModelRepository>(json!({"git": {}}), "the object has no `codeRepositoryId`");
}

#[test]
fn a_definition_that_is_sent_back_changes_nothing_but_itself() {
    is_mended::<ModelRepositoryPatch>(
        model_repository(),
        json!({
            "name": "Net", "uri": "https://example.org/net", "codeRepositoryId": ID, "branch": "main", "commit": "4f5c6d7",
            "description": "A net.", "labels": [ID],
        }),
    );
    travels::<ModelRepositoryPatch>(
        json!({"branch": null, "commit": null, "codeRepositoryId": null, "uri": null}),
    );
}

#[test]
fn a_saved_model_has_all_keys_that_the_client_reads() {
    travels::<SavedModel>(saved_model());
    travels::<SavedModel>(with(
        saved_model(),
        json!({
            "uri": "s3://bucket/net", "location": "S3", "connectionId": ID, "mlflowParameters": {"alpha": 0.5},
            "runId": ID, "status": "ARCHIVED", "modelRepository": model_repository(),
            "imageReference": "ghcr.io/team/net:2",
            "imageArchive": {"fileName": "net-1.tar.gz", "size": 5, "sha256": "0a", "uploadedAt": 7},
        }),
    ));
    is_mended::<SavedModel>(
        with(
            without(saved_model(), "modelId"),
            json!({"trainedModelRepositoryId": ID, "mlflowParameters": "{}"}),
        ),
        with(saved_model(), json!({"mlflowParameters": {}})),
    );
}

#[test]
fn a_build_status_that_is_not_known_is_kept() {
    assert_eq!(travels::<ModelStatus>(json!("SCANNING")), ModelStatus::Unknown("SCANNING".to_owned()));
    for known in ["PENDING", "BUILDING", "SUCCESSFUL", "FAILED"] {
        assert!(ModelStatus::KNOWN.contains(&read(json!(known))), "{known}");
    }
}

#[test]
fn a_body_of_the_client_makes_a_saved_model() {
    is_mended::<NewSavedModel>(
        json!({
            "uri": null, "location": null, "connectionId": null, "mlflowParameters": "{\"alpha\": 0.5}", "runId": ID,
            "name": "net-1",
        }),
        json!({"name": "net-1", "runId": ID, "mlflowParameters": {"alpha": 0.5}}),
    );
    is_mended::<NewSavedModel>(
        json!({"name": "n", "runId": "None", "modelRepository": model_repository(), "uri": "s3://b/n", "location": "S3"}),
        json!({"name": "n", "modelRepositoryId": ID, "uri": "s3://b/n", "location": "S3"}),
    );
    is_refused::<NewSavedModel>(json!({"name": null}), "expected a string");
    is_refused::<NewSavedModel>(
        json!({"name": "n", "mlflowParameters": "alpha"}),
        "expected an object, or a text that holds an object in JSON",
    );
}

#[test]
fn a_body_of_the_client_replaces_a_saved_model() {
    travels::<SavedModelPatch>(json!({
        "name": "net-1", "uri": "s3://bucket/net", "location": "S3", "connectionId": null, "mlflowParameters": null,
        "runId": null, "modelRepositoryId": null, "imageReference": null,
    }));
    travels::<SavedModelPatch>(json!({"name": "net-2"}));
}

#[test]
fn a_signature_says_what_a_model_takes_and_gives() {
    let signature: ModelSignature = travels(json!({
        "problem": null,
        "inputs": [
            {"name": "age", "type": "long", "required": true, "dtype": null, "shape": []},
            {"name": "picture", "type": "tensor", "required": false, "dtype": "float32", "shape": [-1, 28, 28]},
        ],
        "outputs": [{"name": null, "type": "double", "required": true, "dtype": null, "shape": []}],
        "params": [{"name": "temperature", "type": "float", "default": 0.5, "shape": []}],
        "inputExample": {"dataframe_split": {"columns": ["age"], "data": [[7]]}},
    }));
    assert!(!signature.takes_columns(), "one is a tensor");
    assert!(!ModelSignature::default().takes_columns(), "nothing is known");
}
