//! How a run is done again.

use console::routes::{Route, RunTab};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::run_page::run;
use crate::runs::{ID, open, session};
use crate::support::{Page, until};

const MODEL: &str = "flavors:\n  sklearn:\n    sklearn_version: 1.5.0\nmlflow_version: 2.14.1\n";

/// The page of a run whose code is known, or is not.
async fn open_reproduce(
    is_known: bool,
    files: &'static [(&'static str, &'static str)],
) -> (FakeServer, Page) {
    let server = FakeServer::start(move |request| match request.replace(ID, "id").as_str() {
        "GET /api/session" => (200, session()),
        "GET /api/projects/id/runs/id" => (200, if is_known { with_code() } else { run() }),
        "GET /api/projects/id/runs/id/data" => {
            let tags = json!([{ "key": "mlflow.source.git.dirty", "value": "True" }]);
            (200, json!({ "parameters": [], "metrics": [], "tags": tags, "statuses": [], "inputs": [] }))
        }
        "GET /api/projects/id/runs/id/files" => {
            let entry =
                |(path, text): &(&str, &str)| json!({ "path": path, "isDir": false, "size": text.len() });
            (200, json!({ "entries": files.iter().map(entry).collect::<Vec<_>>() }))
        }
        other => match files
            .iter()
            .find(|(path, _)| other.ends_with(&format!("/file?path={}", path.replace('/', "%2F"))))
        {
            Some((_, text)) => (200, json!(text)),
            None => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        },
    });
    let address = Route::Run(ID.parse().unwrap(), ID.parse().unwrap(), RunTab::Reproduce);
    let page = open(&address.to_string()).await;
    until(|| page.text().contains("Commands") && page.all(".skeleton").is_empty()).await;
    (server, page)
}

fn with_code() -> Value {
    let mut run = run();
    run["codeRepository"] = json!({
        "codeRepositoryId": ID, "codeRepositoryName": "code", "uri": "https://gitlab.com/a/b", "platform": "GitLab",
        "connectionId": null, "createdAt": 1, "updatedAt": 1, "version": 1,
    });
    run["entryPoint"] = json!("train");
    run["mlflowParameters"] = json!({ "note": "it's $HOME" });
    run
}

#[wasm_bindgen_test]
async fn commands_are_quoted_and_say_what_is_not_known() {
    let (_server, page) = open_reproduce(true, &[]).await;
    let text = page.text();
    assert!(text.contains("git checkout 0123456789abcdef0123456789abcdef01234567"), "{text}");
    assert!(text.contains(r"-P 'note=it'\''s $HOME'"), "{text}");
    assert!(text.contains("changes that were not committed, and they were not logged"), "{text}");
    assert!(text.contains("No list of packages was logged."), "{text}");
}

#[wasm_bindgen_test]
async fn the_commit_leads_to_its_page_at_the_host() {
    let (_server, page) = open_reproduce(true, &[]).await;
    let link = page.find("link", "Open the commit at gitlab.com (opens in a new tab)");
    let address = "https://gitlab.com/a/b/-/commit/0123456789abcdef0123456789abcdef01234567";
    assert_eq!(link.get_attribute("href").as_deref(), Some(address));
}

#[wasm_bindgen_test]
async fn a_run_without_code_says_so() {
    let (_server, page) = open_reproduce(false, &[]).await;
    assert!(page.text().contains("Where the code lies was not logged."), "{}", page.text());
    assert!(page.text().contains("Neither a repository nor an entry point was logged."));
}

#[wasm_bindgen_test]
async fn the_environment_is_read_from_its_files() {
    const FILES: &[(&str, &str)] =
        &[("model/MLmodel", MODEL), ("model/requirements.txt", "mlflow==2.14.1\nnumpy\n")];
    let (_server, page) = open_reproduce(true, FILES).await;
    until(|| page.text().contains("Files (2)")).await;
    let text = page.text();
    assert!(text.contains("sklearn 1.5.0") && text.contains("MLflow 2.14.1"), "{text}");
    assert!(text.contains("Packages (2)") && text.contains("==2.14.1"), "{text}");
    assert!(text.contains("Files (2)"), "{text}");
}
