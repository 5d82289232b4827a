//! Saved views: the one that opens first, the marks of what differs from it, saving, and who may.

use std::cell::RefCell;
use std::rc::Rc;

use console::routes::Route;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::runs::{ID, groups, open, page_of, query, session};
use crate::support::{Page, fill, until, wait};

const BEN: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef0123beef";
const OURS: &str = "11111111-2222-4333-8444-555555555555";
const MINE: &str = "11111111-2222-4333-8444-666666666666";

fn view(id: &str, name: &str, owner: &str, is_shared: bool) -> Value {
    json!({
        "viewId": id, "name": name, "table": { "groupBy": ["params.depth"], "columns": ["metrics.loss"] },
        "isShared": is_shared, "owner": { "userId": owner, "name": if owner == BEN { "ben" } else { "ann" } },
        "createdAt": 0, "updatedAt": 0, "version": 1,
    })
}

fn views(default: Value) -> Value {
    let views = [view(MINE, "Mine", ID, false), view(OURS, "Ours", BEN, true)];
    json!({ "views": views, "defaultViewId": default, "ownDefaultViewId": null })
}

fn none() -> Value {
    json!({ "views": [], "defaultViewId": null, "ownDefaultViewId": null })
}

/// A project in which the person has the role, and its views; also what was asked to change.
fn server(role: &'static str, views: Value) -> (FakeServer, Rc<RefCell<Vec<String>>>) {
    let changes = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&changes);
    let server = FakeServer::start(move |request| {
        let path = request.replace(ID, "id");
        if path.starts_with("PUT ") || path.starts_with("DELETE ") || path == "POST /api/projects/id/views" {
            noted.borrow_mut().push(path.clone());
        }
        match path.as_str() {
            "GET /api/session" => (200, session()),
            "GET /api/projects/id" => (200, project(role)),
            "GET /api/projects/id/views" => (200, views.clone()),
            "POST /api/projects/id/views" => {
                (409, json!({ "detail": "The name is taken.", "code": "conflict" }))
            }
            "GET /api/projects/id/runs/keys" => (200, json!({ "metrics": [], "parameters": [] })),
            "POST /api/projects/id/runs/search" => (200, page_of(40, 40)),
            "POST /api/projects/id/runs/groups" => (200, groups()),
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        }
    });
    (server, changes)
}

fn project(role: &str) -> Value {
    json!({
        "projectId": ID, "name": "Weather", "executiveSummary": "", "owner": { "userId": BEN, "name": "ben" },
        "public": false, "labels": [], "currentUserRole": role, "version": 1, "createdAt": 0, "updatedAt": 0,
        "runCounts": { "scheduled": 0, "running": 0, "finished": 40, "failed": 0, "killed": 0 },
    })
}

async fn open_runs(query: &str) -> Page {
    open(&format!("{}{query}", Route::Runs(ID.parse().unwrap()))).await
}

async fn open_menu(page: &Page, name: &str) {
    page.button(name).click();
    wait(50).await;
}

fn n_groups(page: &Page) -> usize {
    page.all(".table-row[data-kind=\"group\"]").len()
}

fn reason(page: &Page, item: &str) -> String {
    let items = page.all("[role^=menuitem]");
    let texts = items.iter().map(|item| item.text_content().unwrap());
    let found = texts.filter_map(|text| text.strip_prefix(item).map(str::to_owned)).next();
    found.unwrap_or_else(|| panic!("no {item} in {}", page.text()))
}

#[wasm_bindgen_test]
async fn without_a_query_the_view_opens_that_opens_first() {
    let (_server, _) = server("RESEARCHER", views(json!(OURS)));
    let page = open_runs("").await;
    page.button("Ours");
    assert_eq!(n_groups(&page), 2);
    assert_eq!(query(), format!("?view={OURS}"));
    open_menu(&page, "Ours").await;
    page.find("menuitem", "All runs").click();
    until(|| n_groups(&page) == 0).await;
    assert_eq!((n_groups(&page), query().as_str()), (0, "?view=none"));
    page.button("Views");
}

