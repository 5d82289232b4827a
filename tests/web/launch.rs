//! The form that starts runs.

use std::cell::RefCell;
use std::rc::Rc;

use console::routes::{Route, RunLeg};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::fake_server::FakeServer;
use crate::run_page::run;
use crate::runs::{ID, open, page_of, session};
use crate::support::{Page, dispatch, fill, focused, settle, until};

const COMMIT: &str = "4be1c0d4be1c0d4be1c0d4be1c0d4be1c0d4be1c";

type Asked = Rc<RefCell<Vec<String>>>;

/// A server with code, data and an experiment, and with a run that used them; it notes what is asked.
fn server() -> (FakeServer, Asked) {
    let asked = Asked::default();
    let noted = Rc::clone(&asked);
    let server = FakeServer::start(move |request| {
        noted.borrow_mut().push(request.replace(ID, "id"));
        match request.replace(ID, "id").as_str() {
            "GET /api/session" => (200, session()),
            "GET /api/projects/id/code" => (200, listed("codeRepositories", repository("code"))),
            "GET /api/projects/id/data" => (200, listed("dataRepositories", repository("data"))),
            "GET /api/projects/id/experiments" => (200, listed("experimentRepositories", experiment())),
            "GET /api/users/id/settings/connections" => {
                (200, json!({ "totalRecords": 0, "connections": [] }))
            }
            "GET /api/projects/id/code/id/entry-points" => (200, contents()),
            "GET /api/projects/id/runs/id" => (200, started()),
            "POST /api/projects/id/runs/search" => (200, page_of(0, 0)),
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        }
    });
    (server, asked)
}

fn listed(kind: &str, item: Value) -> Value {
    json!({ "totalRecords": 1, "pageRecords": 1, kind: [item] })
}

fn repository(kind: &str) -> Value {
    json!({
        format!("{kind}RepositoryId"): ID, format!("{kind}RepositoryName"): format!("the {kind}"),
        "uri": "https://github.com/a/b", "platform": "GitHub", "connectionId": null, "dvcConnectionId": null,
        "versions": { "v1": "main" }, "createdAt": 1, "updatedAt": 1, "version": 1,
    })
}

fn experiment() -> Value {
    json!({
        "experimentRepositoryId": ID, "mlflowExperimentId": "1", "name": "tasting", "artifactLocation": "",
        "lifecycleStage": "active", "creationTime": 1, "lastUpdateTime": 1, "version": 1,
    })
}

fn contents() -> Value {
    json!({
        "commit": COMMIT, "defaultBranch": "main", "branches": ["main"], "tags": [], "commits": [], "problem": null,
        "project": { "name": null, "environment": null, "entryPoints": [
            { "name": "main", "command": "python train.py", "parameters": {
                "alpha": "float", "deep": { "type": "bool", "default": true }, "table": { "type": "uri", "default": "s3://a/b" },
            } },
            { "name": "evaluate", "command": "python evaluate.py", "parameters": {} },
        ] },
    })
}

fn started() -> Value {
    let mut run = run();
    run["codeRepository"] = repository("code");
    run["branch"] = json!("main");
    run["commit"] = json!(COMMIT);
    run["entryPoint"] = json!("main");
    run["mlflowParameters"] = json!({ "alpha": 0.5, "seed": 7 });
    run["backendConfig"] = json!({ "SSH": { "Hostname": "h" }, "Resources": { "Queue": "devel" } });
    run
}

async fn open_form(address: &str) -> (FakeServer, Asked, Page) {
    // A draft of the test before would be taken up.
    if let Ok(Some(storage)) = leptos::prelude::window().session_storage() {
        storage.clear().unwrap();
    }
    let (server, asked) = server();
    let page = open(address).await;
    until(|| page.search("field", "Code").is_some()).await;
    (server, asked, page)
}

fn choose(page: &Page, label: &str, value: &str) {
    let field = page.find("field", label);
    field.unchecked_ref::<web_sys::HtmlSelectElement>().set_value(value);
    dispatch(&field, "change");
}

