//! The JSON of `models::run_template`.

use models::permission::Role;
use models::run_template::{NewRunTemplate, RunDraft, RunTemplate, RunTemplatePatch, RunTemplates};
use serde_json::{Value, json};

use crate::support::{ID, OTHER_ID, is_mended, is_refused, read, travels, user, with};

fn draft() -> Value {
    json!({
        "codeRepositoryId": ID, "branch": "main", "commit": "", "mlflowMlprojectFilePath": "wine", "entryPoint": "main",
        "mlflowParameters": {"alpha": "1e-3", "api_token": ""}, "modelRepositoryId": null, "dataRepositoryId": OTHER_ID,
        "dataVersion": "v2", "experimentRepositoryId": ID, "connectionId": ID, "computeBudgetAccount": "a",
        "backendConfigYaml": "# Ours\nLocal:\n  Runtime: 2h\n",
    })
}

fn template() -> Value {
    json!({
        "templateId": ID, "name": "Nightly", "draft": draft(), "isShared": true, "owner": user(), "createdAt": 1,
        "updatedAt": 2, "version": 3,
    })
}

#[test]
fn what_a_draft_does_not_say_is_empty() {
    let empty = json!({
        "codeRepositoryId": null, "branch": "", "commit": "", "mlflowMlprojectFilePath": "", "entryPoint": "",
        "mlflowParameters": {}, "modelRepositoryId": null, "dataRepositoryId": null, "dataVersion": "",
        "experimentRepositoryId": null, "connectionId": null, "computeBudgetAccount": "", "backendConfigYaml": "",
    });
    is_mended::<RunDraft>(json!({}), empty);
}

#[test]
fn a_draft_that_cannot_be_kept_says_why() {
    let why_not = |changes: Value| {
        let draft: RunDraft = read(with(draft(), changes));
        draft.why_not().map(|(field, message)| format!("{field}: {message}"))
    };
    assert_eq!(why_not(json!({})), None);
    assert_eq!(
        why_not(json!({"mlflowParameters": {"alpha": "1", "API-Token": "hush"}})).unwrap(),
        "mlflowParameters: leave out the value of `API-Token`: it looks like a secret"
    );
    for yaml in
        ["SSH:\n  password: hush\n", "Environment: {Variables: {\"MY_KEY\": hush}}", "token:\n  - hush\n"]
    {
        let refused = why_not(json!({"backendConfigYaml": yaml})).unwrap();
        assert!(refused.starts_with("backendConfigYaml: leave out"), "{refused}");
    }
    assert_eq!(why_not(json!({"backendConfigYaml": "SSH:\n  password:\n  Hostname: h\n"})), None);
    let long = why_not(json!({"entryPoint": "x".repeat(RunDraft::MAX_BYTES)})).unwrap();
    assert_eq!(long, ": shorten it; this is too much to be kept");
}

#[test]
fn a_template_is_saved_and_changed() {
    travels::<RunTemplate>(template());
    travels::<RunTemplates>(json!({"templates": [template()]}));
    is_mended::<NewRunTemplate>(
        json!({"name": " Nightly ", "draft": draft()}),
        json!({"name": "Nightly", "draft": draft(), "isShared": false}),
    );
    is_refused::<NewRunTemplate>(
        json!({"name": " ", "draft": {}}),
        "enter a value; blanks alone do not count",
    );
    is_refused::<NewRunTemplate>(
        json!({"name": "x".repeat(101), "draft": {}}),
        "shorten it to 100 characters",
    );
    travels::<RunTemplatePatch>(json!({"name": "Nightly", "isShared": true}));
    travels::<RunTemplatePatch>(json!({}));
}

#[test]
fn a_shared_template_is_changed_by_its_owner_and_by_who_maintains_the_project() {
    let (ann, ben) = (ID.parse().unwrap(), OTHER_ID.parse().unwrap());
    let shared: RunTemplate = read(template());
    let own: RunTemplate = read(with(template(), json!({"isShared": false})));
    assert_eq!(shared.why_not_change(ann, Role::Researcher), None);
    assert_eq!(shared.why_not_change(ben, Role::Maintainer), None);
    let refused = shared.why_not_change(ben, Role::Researcher).unwrap();
    assert!(refused.starts_with("ann shares this template"), "{refused}");
    assert_eq!(own.why_not_change(ann, Role::Researcher), None);
    assert!(own.why_not_change(ann, Role::Reporter).is_some());
    assert_eq!(
        shared.why_not_share(ben, Role::Owner).as_deref(),
        Some("Only ann can share this template or take it back.")
    );
}
