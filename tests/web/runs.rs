//! The table of runs: fetched on need, in groups, filtered, and what it says when there is nothing to show.

use std::cell::Cell;
use std::rc::Rc;

use console::app::App;
use console::routes::{Route, RunTab};
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::dressing::mount_dressed;
use crate::fake_server::FakeServer;
use crate::support::{Page, fill, settle, until, wait};

pub(crate) const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
const RUNS: u64 = 12_408;

/// What the fake server has to tell of the runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Many,
    None,
    Broken,
}

/// A server with a project whose runs depend on the mood.
fn server(mood: Mood) -> (FakeServer, Rc<Cell<Mood>>) {
    let mood = Rc::new(Cell::new(mood));
    let known = Rc::clone(&mood);
    let server = FakeServer::start(move |request| {
        let path = request.replace(ID, "id");
        match (path.as_str(), known.get()) {
            ("GET /api/session", _) => (200, session()),
            ("GET /api/projects/id/runs/keys", _) => (200, keys()),
            (_, Mood::Broken) => (400, json!({ "detail": "The disk is full.", "code": "bad_request" })),
            ("POST /api/projects/id/runs/search", Mood::None) => (200, page_of(0, 0)),
            ("POST /api/projects/id/runs/search", Mood::Many) => (200, page_of(RUNS, 100)),
            ("POST /api/projects/id/runs/groups", _) => (200, groups()),
            ("POST /api/projects/id/runs/columns", _) => (200, contents()),
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        }
    });
    (server, mood)
}

pub(crate) fn session() -> Value {
    json!({ "user": { "userId": ID, "name": "ann" }, "expiresAt": 4_102_444_800_000_i64 })
}

fn keys() -> Value {
    json!({ "metrics": [{ "key": "loss", "runs": 40 }], "parameters": [{ "key": "depth", "runs": 30 }] })
}

/// The first runs of `total`: `run 0` and so on; every other one has a loss.
pub(crate) fn page_of(total: u64, n: usize) -> Value {
    let loss: Vec<_> = (0..n).map(|run| (run % 2 == 0).then_some(0.123_456_789)).collect();
    let places: Vec<_> = (0..n).map(|run| run % 2).collect();
    json!({
        "total": total,
        "offset": 0,
        "runIds": (0..n).map(|run| format!("0190a5b2-c3d4-4e5f-8a9b-{run:012}")).collect::<Vec<_>>(),
        "names": (0..n).map(|run| format!("run {run}")).collect::<Vec<_>>(),
        "statuses": vec!["FAILED"; n],
        "startTimes": vec![1_795_000_000_000_i64; n],
        "columns": [
            { "field": "metrics.loss", "values": { "numbers": loss } },
            { "field": "params.depth", "values": { "texts": { "entries": [{ "text": "4" }, { "text": "5" }], "places": places } } },
        ],
    })
}

pub(crate) fn groups() -> Value {
    let group = |value: Option<&str>, runs: u64| {
        json!({
            "key": { "field": "params.depth", "value": value },
            "title": value,
            "runs": { "scheduled": 0, "running": 1, "finished": runs - 1, "failed": 0, "killed": 0 },
            "lastStartTime": 1_795_000_000_000_i64,
            "aggregates": [{
                "field": "metrics.loss", "count": runs, "nNotFinite": 0,
                "mean": 0.5, "standardDeviation": 0.25, "min": 0.1, "max": 0.9,
            }],
        })
    };
    json!({ "total": 2, "totalRuns": RUNS, "offset": 0, "groups": [group(Some("4"), 12_000), group(None, 408)] })
}

/// All runs have failed, none has a model, and they differ in what they logged.
fn contents() -> Value {
    let column = |(field, content): (&str, &str)| json!({ "field": field, "content": content });
    let told = [
        ("status", "same"),
        ("model", "empty"),
        ("metrics.loss", "differing"),
        ("params.depth", "differing"),
    ];
    json!({ "total": RUNS, "columns": told.map(column) })
}

/// The app at an address, once it had time to ask.
pub(crate) async fn open(path: &str) -> Page {
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(path)).unwrap();
    let page = mount_dressed(App).await;
    wait(300).await;
    until(|| !page.text().contains("Loading")).await;
    page
}

