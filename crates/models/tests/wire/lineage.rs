//! The JSON of `models::lineage`.

use models::lineage::Lineage;
use serde_json::json;

use crate::support::{ID, OTHER_ID, is_refused, travels};

#[test]
fn a_lineage_names_things_by_kind_and_id() {
    let (run, model) = (format!("run:{ID}"), format!("savedModel:{OTHER_ID}"));
    let lineage = json!({
        "of": run,
        "nodes": [
            {"node": run, "kind": "run", "name": "r1", "detail": "4f5c6d7", "status": "FINISHED", "at": 1},
            {"node": model, "kind": "savedModel", "name": "net", "detail": null, "status": null, "at": 2},
        ],
        "edges": [{"from": run, "to": model}],
        "truncated": false,
    });
    travels::<Lineage>(lineage);
    let unknown = json!({"of": format!("trace:{ID}"), "nodes": [], "edges": [], "truncated": false});
    is_refused::<Lineage>(unknown, "use `<kind>:<id>`, where the kind is one of code, data");
}
