//! From a run to a draft, and from a draft to a request.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::Arc;

use models::code::CodeContents;
use models::connection::ConnectionProvider;
use models::run::Run;
use serde_json::{Value, json};

use super::asked::Asked;
use super::differences::{Place, differences};
use super::draft::{Draft, Given};
use super::equivalent::{client, curl};
use super::form::begin;
use super::names::{free, without_number};
use super::parameters::{hint, is_on, turned};
use super::request::{Surroundings, outcome, typed};
use super::secrecy::{holds_secrets, without_secrets};
use super::summary::machine;
use super::system::{Shape, Surrounding, System, from_text, to_text};
use super::yaml;

const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
const OTHER: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234568";
const COMMIT: &str = "4be1c0d4be1c0d4be1c0d4be1c0d4be1c0d4be1c";

fn run() -> Run {
    let repository = |kind: &str| {
        json!({
            format!("{kind}RepositoryId"): ID, format!("{kind}RepositoryName"): kind, "uri": "https://github.com/a/b",
            "platform": "GitHub", "connectionId": null, "dvcConnectionId": null, "versions": {"v2": COMMIT},
            "createdAt": 1, "updatedAt": 1, "version": 1,
        })
    };
    let run = json!({
        "runId": ID, "mlflowRunId": ID, "name": "amber-12",
        "experimentRepository": {
            "experimentRepositoryId": ID, "mlflowExperimentId": "1", "name": "tasting", "artifactLocation": "",
            "lifecycleStage": "active", "creationTime": 1, "lastUpdateTime": 1, "version": 1,
        },
        "codeRepository": repository("code"), "branch": "main", "commit": COMMIT,
        "dataRepository": repository("data"), "dataCommit": COMMIT,
        "connection": {"connectionId": ID, "connectionName": "JUWELS", "connectionProvider": "UNICORE"},
        "mlflowMlprojectFilePath": "wine", "entryPoint": "train",
        "mlflowParameters": {"alpha": 0.5, "deep": true, "note": "it's"},
        "backendConfig": {"UnicoreApiUrl": "https://x/rest/core", "Resources": {"Queue": "devel", "Nodes": 2}},
        "status": "FINISHED", "createdAt": 1, "artifactUri": "", "lifecycleStage": "active",
        "user": {"userId": ID, "name": "ann"}, "version": 1,
    });
    serde_json::from_value(run).unwrap()
}

fn about() -> Surroundings {
    let contents: CodeContents = serde_json::from_value(json!({
        "commit": COMMIT, "defaultBranch": "main", "branches": ["main"], "tags": [], "commits": [], "problem": null,
        "project": {"name": null, "environment": null, "entryPoints": [{
            "name": "train", "command": "python train.py",
            "parameters": {"alpha": "float", "deep": {"type": "bool", "default": false}, "note": "string"},
        }]},
    }))
    .unwrap();
    Surroundings {
        contents: Some(Arc::new(contents)),
        versions: BTreeMap::from([("v2".to_owned(), COMMIT.to_owned())]),
        provider: Some(ConnectionProvider::Unicore),
    }
}

fn again() -> Draft {
    Draft { name: "amber-13".to_owned(), ..Draft::of(&run()) }
}

fn errors(draft: &Draft) -> Vec<String> {
    let errors = outcome(draft, &about()).request.unwrap_err();
    errors.iter().map(|(field, _)| field.to_owned()).collect()
}

#[test]
fn a_run_is_started_again_as_it_was_started() {
    let again = outcome(&again(), &about());
    let request = serde_json::to_value(again.request.unwrap()).unwrap();
    let run = serde_json::to_value(run()).unwrap();
    for field in [
        "branch",
        "commit",
        "dataCommit",
        "mlflowMlprojectFilePath",
        "entryPoint",
        "mlflowParameters",
        "backendConfig",
    ] {
        assert_eq!(request[field], run[field], "{field}");
    }
    for field in ["codeRepositoryId", "dataRepositoryId", "experimentRepositoryId", "connectionId"] {
        assert_eq!(request[field], ID, "{field}");
    }
    assert_eq!((&request["name"], &request["dataBranch"]), (&json!("amber-13"), &Value::Null));
    assert!(again.warnings.is_empty(), "{:?}", again.warnings);
}

#[test]
fn a_branch_is_pinned_to_the_commit_that_was_looked_at() {
    let draft = Draft { reference: "work".to_owned(), ..again() };
    let request = outcome(&draft, &about()).request.unwrap();
    let text = |reference: Option<models::text::GitReference>| reference.map(String::from);
    assert_eq!(
        (text(request.branch), text(request.commit)),
        (Some("work".to_owned()), Some(COMMIT.to_owned()))
    );
    let unknown = Surroundings { contents: None, ..about() };
    assert_eq!(text(outcome(&draft, &unknown).request.unwrap().commit), None);
}

