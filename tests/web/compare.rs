//! The page on which runs are compared.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use console::routes::Route;

use crate::fake_server::FakeServer;
use crate::run_page::run;
use crate::runs::{ID, open, query, session};
use crate::support::{Page, wait};

const OTHER: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234568";

fn server() -> FakeServer {
    FakeServer::start(|request| match request.replace(ID, "id").as_str() {
        "GET /api/session" => (200, session()),
        "POST /api/projects/id/runs/compare" => (200, comparison()),
        _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
    })
}

fn comparison() -> Value {
    let mut other = run();
    other["runId"] = json!(OTHER);
    other["mlflowRunId"] = json!(OTHER.replace('-', ""));
    json!({
        "runs": [run(), other],
        "missing": [],
        "parameters": [
            { "key": "depth", "values": ["4", "5"] },
            { "key": "seed", "values": ["7", "7"] },
        ],
        "tags": [],
        "metrics": [],
        "inputs": [[], []],
    })
}

async fn open_comparison() -> Page {
    let address = Route::compare_of(ID.parse().unwrap(), &[ID.parse().unwrap(), OTHER.parse().unwrap()]);
    open(&address).await
}

fn names(page: &Page) -> Vec<String> {
    page.all("tbody th[scope=row]").iter().filter_map(|name| name.text_content()).collect()
}

#[wasm_bindgen_test]
async fn rows_in_which_runs_agree_are_shown_when_asked_for_and_the_address_stays_readable() {
    let _server = server();
    let page = open_comparison().await;
    assert_eq!(names(&page), ["depth"]);
    page.find("switch", "Only what differs").click();
    wait(100).await;
    assert!(names(&page).contains(&"seed".to_owned()), "{:?}", names(&page));
    let runs = format!("{},{}", ID.replace('-', ""), OTHER.replace('-', ""));
    assert_eq!(query(), format!("?runs={runs}&all=true"));
}

#[wasm_bindgen_test]
async fn what_cannot_be_drawn_is_told() {
    let _server = server();
    let page = open_comparison().await;
    assert!(page.text().contains("None of these runs has logged a metric yet."), "{}", page.text());
    assert!(page.text().contains("depth by seed"), "{}", page.text());
}
