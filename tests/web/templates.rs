//! Templates of the form that starts runs.

use std::cell::RefCell;
use std::rc::Rc;

use console::routes::Route;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::fake_server::FakeServer;
use crate::runs::{ID, open, page_of, session};
use crate::support::{Page, fill, settle, until, wait};

const BEN: &str = "0190a5b2-c3d4-4e5f-8a9b-000000000002";
const SHARED: &str = "0190a5b2-c3d4-4e5f-8a9b-000000000003";

/// A server with a template of one's own and one of ben's, and the changes that it was asked for.
struct Scene {
    _server: FakeServer,
    changes: Rc<RefCell<Vec<String>>>,
}

async fn open_form() -> (Scene, Page) {
    // A draft of the test before would be taken up.
    if let Ok(Some(storage)) = leptos::prelude::window().session_storage() {
        storage.clear().unwrap();
    }
    let changes = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&changes);
    let server = FakeServer::start(move |request| {
        let request = request.replace(SHARED, "shared").replace(ID, "id");
        if request.starts_with("PUT") {
            noted.borrow_mut().push(request.clone());
        }
        match request.as_str() {
            "GET /api/session" => (200, session()),
            "GET /api/projects/id" => (200, project()),
            "GET /api/projects/id/run-templates" => (200, json!({ "templates": templates() })),
            // Somebody else was faster the first time.
            "PUT /api/projects/id/run-templates/id" if noted.borrow().len() == 1 => {
                (412, template(ID, "Nightly", "booster", 2))
            }
            "PUT /api/projects/id/run-templates/id" => (200, template(ID, "Nightly", "mine", 3)),
            "POST /api/projects/id/runs/search" => (200, page_of(0, 0)),
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        }
    });
    let page = open(&Route::Launch(ID.parse().unwrap()).to_string()).await;
    until(|| page.search("button", "Templates").is_some() && page.search("field", "Code").is_some()).await;
    (Scene { _server: server, changes }, page)
}

fn templates() -> Vec<Value> {
    let mut shared = template(SHARED, "Everybody's", "batch", 1);
    shared["isShared"] = json!(true);
    shared["owner"] = json!({ "userId": BEN, "name": "ben" });
    let sweep = |n: usize| {
        template(&format!("0190a5b2-c3d4-4e5f-8a9b-0000000001{n:02}"), &format!("Sweep {n}"), "devel", 1)
    };
    [shared, template(ID, "Nightly", "devel", 1)].into_iter().chain((0..7).map(sweep)).collect()
}

/// A template in whose backend config this is the queue.
fn template(id: &str, name: &str, queue: &str, version: i64) -> Value {
    let draft =
        json!({ "backendConfigYaml": format!("SSH:\n  Hostname: h\nResources:\n  Queue: {queue}\n") });
    json!({
        "templateId": id, "name": name, "draft": draft, "isShared": false, "owner": { "userId": ID, "name": "ann" },
        "createdAt": 1, "updatedAt": 2, "version": version,
    })
}

fn project() -> Value {
    json!({
        "projectId": ID, "name": "Weather", "executiveSummary": "", "owner": { "userId": ID, "name": "ann" },
        "public": false, "labels": [], "currentUserRole": "RESEARCHER", "version": 1, "createdAt": 0, "updatedAt": 0,
        "runCounts": { "scheduled": 0, "running": 0, "finished": 0, "failed": 0, "killed": 0 },
    })
}

async fn choose(page: &Page, menu: &str, item: &str) {
    page.button(menu).click();
    wait(50).await;
    let all = page.all("[role^=menuitem]");
    let found = all.iter().find(|own| own.text_content().unwrap_or_default().contains(item));
    found.unwrap_or_else(|| panic!("no “{item}” in: {}", page.text())).click();
    wait(50).await;
}

#[wasm_bindgen_test]
async fn a_template_fills_the_form_and_what_was_typed_comes_back() {
    let (_scene, page) = open_form().await;
    page.button("Templates").click();
    wait(50).await;
    let text = page.text();
    let (own, others) = (text.find("My templates").unwrap(), text.find("Shared with the project").unwrap());
    assert!(own < others, "one's own come first: {text}");
    page.button("Templates").click();
    choose(&page, "Templates", "Everybody's").await;
    until(|| page.search("field", "Queue").is_some()).await;
    assert_eq!(page.field("Queue").value(), "batch");
    assert!(page.search("button", "Everybody's").is_some(), "the button says what fills the form");
    until(|| page.search("button", "Undo").is_some()).await;
    page.button("Undo").click();
    until(|| page.search("button", "Templates").is_some()).await;
    assert!(page.search("field", "Queue").is_none_or(|_| page.field("Queue").value().is_empty()));
}

#[wasm_bindgen_test]
async fn among_many_templates_one_is_found_by_part_of_its_name_or_of_its_owners() {
    let (_scene, page) = open_form().await;
    page.button("Templates").click();
    wait(50).await;
    let listed = || -> Vec<String> {
        page.all("[role^=menuitem] .saved-name").iter().map(|own| own.text_content().unwrap()).collect()
    };
    assert_eq!(listed().len(), 9);
    let line: HtmlInputElement = page.all(".menu-search input").remove(0).unchecked_into();
    for (sought, found) in [("WEEP 3", vec!["Sweep 3"]), ("ben", vec!["Everybody's"]), ("nothing", vec![])] {
        fill(&line, sought);
        until(|| listed() == found).await;
    }
    assert!(page.text().contains("No template has this in its name."));
}

#[wasm_bindgen_test]
async fn an_update_that_would_overwrite_another_is_asked_about() {
    let (scene, page) = open_form().await;
    choose(&page, "Templates", "Nightly").await;
    until(|| page.search("field", "Queue").is_some()).await;
    fill(&page.field("Queue"), "mine");
    settle().await;
    choose(&page, "What to do with the template", "Update template").await;
    until(|| page.search("dialog", "Somebody else has changed this template").is_some()).await;
    assert!(page.text().contains("The backend config is another."), "{}", page.text());
    assert_eq!(page.field("Queue").value(), "mine", "what was typed stays");
    page.button("Update all the same").click();
    until(|| page.search("dialog", "Somebody else has changed this template").is_none()).await;
    page.shows("The template was updated.").await;
    assert_eq!(scene.changes.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn theirs_can_be_taken_instead() {
    let (scene, page) = open_form().await;
    choose(&page, "Templates", "Nightly").await;
    until(|| page.search("field", "Queue").is_some()).await;
    fill(&page.field("Queue"), "mine");
    settle().await;
    choose(&page, "What to do with the template", "Update template").await;
    until(|| page.search("dialog", "Somebody else has changed this template").is_some()).await;
    page.button("Take theirs").click();
    until(|| page.field("Queue").value() == "booster").await;
    assert_eq!(page.field("Queue").value(), "booster");
    assert_eq!(scene.changes.borrow().len(), 1, "nothing more is sent");
}