#[test]
fn a_blank_takes_the_default_and_numbers_are_numbers() {
    let given = |name: &str, text: &str| Given { name: name.to_owned(), text: text.to_owned() };
    let parameters = vec![given("alpha", "1e-3"), given("deep", " "), given("note", "7"), given("more", "8")];
    let outcome = outcome(&Draft { parameters, ..again() }, &about());
    let expected = json!({"alpha": 0.001, "note": "7", "more": 8});
    assert_eq!(Value::Object(outcome.request.unwrap().mlflow_parameters.unwrap()), expected);
    let [warning] = &*outcome.warnings else { panic!("{:?}", outcome.warnings) };
    assert_eq!(warning.field(), "mlflowParameters.more");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let given = |name: &str, text: &str| Given { name: name.to_owned(), text: text.to_owned() };
    let draft = Draft {
        name: " ".to_owned(),
        experiment: String::new(),
        code: String::new(),
        connection: String::new(),
        parameters: vec![given("alpha", "x"), given("a b", "1"), given("", "1"), given("note", "y")],
        ..again()
    };
    assert_eq!(
        errors(&draft),
        [
            "codeRepositoryId",
            "connectionId",
            "experimentRepositoryId",
            "mlflowParameters.",
            "mlflowParameters.a b",
            "mlflowParameters.alpha",
            "name",
        ]
    );
    assert_eq!(errors(&Draft { backend: "Resources:\n  Queue".to_owned(), ..again() }), ["yaml"]);
    assert_eq!(
        errors(&Draft { backend: "UnicoreApiUrl: u\nResources: {}\n".to_owned(), ..again() }),
        ["backendConfig.Resources.Queue"]
    );
}

#[test]
fn a_value_of_no_known_type_is_read_as_the_client_does() {
    for (text, expected) in [
        ("1", json!(1)),
        ("1e-3", json!(0.001)),
        ("True", json!(true)),
        ("inf", json!("inf")),
        ("nan", json!("nan")),
        ("a b ", json!("a b")),
        ("", json!("")),
    ] {
        assert_eq!(typed(text), expected, "{text}");
    }
}

#[test]
fn what_was_changed_is_told_and_nothing_else() {
    let source = Draft::of(&run());
    assert_eq!(differences(&source, &again()), []);
    let mut now = Draft { data: OTHER.to_owned(), data_version: String::new(), ..again() };
    now.parameters[0].text = "0.6".to_owned();
    now.parameters.remove(1);
    now.backend = format!("# Ours\n{}", now.backend);
    let found: Vec<_> =
        differences(&source, &now).into_iter().map(|own| (own.place, own.was, own.now)).collect();
    let own = |place, was: &str, now: &str| (place, was.to_owned(), now.to_owned());
    assert_eq!(
        found,
        [
            own(Place::Parameter("alpha".to_owned()), "0.5", "0.6"),
            own(Place::Parameter("deep".to_owned()), "true", ""),
            own(Place::Data, ID, OTHER),
            own(Place::DataVersion, "v2", ""),
        ]
    );
    now.backend = now.backend.replace("devel", "booster");
    assert_eq!(differences(&source, &now).last().map(|own| own.place.clone()), Some(Place::Backend));
}

#[test]
fn an_address_brings_its_own_code_and_data() {
    let source = Draft::of(&run());
    let asked = Asked { data: OTHER.parse().ok(), ..Asked::default() };
    let begun = begin(Some(&source), &asked);
    assert_eq!((begun.data.as_str(), begun.data_version.as_str(), &begun.code), (OTHER, "", &source.code));
    let same = Asked { data: ID.parse().ok(), ..Asked::default() };
    assert_eq!(begin(Some(&source), &same), source);
    let asked = Asked { code: OTHER.parse().ok(), ..Asked::default() };
    let begun = begin(Some(&source), &asked);
    assert_eq!((begun.code.as_str(), begun.reference.as_str(), begun.known), (OTHER, "", None));
}

#[test]
fn the_filter_of_a_source_can_be_read() {
    let asked = Asked {
        data: ID.parse().ok(),
        like: Some("params.a = 'b' OR name = 'c'".to_owned()),
        ..Asked::default()
    };
    let filter = asked.filter();
    assert!(filter.contains("(params.a = 'b' OR name = 'c') AND code IS SET"), "{filter}");
    assert!(models::query::parse(&filter).is_ok(), "{filter}");
}