#[wasm_bindgen_test]
async fn the_code_says_what_is_asked_for() {
    let (_server, _, page) = open_form(&Route::Launch(ID.parse().unwrap()).to_string()).await;
    choose(&page, "Code", ID);
    page.shows("A number, such as 0.5 or 1e-3").await;
    assert_eq!(page.field("alpha").get_attribute("aria-required").as_deref(), Some("true"));
    let deep = page.all("[role=switch]").into_iter().next().unwrap();
    assert_eq!(deep.get_attribute("aria-checked").as_deref(), Some("true"));
    assert!(page.field("tableoptional").placeholder() == "s3://a/b");
    choose(&page, "Entry point", "evaluate");
    settle().await;
    assert!(page.search("field", "alpha").is_none());
    choose(&page, "Entry point", "main");
    settle().await;
    assert!(page.search("field", "alpha").is_some());
}

#[wasm_bindgen_test]
async fn errors_stand_at_their_fields_and_the_first_takes_the_focus() {
    let (_server, asked, page) = open_form(&Route::Launch(ID.parse().unwrap()).to_string()).await;
    assert!(page.all("[aria-invalid=true]").is_empty(), "nothing is wrong before anybody has asked");
    page.button("Run").click();
    until(|| focused() == "Code").await;
    assert_eq!(focused(), "Code");
    assert!(page.text().contains("Choose the code that is executed."));
    assert!(
        !asked.borrow().iter().any(|own| own.ends_with("/runs/check")),
        "the server is not asked in vain"
    );
    choose(&page, "Code", ID);
    page.shows("Enter a value.").await;
    fill(&page.field("alpha"), "much");
    page.shows("Enter a number, such as 0.5 or 1e-3.").await;
    fill(&page.field("alpha"), "1e-3");
    until(|| !page.text().contains("Enter a number, such as 0.5 or 1e-3.")).await;
    assert!(!page.text().contains("Enter a number, such as 0.5 or 1e-3."));
}

#[wasm_bindgen_test]
async fn a_run_lends_its_values_and_what_differs_is_marked() {
    let id = ID.parse().unwrap();
    let address = Route::launch_from(ID.parse().unwrap(), id, Some(RunLeg::Data));
    let (_server, _, page) = open_form(&address).await;
    page.shows("A number, such as").await;
    until(|| focused() == "Dataoptional").await;
    assert_eq!(focused(), "Dataoptional", "the form opens where something is to be changed");
    assert_eq!(page.field("alpha").value(), "0.5");
    let extra: Vec<_> = page
        .all(".launch-extra input")
        .into_iter()
        .map(HtmlElement::unchecked_into::<HtmlInputElement>)
        .collect();
    assert_eq!(extra.iter().map(HtmlInputElement::value).collect::<Vec<_>>(), ["seed", "7"]);
    assert_eq!(page.field("Queue").value(), "devel");
    assert!(page.text().contains("Nothing yet."));
    fill(&page.field("Queue"), "booster");
    fill(&page.field("alpha"), "0.6");
    page.shows("Changed from 0.5").await;
    assert_eq!(page.all("[data-changed]").len(), 2);
    page.button("Take back: alpha").click();
    settle().await;
    assert_eq!(page.field("alpha").value(), "0.5");
}

#[wasm_bindgen_test]
async fn what_the_yaml_says_the_fields_show_and_the_other_way_round() {
    let id = ID.parse().unwrap();
    let (_server, _, page) = open_form(&Route::launch_from(ID.parse().unwrap(), id, None)).await;
    until(|| page.search("field", "Queue").is_some()).await;
    fill(&page.field("Queue"), "booster");
    settle().await;
    page.find("radio", "YAML").click();
    until(|| page.search("field", "Backend config in YAML").is_some()).await;
    let yaml = page.find("field", "Backend config in YAML");
    let text: &web_sys::HtmlTextAreaElement = yaml.unchecked_ref();
    assert!(text.value().contains("Queue: booster"), "{}", text.value());
    text.set_value("SSH:\n  Hostname: h\nResources:\n  Queue: night # long\n");
    dispatch(&yaml, "input");
    settle().await;
    page.find("radio", "Form").click();
    until(|| page.search("field", "Queue").is_some()).await;
    assert_eq!(page.field("Queue").value(), "night");
}

#[wasm_bindgen_test]
async fn each_part_that_is_to_be_changed_takes_the_focus() {
    for (leg, name) in [(RunLeg::Code, "Code"), (RunLeg::Parameters, "alpha")] {
        let id = ID.parse().unwrap();
        let (_server, _, page) = open_form(&Route::launch_from(ID.parse().unwrap(), id, Some(leg))).await;
        until(|| focused() == name).await;
        assert_eq!(focused(), name);
        drop(page);
    }
}
