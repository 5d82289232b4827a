//! The pages of a run.

use console::routes::{Route, RunTab};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::runs::{ID, open, page_of, session};
use crate::support::{Page, fill, settle, until, wait};

/// A server with a run that failed.
fn server() -> FakeServer {
    server_with(|_| ())
}

/// A server with a run that has logged something else.
fn server_with(change: impl Fn(&mut Value) + 'static) -> FakeServer {
    FakeServer::start(move |request| {
        let mut data = data();
        change(&mut data);
        answer(&request.replace(ID, "id"), data)
    })
}

fn answer(request: &str, data: Value) -> (u16, Value) {
    match request {
        "GET /api/session" => (200, session()),
        "GET /api/projects/id/runs/id" => (200, run()),
        "GET /api/projects/id/runs/id/data" => (200, data),
        "POST /api/projects/id/runs/id/metrics" => (200, json!([history()])),
        "POST /api/projects/id/runs/metrics" => {
            (200, json!([{ "runId": ID, "histories": [{ "history": history(), "nWithoutPlace": 0 }] }]))
        }
        "GET /api/projects/id/runs/id/files" => (
            200,
            json!({ "entries": [
            { "path": "model", "isDir": true, "size": 2048 },
            { "path": "read me.txt", "isDir": false, "size": 12 },
        ] }),
        ),
        "GET /api/projects/id/runs/id/logs/lines" => (200, lines(&(1..=200).collect::<Vec<_>>())),
        "GET /api/projects/id/runs/id/logs/search" => (200, lines(&[150])),
        _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
    }
}

/// A log of 200 lines, of which some are told.
fn lines(numbers: &[u64]) -> Value {
    let line = |number: &u64| json!({ "number": number, "text": format!("\u{1b}[31mloss of epoch {number}\u{1b}[0m"), "level": "error" });
    let lines: Vec<_> = numbers.iter().map(line).collect();
    json!({ "totalLines": 200, "totalBytes": 4_000, "lines": lines, "next": null })
}

pub(crate) fn run() -> Value {
    json!({
        "runId": ID, "mlflowRunId": ID.replace('-', ""), "name": "amber falcon",
        "experimentRepository": {
            "experimentRepositoryId": ID, "mlflowExperimentId": "1", "name": "nowcasting", "artifactLocation": "",
            "lifecycleStage": "active", "creationTime": 0, "lastUpdateTime": 0, "version": 1,
        },
        "codeRepository": null, "branch": null, "commit": "0123456789abcdef0123456789abcdef01234567",
        "modelRepository": null, "dataRepository": null, "dataBranch": null, "dataCommit": null,
        "connection": null, "computeBudgetAccount": null, "mlflowMlprojectFilePath": null, "entryPoint": null,
        "mlflowParameters": null, "backendConfig": null, "status": "FAILED", "createdAt": 1_795_000_000_000_i64,
        "startTime": 1_795_000_000_000_i64, "endTime": 1_795_000_185_000_i64, "artifactUri": "",
        "lifecycleStage": "active", "user": { "userId": ID, "name": "ann" }, "infrastructure": null,
        "notebookSource": null, "version": 1, "note": "# Raw",
        "noteDocument": [{ "kind": "paragraph", "children": [{ "kind": "text", "text": "Noted well." }] }],
        "labels": [{ "labelId": ID, "scope": "quality", "name": "Best", "value": null, "version": 1 }],
    })
}

fn data() -> Value {
    let parameters: Vec<_> =
        (0..9).map(|n| json!({ "key": format!("parameter {n}"), "value": n.to_string() })).collect();
    json!({
        "parameters": parameters,
        "metrics": [
            { "key": "train/loss", "value": 1.234_567_89, "step": 2, "timestamp": 1_795_000_000_000_i64 },
            { "key": "accuracy", "value": "NaN", "step": 2, "timestamp": 1_795_000_000_000_i64 },
        ],
        "tags": [
            { "key": "team", "value": "weather" },
            { "key": "failure.reason", "value": "Out of memory in layer 7." },
            { "key": "mlflow.note.content", "value": "# Raw" },
        ],
        "statuses": [], "inputs": [],
    })
}

fn history() -> Value {
    json!({
        "key": "train/loss", "nValues": 4, "nNotFinite": 1, "steps": [0, 1, 2], "timestamps": [0, 1, 2],
        "low": [3.0, 2.0, 1.0], "high": [3.0, 2.0, 1.0], "last": [3.0, 2.0, 1.0],
    })
}

async fn open_tab(tab: RunTab) -> Page {
    let page = open(&Route::Run(ID.parse().unwrap(), ID.parse().unwrap(), tab).to_string()).await;
    wait(200).await;
    page
}

#[wasm_bindgen_test]
async fn a_failed_run_says_when_and_why() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    assert!(page.all("h1")[0].text_content().unwrap().contains("amber falcon"));
    assert!(page.text().contains("This run failed after 3m 05s."), "{}", page.text());
    assert!(page.text().contains("Out of memory in layer 7."));
}

