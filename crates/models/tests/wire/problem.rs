//! The JSON of `models::problem`.

use models::problem::{Problem, ProblemCode};
use serde_json::json;

use crate::support::{travels, write};

#[test]
fn a_problem_is_one_sentence_or_a_list_of_fields() {
    travels::<Problem>(
        json!({"detail": "There is no such project.", "code": "not_found", "requestId": "r1"}),
    );
    let problem: Problem = travels(json!({
        "detail": [{"loc": ["body", "backendConfig", "Resources", "Queue"], "msg": "m", "type": "value_error"}],
        "code": "invalid",
    }));
    assert_eq!(problem.field_errors().get("backendConfig.Resources.Queue"), Some("m"));
}

#[test]
fn a_code_that_is_not_known_is_kept() {
    travels::<Problem>(json!({"detail": "Tea is ready.", "code": "teapot"}));
    assert_eq!(write(&Problem::text(ProblemCode::Stale, "x")), json!({"detail": "x", "code": "stale"}));
}
