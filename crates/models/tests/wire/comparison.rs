//! The JSON of `models::comparison`.

use models::comparison::{ComparedHistories, ComparedHistoriesRequest, Comparison, ComparisonRequest};
use serde_json::json;

use crate::run::run;
use crate::support::{ID, OTHER_ID, is_mended, travels};

#[test]
fn runs_are_compared_row_by_row() {
    travels::<ComparisonRequest>(json!({"runIds": [ID, OTHER_ID]}));
    travels::<Comparison>(json!({
        "runs": [run()], "missing": [OTHER_ID],
        "parameters": [{"key": "lr", "values": ["0.1"]}, {"key": "seed", "values": [null]}],
        "tags": [{"key": "team", "values": ["weather"]}],
        "metrics": [{"key": "loss", "last": ["NaN"], "low": [0.25], "high": [null]}],
        "inputs": [[{"name": "wine", "digest": "d1", "sourceType": "local", "source": "{}", "context": "training"}]],
    }));
}

#[test]
fn histories_of_runs_are_asked_for_along_steps_or_a_metric() {
    let least = json!({"runIds": [ID], "keys": ["loss"], "points": 500});
    let whole = json!({"runIds": [ID], "keys": ["loss"], "points": 500, "smoothing": 0});
    is_mended::<ComparedHistoriesRequest>(least, whole);
    travels::<ComparedHistoriesRequest>(json!({
        "runIds": [ID], "keys": ["loss"], "points": 500, "steps": [0, 9], "along": "epoch", "places": [0.5, 2.0],
        "smoothing": 60,
    }));
    let history = json!({
        "key": "loss", "nValues": 2, "nNotFinite": 0, "steps": [1, 2], "timestamps": [10, 20],
        "low": [0.5, 0.25], "high": [1.5, 0.25], "last": [0.5, 0.25],
    });
    travels::<ComparedHistories>(json!({"runId": ID, "histories": [
        {"history": history, "nWithoutPlace": 0},
        {"history": history, "places": [0.5, 1.0], "nWithoutPlace": 3, "smoothed": [0.5, 0.375]},
    ]}));
}
