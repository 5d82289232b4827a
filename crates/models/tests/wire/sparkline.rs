//! The JSON of `models::sparkline`.

use models::sparkline::{Sparklines, SparklinesRequest};
use serde_json::json;

use crate::support::{ID, travels};

#[test]
fn courses_are_told_by_run_and_metric() {
    travels::<SparklinesRequest>(json!({"runIds": [ID], "keys": ["loss", "f1"], "points": 32}));
    travels::<Sparklines>(json!({
        "keys": ["loss", "f1"], "runs": [{"runId": ID, "values": [[0.5, 0.25], []]}],
    }));
}
