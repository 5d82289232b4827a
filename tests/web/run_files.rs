//! What is in the files of a run.

use console::routes::{Route, RunTab};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::run_page::run;
use crate::runs::{ID, open, session};
use crate::support::{Page, settle, until, wait};

/// A picture of one pixel.
const PIXEL: [u8; 67] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 104, 0, 0, 0, 130, 0, 129, 119, 205, 114, 182,
    0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// The page of a file with these bytes, or this text.
async fn open_file(name: &'static str, content: Value) -> (FakeServer, Page) {
    let size = content.as_str().map_or_else(|| content.as_array().map_or(0, Vec::len), str::len);
    let server = FakeServer::start(move |request| match request.replace(ID, "id").as_str() {
        "GET /api/session" => (200, session()),
        "GET /api/projects/id/runs/id" => (200, run()),
        "GET /api/projects/id/runs/id/files" => {
            (200, json!({ "entries": [{ "path": name, "isDir": false, "size": size }] }))
        }
        other if other == format!("GET /api/projects/id/runs/id/file?path={name}") => (200, content.clone()),
        _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
    });
    let address = Route::Run(ID.parse().unwrap(), ID.parse().unwrap(), RunTab::Artifacts);
    let page = open(&format!("{address}?file={name}")).await;
    until(|| !page.all(".preview").is_empty() && page.all(".preview .skeleton").is_empty()).await;
    (server, page)
}

fn texts(page: &Page, selector: &str) -> Vec<String> {
    page.all(selector).iter().filter_map(|element| element.text_content()).collect()
}

#[wasm_bindgen_test]
async fn text_has_a_line_for_each_line() {
    let (_server, page) = open_file("notes.txt", json!("one\n<b>two</b>\n")).await;
    assert_eq!(texts(&page, ".preview-line"), ["one\n", "<b>two</b>\n"]);
    assert!(page.all(".preview b").is_empty());
    let link = page.all("a[aria-current=true]").remove(0);
    assert_eq!(link.text_content().as_deref(), Some("notes.txt"));
}

#[wasm_bindgen_test]
async fn bytes_that_are_no_text_are_offered_for_download() {
    let (_server, page) = open_file("strange.txt", json!([0, 1, 2, 3, 255])).await;
    assert!(page.text().contains("This is no text"), "{}", page.text());
    page.find("link", "Download strange.txt");
}

#[wasm_bindgen_test]
async fn json_is_a_tree_that_folds() {
    let (_server, page) = open_file("scores.json", json!("{\"z\": {\"loss\": 1.0}, \"a\": [true]}")).await;
    assert_eq!(texts(&page, ".json-name"), ["z:", "loss:", "a:", "0:"]);
    assert_eq!(texts(&page, ".json-value"), ["1.0", "true"]);
    page.all("button.json-line")[1].click();
    settle().await;
    assert_eq!(texts(&page, ".json-value"), ["true"]);
}

#[wasm_bindgen_test]
async fn broken_json_says_where_and_is_shown_as_text() {
    let (_server, page) = open_file("scores.json", json!("{\"loss\": NaN}\n")).await;
    assert!(page.text().contains("expected value at line 1 column 10"), "{}", page.text());
    assert_eq!(texts(&page, ".preview-line"), ["{\"loss\": NaN}\n"]);
}

#[wasm_bindgen_test]
async fn comma_separated_values_are_a_table() {
    let (_server, page) = open_file("scores.csv", json!("name,loss\n\"a, b\",0.5\nc\n")).await;
    assert!(page.text().contains("2 rows, 2 columns. 1 row has more or fewer cells"), "{}", page.text());
    let cells = texts(&page, ".table-row[data-line=\"1\"] .table-cell");
    assert_eq!(cells, ["1", "a, b", "0.5"]);
}

#[wasm_bindgen_test]
async fn half_a_table_is_shown_as_text() {
    let (_server, page) = open_file("scores.csv", json!("a,b\n1,\"2\n")).await;
    assert!(page.text().contains("The quotation that begins in line 2 has no end"), "{}", page.text());
    assert_eq!(page.all(".preview-line").len(), 2);
}

#[wasm_bindgen_test]
async fn a_page_is_never_shown_as_one() {
    for (name, content) in [("report.html", "<h1>hello</h1>"), ("plot.svg", "<svg><script/></svg>")] {
        let (_server, page) = open_file(name, json!(content)).await;
        assert!(page.text().contains("is not run here"), "{}", page.text());
        assert!(page.all(".preview img, .preview iframe, .preview h1").is_empty());
        page.button("Show the source").click();
        until(|| !page.all(".preview-line").is_empty()).await;
        assert_eq!(texts(&page, ".preview-line"), [format!("{content}\n")]);
    }
}

#[wasm_bindgen_test]
async fn a_picture_tells_its_size() {
    let (_server, page) = open_file("plot.png", json!(PIXEL.to_vec())).await;
    assert!(page.all(".preview img")[0].get_attribute("src").unwrap().starts_with("blob:"));
    page.button("Close the preview").click();
    wait(200).await;
    assert!(page.all(".preview").is_empty());
}

#[wasm_bindgen_test]
async fn what_only_calls_itself_a_picture_is_none() {
    let (_server, page) = open_file("plot.png", json!("<svg onload='x'/>")).await;
    assert!(page.text().contains("This picture cannot be shown"), "{}", page.text());
    assert!(page.all(".preview img").is_empty());
}

#[wasm_bindgen_test]
async fn a_file_that_is_gone_says_so() {
    let (_server, page) = open_file("notes.txt", json!("one")).await;
    drop(page);
    let address = Route::Run(ID.parse().unwrap(), ID.parse().unwrap(), RunTab::Artifacts);
    let page = open(&format!("{address}?file=other.txt")).await;
    until(|| page.text().contains("There is no such file")).await;
    assert!(page.text().contains("There is no such file"), "{}", page.text());
}
