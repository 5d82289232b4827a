//! The JSON of `models::audit`.

use models::audit::AuditEvent;
use serde_json::json;

use crate::support::{ID, OTHER_ID, travels};

#[test]
fn an_event_says_what_was_done_with_what_and_by_what() {
    for action in ["SECRETS_READ", "CONNECTION_TESTED", "PASSWORD_CHANGED", "SOMETHING_ELSE"] {
        travels::<AuditEvent>(json!({
            "auditEventId": ID, "at": 1, "action": action, "objectId": OTHER_ID, "objectName": "JUWELS",
            "credential": "client", "requestId": "0190a5b2c3d44e5f8a9bcdef01234567",
        }));
    }
    travels::<AuditEvent>(json!({
        "auditEventId": ID, "at": 1, "action": "PERSON_CHANGED", "objectId": null, "objectName": "ann",
        "credential": "browser", "requestId": "",
    }));
}