async fn open_runs(query: &str) -> Page {
    open(&format!("{}{query}", Route::Runs(ID.parse().unwrap()))).await
}

fn rows(page: &Page, kind: &str) -> Vec<web_sys::HtmlElement> {
    page.all(&format!(".table-row[data-kind=\"{kind}\"]"))
}

pub(crate) fn query() -> String {
    window().location().search().unwrap()
}

#[wasm_bindgen_test]
async fn a_table_of_many_runs_tells_their_number_and_mounts_few() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("").await;
    page.shows("12,408 runs").await;
    assert!(page.all("*").len() < 3_000, "{} elements", page.all("*").len());
    let link = page.find("link", "run 0");
    let run = "0190a5b2-c3d4-4e5f-8a9b-000000000000".parse().unwrap();
    let address = Route::Run(ID.parse().unwrap(), run, RunTab::Overview).to_string();
    assert_eq!(link.get_attribute("href"), Some(address));
}

#[wasm_bindgen_test]
async fn a_number_shows_all_its_digits_on_hover_and_a_missing_one_is_a_dash() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("?cols=metrics.loss").await;
    let cells = page.all(".table-row[data-line=\"1\"] .table-cell");
    assert_eq!(cells[2].text_content().as_deref(), Some("0.1235"));
    assert_eq!(cells[2].get_attribute("title").as_deref(), Some("0.123456789"));
    assert_eq!(page.all(".table-row[data-line=\"2\"] .table-cell")[2].text_content().as_deref(), Some("–"));
}

#[wasm_bindgen_test]
async fn a_group_tells_what_its_runs_amount_to_and_opens_onto_them() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("?group=params.depth&cols=status,metrics.loss").await;
    let heads = rows(&page, "group");
    assert_eq!(heads.len(), 2);
    let text = heads[0].text_content().unwrap();
    assert!(text.contains("12,000") && text.contains("0.5 ± 0.25"), "{text}");
    assert!(heads[1].text_content().unwrap().contains("No value"));
    assert_eq!(page.all("[role=treegrid]")[0].get_attribute("aria-rowcount").as_deref(), Some("3"));

    page.all(".table-row[data-line=\"1\"] [role=rowheader]")[0].click();
    wait(200).await;
    assert_eq!(page.all("[role=treegrid]")[0].get_attribute("aria-rowcount").as_deref(), Some("12411"));
    assert_eq!(
        page.find("link", "run 0")
            .closest(".table-row")
            .unwrap()
            .unwrap()
            .get_attribute("aria-level")
            .as_deref(),
        Some("2")
    );
}

#[wasm_bindgen_test]
async fn a_group_without_a_value_is_a_filter_too() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("?group=params.depth&cols=status&q=metrics.loss%20%3C%201").await;
    let links = page.all("a[aria-label=\"Show these runs only\"]");
    let address = links[1].get_attribute("href").unwrap();
    assert!(
        address.ends_with("?q=metrics.loss%20%3C%201%20AND%20params.depth%20IS%20NOT%20SET&cols=status"),
        "{address}"
    );
}

#[wasm_bindgen_test]
async fn a_filter_that_cannot_be_read_says_where_and_is_not_applied() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("").await;
    fill(&page.field("Filter the runs"), "metrics.loss < )");
    wait(600).await;
    let mark = &page.all(".filter-mark")[0];
    assert!(
        mark.get_attribute("style").unwrap().contains("--place: 15"),
        "{:?}",
        mark.get_attribute("style")
    );
    assert!(page.text().contains("expected a number"));
    assert_eq!(query(), "");
    assert!(!rows(&page, "data").is_empty());
}

#[wasm_bindgen_test]
async fn a_filter_is_applied_once_the_typing_stops_and_stands_in_the_address() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("").await;
    let field = page.field("Filter the runs");
    fill(&field, "metrics.loss < 0.2");
    assert_eq!(query(), "");
    wait(700).await;
    assert_eq!(query(), "?q=metrics.loss%20%3C%200.2");
}

#[wasm_bindgen_test]
async fn a_filter_that_no_run_passes_can_be_cleared() {
    let (_server, mood) = server(Mood::None);
    let page = open_runs("?q=metrics.loss%20%3C%200.2").await;
    assert!(page.text().contains("No run matches"), "{}", page.text());
    mood.set(Mood::Many);
    page.find("button", "Clear the filter").click();
    wait(300).await;
    assert_eq!(query(), "");
    assert!(page.search("link", "run 0").is_some());
}

