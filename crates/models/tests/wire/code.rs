//! The JSON of `models::code`.

use models::code::{CodeRepository, CodeRepositoryPatch, EntryPoint, NewCodeRepository, Platform};
use serde_json::{Value, json};

use crate::support::{ID, is_mended, is_refused, label, read, travels, with, without};

pub(crate) fn code_repository() -> Value {
    json!({
        "codeRepositoryId": ID, "codeRepositoryName": "Forecast", "uri": "https://gitlab.com/weather/forecast",
        "platform": "GitLab", "connectionId": null, "description": "", "labels": [label()],
        "createdAt": 1, "updatedAt": 2, "version": 1,
    })
}

#[test]
fn a_code_repository_has_all_keys_that_the_client_reads() {
    travels::<CodeRepository>(code_repository());
    travels::<CodeRepository>(with(code_repository(), json!({"connectionId": ID, "platform": "Codeberg"})));
    is_refused::<CodeRepository>(without(code_repository(), "uri"), "missing field `uri`");
}

#[test]
fn a_body_of_2022_makes_a_code_repository() {
    let repository: NewCodeRepository = read(json!({
        "codeRepositoryId": ID, "codeRepositoryName": "Forecast", "uri": "https://gitlab.com/weather/forecast",
        "accessToken": "secret", "description": "d", "labels": [label()],
    }));
    assert_eq!(repository.platform(), Platform::GitLab);
    assert_eq!(repository.access_token.as_ref().map(models::secret::Secret::expose), Some("secret"));
    assert_eq!(repository.check(), Ok(()));
}

#[test]
fn a_new_code_repository_needs_name_and_address() {
    let new = json!({"codeRepositoryName": "Forecast", "uri": "https://example.org/code"});
    travels::<NewCodeRepository>(new.clone());
    travels::<NewCodeRepository>(with(
        new.clone(),
        json!({"platform": "GitHub", "connectionId": ID, "labels": [ID]}),
    ));
    is_mended::<NewCodeRepository>(
        with(new.clone(), json!({"connectionId": "None", "labels": null})),
        new.clone(),
    );
    is_refused::<NewCodeRepository>(with(new.clone(), json!({"uri": "a b"})), "remove the blanks");
    is_refused::<NewCodeRepository>(
        with(new, json!({"labels": vec![ID; 101]})),
        "use at most 100 labels; there are 101",
    );
}

#[test]
fn a_patch_may_be_a_whole_repository() {
    travels::<CodeRepositoryPatch>(json!({}));
    travels::<CodeRepositoryPatch>(json!({"connectionId": null}));
    is_mended::<CodeRepositoryPatch>(
        code_repository(),
        json!({
            "codeRepositoryName": "Forecast", "uri": "https://gitlab.com/weather/forecast", "platform": "GitLab",
            "connectionId": null, "description": "", "labels": [ID],
        }),
    );
}

#[test]
fn a_connection_is_checked_against_the_address_that_stays() {
    let current: CodeRepository = read(with(code_repository(), json!({"uri": "git@example.org:code"})));
    let patch: CodeRepositoryPatch = read(json!({"connectionId": ID}));
    assert!(patch.check(&current).unwrap_err().get("uri").is_some());
    assert_eq!(
        CodeRepositoryPatch { uri: Some("https://e.org/c".parse().unwrap()), ..patch }.check(&current),
        Ok(())
    );
}

#[test]
fn an_entry_point_tells_which_parameters_are_required() {
    travels::<EntryPoint>(json!({
        "name": "main",
        "command": "python train.py --alpha {alpha}",
        "parameters": [
            {"name": "alpha", "type": "float", "default": null, "required": true},
            {"name": "l1_ratio", "type": "float", "default": 0.1, "required": false},
            {"name": "seed", "type": "integer", "default": "7", "required": false},
        ],
    }));
}

#[test]
fn parameters_are_read_from_the_mapping_of_an_mlproject_file() {
    is_mended::<EntryPoint>(
        json!({
            "name": "main",
            "parameters": {"alpha": "float", "beta": {"default": 1}, "gamma": {"type": "path", "default": null}, "delta": null},
        }),
        json!({
            "name": "main", "command": "",
            "parameters": [
                {"name": "alpha", "type": "float", "default": null, "required": true},
                {"name": "beta", "type": "string", "default": 1, "required": false},
                {"name": "delta", "type": "string", "default": null, "required": true},
                {"name": "gamma", "type": "path", "default": null, "required": true},
            ],
        }),
    );
    is_mended::<EntryPoint>(
        json!({"name": "main", "parameters": null}),
        json!({"name": "main", "command": "", "parameters": []}),
    );
    is_refused::<EntryPoint>(
        json!({"name": "main", "parameters": {"alpha": 1}}),
        "give parameter `alpha` a type, or an object with `type` and `default`",
    );
}
