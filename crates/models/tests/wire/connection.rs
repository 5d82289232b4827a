//! The JSON of `models::connection`.

use models::connection::{
    Connection, ConnectionPatch, ConnectionProvider, ConnectionSummary, ConnectionTest,
    ConnectionWithSecrets, NewConnection, NewConnectionTest, SecretState,
};
use models::secret::Secret;
use models::time::UnixMillis;
use serde_json::{Value, json};

use crate::support::{ID, is_refused, read, travels, user, with, write};

fn described() -> Value {
    json!({
        "connectionId": ID, "user": user(), "connectionName": "JUWELS", "connectionProvider": "UNICORE",
        "authMethod": "USERNAME_PASSWORD", "loginName": "ann1",
    })
}

#[test]
fn an_answer_tells_which_secrets_there_are_and_none_of_them() {
    travels::<Connection>(with(
        described(),
        json!({
            "secrets": {
                "password": {"set": true, "hint": "…f3a9", "updatedAt": 1_700_000_000_000_i64},
                "token": {"set": false},
                "privateKey": {"set": false},
            },
            "uri": "https://unicore.example.org/SITE/rest/core", "createdAt": 1, "updatedAt": 2, "version": 3,
        }),
    ));
}

#[test]
fn others_know_id_name_and_provider() {
    travels::<ConnectionSummary>(
        json!({"connectionId": ID, "connectionName": "JUWELS", "connectionProvider": "UNICORE"}),
    );
}

#[test]
fn the_client_reads_all_secrets_as_text_or_null() {
    travels::<ConnectionWithSecrets>(with(
        described(),
        json!({"password": "hunter2", "token": null, "privateKey": null}),
    ));
}

#[test]
fn a_provider_that_is_not_known_is_kept() {
    for known in ["UNICORE", "firecREST", "SSH", "S3", "GitHub", "GitLab", "Bitbucket", "Other"] {
        assert!(ConnectionProvider::KNOWN.contains(&read(json!(known))), "{known}");
    }
    let unknown: ConnectionProvider = travels(json!("Slurm REST"));
    assert_eq!(unknown, ConnectionProvider::Unknown("Slurm REST".to_owned()));
}

#[test]
fn a_request_brings_secrets_that_are_not_shown() {
    let connection: NewConnection = travels(json!({
        "connectionName": "Code", "connectionProvider": "GitLab", "authMethod": "TOKEN", "token": "glpat-secret",
        "uri": "https://gitlab.example.org",
    }));
    assert!(!format!("{connection:?}").contains("glpat"));
    is_refused::<NewConnection>(
        json!({"connectionName": "Code", "connectionProvider": "GitLab", "authMethod": "TOKEN", "token": ""}),
        "enter a value",
    );
}

#[test]
fn a_patch_tells_absence_from_removal() {
    let patch: ConnectionPatch =
        travels(json!({"loginName": null, "uri": null, "password": null, "token": "new"}));
    assert_eq!((patch.password, patch.private_key), (Some(None), None));
    assert_eq!(patch.token.flatten().as_ref().map(Secret::expose), Some("new"));
    travels::<ConnectionPatch>(
        json!({"connectionName": "a", "connectionProvider": "SSH", "authMethod": "PRIVATE_KEY",
        "privateKey": "key"}),
    );
}

#[test]
fn the_state_of_a_secret_hints_at_its_end() {
    let secret: Secret = read(json!("glpat-0123456789abf3a9"));
    assert_eq!(
        write(&SecretState::of(&secret, UnixMillis(7))),
        json!({"set": true, "hint": "…f3a9", "updatedAt": 7})
    );
}

#[test]
fn a_trial_tells_how_it_went_and_what_to_do() {
    travels::<NewConnectionTest>(json!({}));
    travels::<NewConnectionTest>(json!({"uri": "https://gitlab.example.org/ann/code"}));
    for outcome in ["OK", "REACHED", "REFUSED", "UNREACHABLE", "NOT_SUPPORTED", "ASLEEP"] {
        travels::<ConnectionTest>(json!({"outcome": outcome, "message": "Enter it again.", "host": null}));
    }
}