#[wasm_bindgen_test]
async fn labels_and_the_note_are_shown_and_can_be_edited() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    let labels = page.all("[aria-label='Labels'] li");
    assert_eq!(labels.iter().filter_map(|label| label.text_content()).collect::<Vec<_>>(), ["Best"]);
    assert!(page.text().contains("Noted well.") && !page.text().contains("# Raw"), "{}", page.text());
    page.button("Edit the note").click();
    wait(50).await;
    let field =
        page.all("dialog[open] textarea").remove(0).dyn_into::<web_sys::HtmlTextAreaElement>().unwrap();
    assert_eq!(field.value(), "# Raw");
    page.all("dialog[open]").into_iter().for_each(|dialog| {
        dialog.dyn_into::<web_sys::HtmlDialogElement>().unwrap().close();
    });
    page.button("Edit labels").click();
    wait(50).await;
    let tokens = page.all("dialog[open] .token");
    assert!(tokens[0].text_content().unwrap().contains("quality: Best"));
}

#[wasm_bindgen_test]
async fn the_commit_leads_to_all_runs_with_it() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    let address = page.find("link", "0123456").get_attribute("href").unwrap();
    let filter = "q=commit%20%3D%20%270123456789abcdef0123456789abcdef01234567%27";
    assert_eq!(address, format!("/projects/{ID}/runs?{filter}"));
}

#[wasm_bindgen_test]
async fn parameters_are_searched_by_name() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    assert!(page.text().contains("Parameters (9)"), "{}", page.text());
    fill(&page.field("Search parameters"), "PARAMETER 7");
    wait(350).await;
    let names: Vec<_> = page.all(".logged tbody th").iter().filter_map(|name| name.text_content()).collect();
    assert!(
        names.contains(&"parameter 7".to_owned()) && !names.contains(&"parameter 6".to_owned()),
        "{names:?}"
    );
}

#[wasm_bindgen_test]
async fn a_metric_keeps_all_its_digits_and_names_what_is_no_number() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    let loss = page.all("[data-tip=\"1.23456789\"]");
    assert_eq!(loss[0].text_content().as_deref(), Some("1.235"));
    assert!(page.text().contains("NaN"));
}

#[wasm_bindgen_test]
async fn a_metric_tells_its_least_and_its_greatest_value() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    until(|| page.all(".logged .logged-number .faint").len() < 4).await;
    let rows = page.all(".logged tbody tr");
    let row = rows.iter().find(|row| row.text_content().unwrap().starts_with("train/loss")).unwrap();
    let cells = row.query_selector_all(".logged-number").unwrap();
    let texts: Vec<_> = (0..cells.length()).filter_map(|cell| cells.get(cell)?.text_content()).collect();
    assert_eq!(texts, ["1.235", "1", "3", "2"]);
}

