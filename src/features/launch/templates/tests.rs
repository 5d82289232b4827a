//! From what is typed to a template, and back.

use models::run_template::RunTemplate;
use serde_json::json;

use super::super::draft::{Draft, Given, KnownCommit};
use super::changes::changes;
use super::draft::{drafted, kept, kept_in};

const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
const OTHER: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234568";
const COMMIT: &str = "4be1c0d4be1c0d4be1c0d4be1c0d4be1c0d4be1c";

fn given(name: &str, text: &str) -> Given {
    Given { name: name.to_owned(), text: text.to_owned() }
}

fn typed() -> Draft {
    let id = ID.to_owned();
    Draft {
        code: id.clone(),
        reference: COMMIT.to_owned(),
        known: Some(KnownCommit { branch: "main".to_owned(), commit: COMMIT.to_owned() }),
        folder: "wine".to_owned(),
        entry_point: "train".to_owned(),
        parameters: vec![given("alpha", "1e-3"), given("seed", "007")],
        model: id.clone(),
        data: id.clone(),
        data_version: "v2".to_owned(),
        experiment: id.clone(),
        name: "amber-12".to_owned(),
        connection: id,
        account: "a".to_owned(),
        backend: "# Ours\nLocal:\n  Runtime: 2h # long\n".to_owned(),
    }
}

fn template(draft: &Draft) -> RunTemplate {
    let template = json!({
        "templateId": ID, "name": "Nightly", "draft": kept(draft), "isShared": true, "owner": {"userId": ID, "name": "ann"},
        "createdAt": 0, "updatedAt": 0, "version": 1,
    });
    serde_json::from_value(template).unwrap()
}

#[test]
fn a_template_brings_back_what_was_typed_but_the_name() {
    let now = Draft { name: "other".to_owned(), ..Draft::default() };
    assert_eq!(drafted(&template(&typed()), true, &now), Draft { name: "other".to_owned(), ..typed() });
    let branch = Draft { reference: "work".to_owned(), known: None, ..typed() };
    assert_eq!(drafted(&template(&branch), true, &typed()), branch);
    let commit = Draft { known: None, ..typed() };
    assert_eq!(drafted(&template(&commit), true, &typed()), commit);
}

#[test]
fn a_template_keeps_no_secrets_and_no_defaults() {
    let mut draft = typed();
    draft.parameters.extend([given("api_token", "hush"), given("depth", ""), given("", "")]);
    draft.backend.push_str("Environment: {Variables: {A_SECRET: hush}}\n");
    let kept = kept(&draft);
    assert!(!serde_json::to_string(&kept).unwrap().contains("hush"), "{kept:?}");
    assert_eq!(kept.why_not(), None, "the server takes it");
    let names: Vec<_> = kept.mlflow_parameters.keys().map(String::as_str).collect();
    assert_eq!(names, ["alpha", "api_token", "seed"]);
}

#[test]
fn connections_stay_with_their_owners() {
    let now = Draft { connection: OTHER.to_owned(), experiment: OTHER.to_owned(), ..Draft::default() };
    let template = template(&typed());
    let filled = drafted(&template, false, &now);
    assert_eq!((filled.connection.as_str(), filled.experiment.as_str()), (OTHER, ID));
    assert_eq!(
        kept_in(&template, &filled, false),
        template.draft,
        "who maintains the project changes no connection"
    );
    assert_eq!(kept_in(&template, &filled, true).connection_id, OTHER.parse().ok());
    let bare = self::template(&Draft::default());
    assert_eq!(drafted(&bare, true, &now), now, "what it does not say stays or is empty");
}

#[test]
fn what_differs_is_told_in_sentences() {
    let before = template(&typed());
    let now = Draft {
        parameters: vec![given("alpha", "2")],
        backend: "Local:\n  Runtime: 4h\n".to_owned(),
        ..typed()
    };
    assert_eq!(
        changes(&before, &template(&now)),
        ["The choice of parameters is now “alpha = 2”.", "The backend config is another."]
    );
}
