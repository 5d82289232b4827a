//! The JSON of `models::token`.

use models::token::{ApiToken, CreatedApiToken, NewApiToken, RefreshRequest, TokenPair, TokenRequest};
use serde_json::{Value, json};

use crate::support::{ID, is_refused, travels, with};

fn token() -> Value {
    json!({
        "tokenId": ID, "name": "CI", "scopes": ["read", "write", "mlflow", "runs:submit", "predict"], "projectId": null,
        "createdAt": 1, "expiresAt": 2, "lastUsedAt": null,
    })
}

#[test]
fn the_secret_of_a_token_is_told_once() {
    travels::<ApiToken>(token());
    let created: CreatedApiToken = travels(with(token(), json!({"secret": "mtk_secret"})));
    assert!(!format!("{created:?}").contains("mtk_secret"));
    travels::<NewApiToken>(json!({"name": "CI", "scopes": ["mlflow"], "projectId": ID, "days": 90}));
    is_refused::<NewApiToken>(
        json!({"name": "CI", "scopes": ["admin"], "days": 90}),
        "unknown variant `admin`",
    );
}

#[test]
fn the_client_reads_its_tokens_in_its_own_spelling() {
    travels::<TokenPair>(
        json!({"AccessToken": "a", "RefreshToken": "r", "ExpiresAt": "2026-01-31T12:00:00+00:00"}),
    );
    travels::<TokenPair>(json!({"AccessToken": "a", "ExpiresAt": "2026-01-31T12:00:00+00:00"}));
    travels::<TokenRequest>(json!({"username": "ann", "password": "p"}));
    travels::<RefreshRequest>(json!({"username": "ann", "refresh_token": "r"}));
}