#[wasm_bindgen_test]
async fn a_project_without_runs_says_how_to_log_one() {
    let (_server, _mood) = server(Mood::None);
    let page = open_runs("").await;
    page.shows("No runs yet").await;
    assert!(page.text().contains("mlflow"));
}

#[wasm_bindgen_test]
async fn rows_stay_when_they_cannot_be_read_again() {
    let (_server, mood) = server(Mood::Many);
    let page = open_runs("").await;
    mood.set(Mood::Broken);
    page.button("Read the runs again").click();
    page.shows("The disk is full.").await;
    assert!(page.search("link", "run 0").is_some());
    mood.set(Mood::Many);
    page.button("Try again").click();
    until(|| !page.text().contains("The disk is full.")).await;
    assert!(!page.text().contains("The disk is full."));
}

#[wasm_bindgen_test]
async fn runs_that_cannot_be_read_leave_the_reason_in_their_place() {
    let (_server, mood) = server(Mood::Broken);
    let page = open_runs("").await;
    page.shows("The disk is full.").await;
    mood.set(Mood::Many);
    page.button("Try again").click();
    wait(300).await;
    assert!(page.search("link", "run 0").is_some(), "{}", page.text());
}

#[wasm_bindgen_test]
async fn columns_are_chosen_from_what_was_logged() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("?cols=status").await;
    page.button("Columns").click();
    wait(100).await;
    let offered = page.all(".columns-item");
    let depth = offered.iter().find(|item| item.text_content().unwrap().contains("depth")).unwrap();
    depth.click();
    wait(300).await;
    assert_eq!(query(), "?cols=name,status,params.depth");
    let headings: Vec<_> =
        page.all(".table-title").iter().filter_map(|heading| heading.text_content()).collect();
    assert_eq!(headings, ["", "Name", "Status", "depth"], "the checkboxes come first, without a title");
}

#[wasm_bindgen_test]
async fn columns_that_do_not_tell_runs_apart_are_left_out_when_that_is_wished_for() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("?cols=status,model,metrics.loss").await;
    let headings = || -> Vec<_> {
        page.all(".table-title")
            .iter()
            .filter_map(|title| title.text_content())
            .filter(|t| !t.is_empty())
            .collect()
    };
    assert_eq!(headings(), ["Name", "Status", "Model", "loss"]);
    page.button("Columns").click();
    wait(100).await;
    page.find("switch", "Hide empty columns").click();
    wait(300).await;
    assert_eq!(query(), "?cols=status,model,metrics.loss&filled=1");
    assert_eq!(headings(), ["Name", "Status", "loss"]);
    page.find("switch", "Only differing columns").click();
    wait(300).await;
    assert_eq!(query(), "?cols=status,model,metrics.loss&differ=1&filled=1");
    assert_eq!(headings(), ["Name", "loss"]);
    let list = page.all(".columns-list")[0].text_content().unwrap();
    assert!(list.contains("Statussame in all") && list.contains("Modelempty"), "{list}");
    assert!(page.search("button", "Columns, 2 hidden").is_some(), "{}", page.text());
    page.find("switch", "Only differing columns").click();
    wait(300).await;
    assert_eq!(headings(), ["Name", "Status", "loss"]);
}

#[wasm_bindgen_test]
async fn a_row_that_is_pressed_is_shown_beside_the_table_before_anything_is_asked() {
    let (_server, _mood) = server(Mood::Many);
    let page = open_runs("?cols=status,metrics.loss,params.depth").await;
    page.all(".table-row[data-line=\"1\"] [role=gridcell]")[2].click();
    settle().await;
    let panel = &page.all("aside.side-panel")[0];
    let text = panel.text_content().unwrap();
    assert!(text.contains("run 0") && text.contains("Failed") && text.contains("loss0.1235"), "{text}");
    assert!(text.contains("depth4"), "{text}");
    assert_eq!(
        page.all("[aria-current=true][data-line]")[0].get_attribute("data-line").as_deref(),
        Some("1")
    );
    assert_eq!(query(), "?cols=status,metrics.loss,params.depth");
}
