//! The filter of the runs: completed by keyboard, shown as chips, and kept while it is unfinished.

use console::routes::Route;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::fake_server::FakeServer;
use crate::runs::{ID, groups, open, page_of, query, session};
use crate::support::{Page, fill, focused, has_focus, press, settle, until, wait};

const TWO: &str = "?q=metrics.loss%20%3C%201%20AND%20params.depth%20%3D%20%274%27";
const UNFINISHED: &str = "Finish or clear the text in the filter line first.";

fn server() -> FakeServer {
    FakeServer::start(move |request| match request.replace(ID, "id").as_str() {
        "GET /api/session" => (200, session()),
        "GET /api/projects/id/runs/keys" => (200, keys()),
        "POST /api/projects/id/runs/search" => (200, page_of(40, 40)),
        "POST /api/projects/id/runs/groups" => (200, groups()),
        _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
    })
}

fn keys() -> Value {
    json!({
        "metrics": [{ "key": "loss", "runs": 40 }, { "key": "größe 😀", "runs": 3 }],
        "parameters": [{ "key": "depth", "runs": 30 }],
    })
}

async fn open_runs(query: &str) -> (Page, HtmlInputElement) {
    let page = open(&format!("{}{query}", Route::Runs(ID.parse().unwrap()))).await;
    let line = page.field("Filter the runs");
    line.focus().unwrap();
    (page, line)
}

fn is_expanded(line: &HtmlInputElement) -> bool {
    line.get_attribute("aria-expanded").as_deref() == Some("true")
}

fn chips(page: &Page) -> Vec<String> {
    page.all(".chip > .button:first-child").iter().filter_map(|chip| chip.text_content()).collect()
}

fn is_disabled(element: &HtmlElement) -> bool {
    element.get_attribute("aria-disabled").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn a_filter_is_written_by_taking_what_is_offered() {
    let _server = server();
    let (_page, line) = open_runs("").await;
    fill(&line, "lo");
    settle().await;
    assert!(is_expanded(&line));
    assert!(line.get_attribute("aria-activedescendant").is_some());
    assert_eq!(line.get_attribute("aria-invalid"), None, "what is unfinished is not wrong");
    assert!(press("Tab"));
    settle().await;
    assert_eq!(line.value(), "metrics.loss ");
    assert!(has_focus(&line));
    fill(&line, "metrics.loss < 1");
    settle().await;
    press("Enter");
    wait(100).await;
    assert_eq!(query(), "?q=metrics.loss%20%3C%201");
}

#[wasm_bindgen_test]
async fn the_caret_stands_behind_what_was_taken_beyond_the_first_plane() {
    let _server = server();
    let (_page, line) = open_runs("").await;
    fill(&line, "größ");
    settle().await;
    assert!(press("Enter"));
    settle().await;
    assert_eq!(line.value(), "metrics.`größe 😀` ");
    let units = u32::try_from(line.value().encode_utf16().count()).unwrap();
    assert_eq!(line.selection_start().unwrap(), Some(units));
    assert!(is_expanded(&line), "operators come next");
}

#[wasm_bindgen_test]
async fn escape_closes_the_list_first_and_then_clears_the_line() {
    let _server = server();
    let (_page, line) = open_runs("").await;
    fill(&line, "metrics.lo");
    settle().await;
    press("Escape");
    settle().await;
    assert!(!is_expanded(&line));
    assert_eq!(line.value(), "metrics.lo");
    assert_eq!(line.get_attribute("aria-invalid").as_deref(), Some("true"));
    press("Escape");
    settle().await;
    assert_eq!(line.value(), "");
}

#[wasm_bindgen_test]
async fn a_chip_is_removed_from_the_filter_and_its_text() {
    let _server = server();
    let (page, line) = open_runs(TWO).await;
    assert_eq!(chips(&page), ["metrics.loss < 1", "params.depth = '4'"]);
    page.button("Remove metrics.loss < 1").click();
    wait(100).await;
    assert_eq!(chips(&page), ["params.depth = '4'"]);
    assert_eq!(line.value(), "params.depth = '4'");
    assert_eq!(query(), "?q=params.depth%20%3D%20%274%27");
    assert_eq!(focused(), "Filter by a condition");
}

#[wasm_bindgen_test]
async fn a_chip_is_negated_in_its_place() {
    let _server = server();
    let (page, line) = open_runs(TWO).await;
    page.button("Change metrics.loss < 1").click();
    wait(50).await;
    page.button("Negate").click();
    wait(100).await;
    assert_eq!(chips(&page)[1], "params.depth = '4'");
    assert_ne!(chips(&page)[0], "metrics.loss < 1");
    let before = chips(&page);
    assert_eq!(line.value(), before.join(" AND "));
    page.button(&format!("Change {}", before[0])).click();
    wait(50).await;
    page.button("Negate").click();
    wait(100).await;
    assert_eq!(chips(&page)[0], "metrics.loss < 1", "what is negated twice is as it was");
}

#[wasm_bindgen_test]
async fn unfinished_text_is_kept_and_what_would_replace_it_says_why_it_waits() {
    let _server = server();
    let (page, line) = open_runs(TWO).await;
    fill(&line, "metrics.loss < 1 AND params.de");
    wait(600).await;
    let remove = page.button("Remove metrics.loss < 1");
    assert!(is_disabled(&remove));
    assert_eq!(remove.get_attribute("data-tip").as_deref(), Some(UNFINISHED));
    remove.click();
    page.button("Quick filters").click();
    wait(50).await;
    let failed = page.find("menuitem", &format!("Only failed{UNFINISHED}"));
    assert!(is_disabled(&failed));
    failed.click();
    page.button("Facets").click();
    until(|| !page.all(".facet-value input").is_empty()).await;
    assert_eq!(page.all(".facets-held")[0].text_content().as_deref(), Some(UNFINISHED));
    let ticks = page.all(".facet-value input");
    assert!(!ticks.is_empty());
    ticks.iter().for_each(|tick| tick.click());
    wait(100).await;
    assert_eq!(line.value(), "metrics.loss < 1 AND params.de");
    assert_eq!(query(), TWO);

    fill(&line, "metrics.loss < 1");
    wait(100).await;
    assert!(!is_disabled(&page.button("Remove metrics.loss < 1")));
    assert_eq!(page.all(".facets-held")[0].text_content().as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn what_was_typed_last_is_part_of_what_a_facet_makes_of_the_filter() {
    let _server = server();
    let (page, line) = open_runs("").await;
    page.button("Facets").click();
    until(|| !page.all(".facet-value input").is_empty()).await;
    fill(&line, "metrics.loss < 1");
    settle().await;
    page.all(".facet-value input")[0].click();
    until(|| line.value().ends_with("'4'")).await;
    assert_eq!(line.value(), "metrics.loss < 1 AND params.depth = '4'");
}
