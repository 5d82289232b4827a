//! The JSON of `models::usage`.

use models::code::CodeRepository;
use models::page::{Listed, Page};
use models::usage::{
    RunUsage, RunsByCodeRepository, RunsByDataRepository, RunsByExperiment, RunsByModel, UsageSummary,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::code::code_repository;
use crate::data::data_repository;
use crate::experiment::experiment_repository;
use crate::model::model_repository;
use crate::support::{ID, travels, with};

fn run() -> Value {
    json!({
        "runId": ID, "mlflowRunId": ID.replace('-', ""), "name": "r1", "status": "FINISHED", "startTime": 1,
        "codeRepository": code_repository(), "dataRepository": data_repository(),
        "experimentRepository": experiment_repository(), "modelRepository": model_repository(),
        "connection": {"connectionId": ID, "connectionName": "JUWELS", "connectionProvider": "UNICORE"},
    })
}

#[test]
fn a_use_identifies_the_run_and_its_partners() {
    travels::<RunUsage>(run());
    travels::<RunUsage>(json!({
        "runId": ID, "mlflowRunId": ID.replace('-', ""), "name": "r1", "status": "SCHEDULED", "startTime": null,
    }));
}

#[test]
fn uses_are_summed_up() {
    let counts = json!({"scheduled": 0, "running": 1, "finished": 2, "failed": 0, "killed": 0});
    travels::<UsageSummary>(json!({"total": 3, "counts": counts, "lastUsed": 1}));
    let repository =
        with(code_repository(), json!({"runs": {"total": 3, "counts": counts, "lastUsed": null}}));
    travels::<CodeRepository>(repository);
    let document = json!([{"kind": "paragraph", "children": [{"kind": "text", "text": "Rain"}]}]);
    travels::<CodeRepository>(with(code_repository(), json!({"descriptionDocument": document})));
}

#[test]
fn uses_are_listed_under_the_names_of_2022() {
    check::<RunsByCodeRepository>("codeRepositoriesWithUsage", json!({"codeRepository": code_repository()}));
    check::<RunsByDataRepository>("dataRepositoriesWithUsage", json!({"dataRepository": data_repository()}));
    check::<RunsByExperiment>(
        "experimentsWithUsage",
        json!({"experimentRepository": experiment_repository()}),
    );
    check::<RunsByModel>("modelsWithUsage", json!({"modelRepository": model_repository()}));
}

#[track_caller]
fn check<T: Serialize + DeserializeOwned + Listed>(property: &str, used: Value) {
    let items = json!([
        with(used.clone(), json!({"usage": [run()], "totalUsage": 7, "lastUsed": 1})),
        with(used, json!({"usage": [], "totalUsage": 0, "lastUsed": null}))
    ]);
    travels::<Page<T>>(json!({"totalRecords": 2, "totalrecords": 2, property: items}));
}