#[wasm_bindgen_test]
async fn what_differs_from_the_view_is_marked_and_can_be_discarded() {
    let (_server, changes) = server("RESEARCHER", views(json!(null)));
    let page = open_runs(&format!("?view={MINE}")).await;
    let is_edited = || page.all(".run-views-edited")[0].text_content().unwrap() == "Edited";
    assert!(!is_edited());
    page.button("Do not group by depth").click();
    wait(200).await;
    assert!(is_edited());
    assert_eq!(query(), format!("?view={MINE}&cols=metrics.loss"));
    open_menu(&page, "What to do with the view").await;
    page.find("menuitem", "Discard changes").click();
    wait(200).await;
    assert!(!is_edited());
    assert_eq!((n_groups(&page), query()), (2, format!("?view={MINE}")));
    assert!(changes.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn an_address_with_a_view_and_its_very_table_gets_short() {
    let (_server, _) = server("RESEARCHER", views(json!(null)));
    let page = open_runs(&format!("?view={MINE}&group=params.depth&cols=metrics.loss")).await;
    page.button("Mine");
    assert_eq!(query(), format!("?view={MINE}"));
}

#[wasm_bindgen_test]
async fn a_link_to_a_view_that_one_does_not_see_says_so_and_shows_all_runs() {
    let (_server, _) = server("RESEARCHER", none());
    let page = open_runs(&format!("?view={OURS}")).await;
    assert!(page.text().contains("This view was deleted, or is not shared with you."), "{}", page.text());
    page.shows("40 runs").await;
    assert_eq!(query(), "");
}

#[wasm_bindgen_test]
async fn a_link_with_a_table_works_without_its_view() {
    let (_server, _) = server("RESEARCHER", none());
    let page = open_runs(&format!("?view={OURS}&group=params.depth")).await;
    assert_eq!(n_groups(&page), 2);
    page.button("Views");
    assert!(!page.text().contains("was deleted"));
}

#[wasm_bindgen_test]
async fn a_name_that_is_taken_or_too_long_is_refused_where_it_is_entered() {
    let (_server, changes) = server("RESEARCHER", none());
    let page = open_runs("").await;
    open_menu(&page, "Views").await;
    assert!(page.text().contains("Save how the table is set up"));
    page.find("menuitem", "Save as new view…").click();
    wait(50).await;
    let save = || page.button("Save view").click();
    fill(&page.field("Name"), &"x".repeat(101));
    save();
    wait(50).await;
    assert!(page.text().contains("Shorten it to 100 characters"), "{}", page.text());
    assert!(changes.borrow().is_empty());
    fill(&page.field("Name"), "Best");
    save();
    wait(100).await;
    assert_eq!(*changes.borrow(), ["POST /api/projects/id/views"]);
    assert_eq!(page.field("Name").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(page.text().contains("The name is taken."));
    assert_eq!(page.field("Name").value(), "Best");
}

#[wasm_bindgen_test]
async fn a_guest_opens_views_and_is_told_why_she_keeps_none() {
    let (_server, _) = server("GUEST", views(json!(null)));
    let page = open_runs(&format!("?view={OURS}")).await;
    open_menu(&page, "Ours").await;
    assert!(reason(&page, "Save as new view…").starts_with("This needs the role Reporter"));
}

#[wasm_bindgen_test]
async fn the_shared_view_of_somebody_else_is_not_changed_by_a_researcher() {
    let (_server, changes) = server("RESEARCHER", views(json!(null)));
    let page = open_runs(&format!("?view={OURS}&group=status")).await;
    open_menu(&page, "What to do with the view").await;
    assert!(reason(&page, "Update view").starts_with("ben shares this view"));
    assert!(reason(&page, "Delete…").starts_with("ben shares this view"));
    assert!(reason(&page, "Share with the project").starts_with("Only ben can share"));
    assert!(reason(&page, "Open first for everybody").starts_with("This needs the role Maintainer"));
    assert_eq!(reason(&page, "Open first for me"), "");
    page.find("menuitem", "Open first for me").click();
    wait(50).await;
    assert_eq!(*changes.borrow(), ["PUT /api/projects/id/views/default/own"]);
}
