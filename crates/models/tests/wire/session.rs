//! The JSON of `models::session`.

use models::session::{OpenSession, Session, Setup, SetupState, SignIn, SignInByLink};
use serde_json::json;

use crate::support::{ID, is_mended, is_refused, travels};

#[test]
fn a_session_tells_who_and_until_when() {
    travels::<Session>(json!({
        "user": {"userId": ID, "name": "ann", "email": "ann@example.org", "isAdmin": true}, "expiresAt": 1,
    }));
    travels::<SetupState>(json!({"needed": true}));
    travels::<OpenSession>(json!({
        "sessionId": ID, "kind": "browser", "device": "Firefox", "isCurrent": true, "createdAt": 1, "lastSeenAt": 2,
        "expiresAt": 3,
    }));
}

#[test]
fn signing_in_takes_what_it_knows_and_shows_nothing() {
    let sign_in: SignIn = travels(json!({"username": "ann", "password": "hunter2", "remember": true}));
    assert!(!format!("{sign_in:?}").contains("hunter2"));
    is_mended::<SignIn>(
        json!({"username": "ann", "password": "p"}),
        json!({"username": "ann", "password": "p", "remember": false}),
    );
    is_refused::<SignIn>(json!({"username": "ann", "password": "p", "admin": true}), "unknown field `admin`");
    travels::<SignInByLink>(json!({"token": "t"}));
    travels::<Setup>(json!({"token": "t", "username": "ann", "email": "ann@example.org", "password": "p"}));
}
