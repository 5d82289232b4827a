//! Questions that are asked at once.

use models::together::{Answer, Answers, Method, Question, Questions};
use serde_json::json;

use crate::support::{is_refused, travels};

#[test]
fn questions_are_paths_with_a_body_where_they_are_long() {
    let read: Questions = travels(json!({"questions": [
        {"method": "GET", "path": "/api/labels/search?pagelength=5"},
        {"method": "POST", "path": "/api/markdown", "body": "{\"text\":\"x\"}"},
    ]}));
    let first =
        Question { method: Method::Get, path: "/api/labels/search?pagelength=5".to_owned(), body: None };
    assert_eq!(read.questions[0], first);
    assert_eq!(read.questions[1].method, Method::Post);
}

#[test]
fn no_question_changes_anything() {
    is_refused::<Question>(json!({"method": "DELETE", "path": "/api/session"}), "unknown variant");
}

#[test]
fn an_answer_is_a_status_and_a_text() {
    let read: Answers = travels(json!({"answers": [
        {"status": 200, "body": "[]"},
        {"status": 503, "retryAfter": 2, "body": "{}"},
    ]}));
    assert_eq!(read.answers[1], Answer { status: 503, retry_after: Some(2), body: "{}".to_owned() });
}
