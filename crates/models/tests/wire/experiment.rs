//! The JSON of `models::experiment`.

use models::experiment::{ExperimentRepository, ExperimentRepositoryPatch, NewExperimentRepository};
use serde_json::{Value, json};

use crate::support::{ID, is_mended, is_refused, label, travels};

pub(crate) fn experiment_repository() -> Value {
    json!({
        "experimentRepositoryId": ID, "mlflowExperimentId": "17", "name": "Baseline",
        "artifactLocation": "mlflow-artifacts:/17", "lifecycleStage": "active", "creationTime": 1, "lastUpdateTime": 2,
        "labels": [label()], "version": 1,
    })
}

#[test]
fn an_experiment_has_two_ids() {
    travels::<ExperimentRepository>(experiment_repository());
}

#[test]
fn the_spelling_of_2022_is_read() {
    is_mended::<ExperimentRepository>(
        json!({
            "experimentId": ID, "mlflowExperimentId": "17", "name": "Baseline",
            "artifact_location": "mlflow-artifacts:/17", "lifecycle_stage": "active", "creation_time": 1,
            "last_update_time": 2, "labels": [label()], "version": 1,
        }),
        experiment_repository(),
    );
}

#[test]
fn an_experiment_is_made_by_name_and_changed_field_by_field() {
    travels::<NewExperimentRepository>(json!({"name": "Baseline"}));
    is_refused::<NewExperimentRepository>(json!({"name": " "}), "enter a value; blanks alone do not count");
    travels::<ExperimentRepositoryPatch>(json!({"name": "Baseline", "lifecycleStage": "deleted"}));
    is_refused::<ExperimentRepositoryPatch>(
        json!({"lifecycleStage": "idontknow"}),
        "unknown variant `idontknow`",
    );
}