#[wasm_bindgen_test]
async fn names_that_begin_alike_stand_in_branches_that_fold() {
    let _server = server_with(|data| {
        data["parameters"] = json!([
            { "key": "depth", "value": "4" },
            { "key": "optimizer/lr", "value": "0.01" },
            { "key": "optimizer/name", "value": "adam" },
        ]);
    });
    let page = open_tab(RunTab::Overview).await;
    let branch = page.all(".logged-branch button").remove(0);
    assert_eq!(branch.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert!(page.text().contains("adam"), "{}", page.text());
    branch.click();
    settle().await;
    assert_eq!(branch.get_attribute("aria-expanded").as_deref(), Some("false"));
    assert!(!page.text().contains("adam"), "{}", page.text());
    page.button("Expand all").click();
    settle().await;
    assert!(page.text().contains("adam"), "{}", page.text());
    page.button("Collapse all").click();
    settle().await;
    assert!(!page.text().contains("adam"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn the_machine_has_charts_of_its_own() {
    let _server = server_with(|data| {
        let metric =
            |key: &str| json!({ "key": key, "value": 40, "step": 2, "timestamp": 1_795_000_000_000_i64 });
        data["metrics"] = json!([
            metric("loss"),
            metric("system/gpu_0_utilization_percentage"),
            metric("system/cpu_utilization_percentage")
        ]);
    });
    let headings = |page: &Page| {
        let headings = page.all(".chart-section h2");
        headings.iter().filter_map(|heading| heading.text_content()).collect::<Vec<_>>()
    };
    let page = open_tab(RunTab::System).await;
    assert_eq!(headings(&page), ["CPU", "GPU 0"]);
    drop(page);
    assert_eq!(headings(&open_tab(RunTab::Metrics).await), ["Metrics"]);
}

#[wasm_bindgen_test]
async fn a_run_without_system_metrics_says_how_they_come() {
    let _server = server();
    let page = open_tab(RunTab::System).await;
    assert!(page.text().contains("enable_system_metrics_logging"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_section_that_was_folded_away_stays_so() {
    let _server = server();
    let page = open_tab(RunTab::Metrics).await;
    page.all(".chart-section summary")[0].click();
    wait(50).await;
    drop(page);
    let page = open_tab(RunTab::Metrics).await;
    let open: Vec<_> =
        page.all(".chart-section").iter().map(|section| section.has_attribute("open")).collect();
    page.all(".chart-section summary")[0].click();
    wait(50).await;
    assert_eq!(open, [false, true]);
}

#[wasm_bindgen_test]
async fn a_part_leads_to_the_whole_and_the_whole_lists_its_parts() {
    let _server = FakeServer::start(|request| match request.replace(ID, "id").as_str() {
        "GET /api/projects/id/runs/id" => {
            let mut run = run();
            run["parentRun"] = json!({ "runId": ID, "name": "the sweep" });
            (200, run)
        }
        "POST /api/projects/id/runs/search" => (200, page_of(12, 10)),
        other => answer(other, data()),
    });
    let page = open_tab(RunTab::Overview).await;
    assert!(page.text().contains("Part of"), "{}", page.text());
    page.find("link", "the sweep");
    until(|| page.text().contains("Child runs (12)")).await;
    assert!(page.text().contains("Child runs (12)"), "{}", page.text());
    assert!(page.text().contains("1 – 10 of 12"), "{}", page.text());
    let table = page.find("link", "Open in the table").get_attribute("href").unwrap();
    let filter = format!("tags.mlflow.parentRunId%20%3D%20%27{}%27", ID.replace('-', ""));
    assert!(table.contains(&filter), "{table}");
}

#[wasm_bindgen_test]
async fn charts_stand_in_sections_and_count_what_they_leave_out() {
    let _server = server();
    let page = open_tab(RunTab::Metrics).await;
    let headings: Vec<_> =
        page.all(".chart-section h2").iter().filter_map(|heading| heading.text_content()).collect();
    assert_eq!(headings, ["train", "Other"]);
    page.all(".when-visible")[0].scroll_into_view();
    wait(400).await;
    let label = page.all("canvas[role=img]")[0].get_attribute("aria-label").unwrap();
    assert!(label.starts_with("train/loss"), "{label}");
    assert!(page.text().contains("1 value is not finite."), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_file_is_a_download_at_its_path() {
    let _server = server();
    let page = open_tab(RunTab::Artifacts).await;
    assert!(page.text().contains("2.01 KiB in all"), "{}", page.text());
    let link = page.find("link", "Download read me.txt");
    assert!(link.has_attribute("download"));
    assert_eq!(
        link.get_attribute("href"),
        Some(format!("/api/projects/{ID}/runs/{ID}/file?path=read%20me.txt"))
    );
}

/// The numbers of the lines that are marked.
fn marked(page: &Page) -> Vec<String> {
    let lines = page.all(".log-line[aria-current]");
    lines.iter().filter_map(|line| line.get_attribute("data-line")).collect()
}

#[wasm_bindgen_test]
async fn only_the_lines_in_view_are_mounted() {
    let _server = server();
    let page = open_tab(RunTab::Logs).await;
    let mounted = page.all(".log-line").len();
    assert!((10..=60).contains(&mounted), "{mounted}");
    assert_eq!(
        page.all(".log-line[data-line=\"1\"] .log-text")[0].text_content().unwrap(),
        "loss of epoch 1"
    );
    assert!(page.all(".log-line[data-line=\"150\"]").is_empty());
}

#[wasm_bindgen_test]
async fn a_link_to_a_line_shows_and_marks_it() {
    let _server = server();
    let address = Route::Run(ID.parse().unwrap(), ID.parse().unwrap(), RunTab::Logs);
    let page = open(&format!("{address}#L120")).await;
    wait(300).await;
    assert_eq!(marked(&page), ["120"]);
    assert!(page.all(".log")[0].scroll_top() > 1_000);
}

#[wasm_bindgen_test]
async fn what_is_found_in_a_log_is_brought_into_view() {
    let _server = server();
    let page = open_tab(RunTab::Logs).await;
    fill(&page.field("Search the log"), "EPOCH 150");
    wait(600).await;
    assert_eq!(marked(&page), ["150"]);
    assert_eq!(page.all(".log-line[data-line=\"150\"] mark")[0].text_content().unwrap(), "epoch 150");
    assert!(page.text().contains("Line 150"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_failed_run_shows_the_errors_that_it_printed_last() {
    let _server = server();
    let page = open_tab(RunTab::Overview).await;
    let address = page.find("link", "Line 200").get_attribute("href").unwrap();
    assert_eq!(address, format!("/projects/{ID}/runs/{ID}/logs#L200"));
}

#[wasm_bindgen_test]
async fn a_run_that_is_gone_says_so() {
    let _server = FakeServer::with_session();
    let page = open_tab(RunTab::Overview).await;
    assert!(page.text().contains("Not here, or not yours to see"), "{}", page.text());
}
