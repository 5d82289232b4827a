//! The table of the runs of all projects: each run leads into its own, and only those of one are compared.

use console::routes::{Route, RunTab};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::runs::{ID, groups, open, page_of, session};
use crate::support::{Page, wait};

const OTHER: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234599";

/// A server with runs of two projects in turn; with none when `n` is 0.
fn server(n: usize) -> FakeServer {
    FakeServer::start(move |request| match request {
        "GET /api/session" => (200, session()),
        "GET /api/runs/keys" => (200, json!({ "metrics": [{ "key": "loss", "runs": 4 }], "parameters": [] })),
        "POST /api/runs/search" => (200, of_two(n)),
        "POST /api/runs/groups" => (200, groups()),
        _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
    })
}

fn of_two(n: usize) -> Value {
    let mut page = page_of(n as u64, n);
    page["projectIds"] = (0..n).map(|run| if run % 2 == 0 { ID } else { OTHER }).collect();
    let entries = json!([{ "text": "Weather", "id": ID }, { "text": "Rain", "id": OTHER }]);
    let places: Vec<_> = (0..n).map(|run| run % 2).collect();
    page["columns"] = json!([
        { "field": "project", "values": { "texts": { "entries": entries, "places": places } } },
    ]);
    page
}

fn headings(page: &Page) -> Vec<String> {
    page.all(".table-title").iter().filter_map(|heading| heading.text_content()).collect()
}

fn tick(page: &Page, row: usize) {
    page.all(".table-row[data-kind=\"data\"] input[type=checkbox]")[row].click();
}

#[wasm_bindgen_test]
async fn each_run_leads_to_its_page_in_its_project() {
    let _server = server(4);
    let page = open(&Route::AllRuns.to_string()).await;
    page.shows("4 runs").await;
    for (name, number, project) in [("run 0", 0, ID), ("run 1", 1, OTHER)] {
        let run = format!("0190a5b2-c3d4-4e5f-8a9b-{number:012}").parse().unwrap();
        let address = Route::Run(project.parse().unwrap(), run, RunTab::Overview).to_string();
        assert_eq!(page.find("link", name).get_attribute("href"), Some(address));
    }
    assert_eq!(headings(&page)[1..3], ["Name", "Project"]);
    let project = page.find("link", "Rain").get_attribute("href");
    assert_eq!(project, Some(Route::Project(OTHER.parse().unwrap()).to_string()));
}

#[wasm_bindgen_test]
async fn the_project_is_what_one_groups_by_first() {
    let _server = server(4);
    let page = open(&Route::AllRuns.to_string()).await;
    page.button("Group by").click();
    wait(100).await;
    let offered: Vec<_> = page.all(".group-by [role^=menuitem]");
    assert_eq!(offered[0].text_content().as_deref().map(str::trim), Some("Project"));
}

#[wasm_bindgen_test]
async fn only_runs_of_one_project_can_be_compared() {
    let _server = server(4);
    let page = open(&Route::AllRuns.to_string()).await;
    tick(&page, 0);
    tick(&page, 2);
    wait(300).await;
    let address = page.find("link", "Compare").get_attribute("href").unwrap();
    assert!(address.starts_with(&Route::Compare(ID.parse().unwrap()).to_string()), "{address}");
    tick(&page, 1);
    wait(300).await;
    assert!(page.search("link", "Compare").is_none());
    let why_not = page.button("Compare").get_attribute("data-tip").unwrap();
    assert!(why_not.starts_with("Only runs of one project can be compared."), "{why_not}");
}

#[wasm_bindgen_test]
async fn where_there_are_no_runs_at_all_it_leads_to_the_projects() {
    let _server = server(0);
    let page = open(&Route::AllRuns.to_string()).await;
    assert!(page.text().contains("No runs yet"), "{}", page.text());
    let address = page.find("link", "Go to the projects").get_attribute("href");
    assert_eq!(address, Some(Route::Projects.to_string()));
}