#[test]
fn the_command_and_the_request_start_the_same() {
    let draft = again();
    let request = outcome(&draft, &about()).request.unwrap();
    let command = client(ID.parse().unwrap(), &request, &draft.backend);
    for part in [
        "cat > backend-config.yaml <<'END'\nUnicoreApiUrl: https://x/rest/core\nResources:\n  Queue: devel\n  Nodes: 2\nEND\n",
        &format!("export MANTIK_CODE_REPOSITORY_ID={ID}\n"),
        "mantik runs submit wine \\\n",
        "--name amber-13 ",
        &format!("--commit {COMMIT} "),
        &format!("--data-commit {COMMIT} "),
        "-P alpha=0.5 ",
        "-P deep=True ",
        "-P 'note=it'\\''s'",
    ] {
        assert!(command.contains(part), "{part} in {command}");
    }
    let call = curl("https://mantik.example", ID.parse().unwrap(), &request);
    assert!(
        call.starts_with(&format!("curl --fail-with-body https://mantik.example/api/projects/{ID}/runs "))
    );
    let body = call.split_once("'END'\n").unwrap().1.strip_suffix("\nEND").unwrap();
    assert_eq!(serde_json::from_str::<models::run::AddRun>(body).unwrap(), request);
    assert!(!body.contains("null"), "{body}");
}

#[test]
fn a_draft_keeps_no_secrets() {
    let mut draft = again();
    draft.parameters.push(Given { name: "api_token".to_owned(), text: "hush".to_owned() });
    draft.backend = "Environment:\n  Variables:\n    A_TOKEN: hush # x\n    \"my-password\":\n      hush\n    KEEP: 1\n    \
                     KEYS: 2\nX: {secret: hush, b: 1}\nResources:\n  Queue: a\n"
        .to_owned();
    let kept = without_secrets(&draft);
    assert!(!serde_json::to_string(&kept).unwrap().contains("hush"), "{kept:?}");
    for stays in ["A_TOKEN:", "KEEP: 1", "KEYS: 2", "Queue: a"] {
        assert!(kept.backend.contains(stays), "{}", kept.backend);
    }
    assert!(holds_secrets(&draft) && !holds_secrets(&again()));
}

#[test]
fn a_name_is_the_next_that_is_free() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<HashSet<_>>();
    assert_eq!(free("amber", &names(&[])), "amber");
    assert_eq!(free("amber", &names(&["amber"])), "amber-2");
    assert_eq!(free("amber", &names(&["amber-9", "amber-12", "amber-x"])), "amber-13");
    assert_eq!(
        (without_number("amber-12"), without_number("amber-x"), without_number("-1")),
        ("amber", "amber-x", "-1")
    );
}

#[test]
fn a_switch_says_nothing_where_the_default_does() {
    let contents = about().contents.unwrap();
    let parameters = &contents.project.as_ref().unwrap().entry_points[0].parameters;
    let deep = parameters.iter().find(|own| own.name == "deep").unwrap();
    assert!(!is_on(deep, "") && is_on(deep, "True"));
    assert_eq!((turned(deep, true), turned(deep, false)), ("true".to_owned(), String::new()));
    assert_eq!(hint(deep), "True or false · false by default");
}

#[test]
fn fields_say_what_the_config_says() {
    let config = yaml::read(
        "SSH:\n  Hostname: h\nResources: {Queue: a, Nodes: 2}\nEnvironment: {Python: {Path: /v}}\n",
    );
    let config = config.unwrap();
    assert_eq!((System::of(&config), Surrounding::of(&config)), (Some(System::Ssh), Surrounding::Python));
    assert_eq!(Surrounding::Python.fields(&config)[0].path, ["Environment", "Python", "Path"]);
    assert_eq!(machine(&config), "SSH · a · 2 nodes");
    let local = yaml::read("Local: {Runtime: 2h}").unwrap();
    assert_eq!(machine(&local), "This server · 2h");
    for (text, shape, value) in [
        ("", Shape::Required, Some(json!(""))),
        ("", Shape::Text, None),
        ("4", Shape::Count, Some(json!(4))),
        ("04", Shape::Count, Some(json!("04"))),
        ("a\nb", Shape::Lines, Some(json!(["a", "b"]))),
        ("A=1\nB=x=y", Shape::Pairs, Some(json!({"A": "1", "B": "x=y"}))),
    ] {
        let read = from_text(text, shape);
        assert_eq!(read, value, "{text}");
        assert_eq!(to_text(read.as_ref(), shape), text);
    }
    assert_eq!(to_text(from_text("a\n\n", Shape::Lines).as_ref(), Shape::Lines), "a");
}
