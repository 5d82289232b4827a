//! The page of a deployment: asked, started, and taken along as an image.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use console::routes::Route;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::fake_server::FakeServer;
use crate::runs::{ID, open, session};
use crate::support::{Page, fill, settle, until};

/// A server with a deployment, and what it was asked.
struct Scene {
    _server: FakeServer,
    asked: Rc<RefCell<Vec<String>>>,
}

/// The page of a deployment in which `changes` differ, for a person of this role.
async fn open_deployment(role: &'static str, changes: Value) -> (Scene, Page) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let told = RefCell::new(merged(deployment(), &changes));
    let noted = Rc::clone(&asked);
    let has_predicted = Cell::new(false);
    let server = FakeServer::start(move |request| {
        let request = request.replace(ID, "id");
        noted.borrow_mut().push(request.clone());
        match request.as_str() {
            "GET /api/session" => (200, session()),
            "GET /api/projects/id" => (200, project(role)),
            "GET /api/projects/id/deployments/id" => (200, told.borrow().clone()),
            "GET /api/projects/id/deployments/modes" => (200, json!([{ "name": "Local", "parameters": [] }])),
            "GET /api/projects/id/models/trained/id/signature" => (200, signature()),
            "POST /api/projects/id/deployments/id/predict" => {
                has_predicted.set(true);
                (200, json!({ "predictions": [4.25] }))
            }
            "GET /api/projects/id/deployments/id/predictions" => (200, predictions(has_predicted.get())),
            "POST /api/projects/id/deployments/id/start" => {
                told.borrow_mut()["status"] = json!("DEPLOYING");
                (200, told.borrow().clone())
            }
            "GET /api/projects/id/deployments/id/history" => {
                let event = json!({ "at": 1, "status": "STOPPED", "person": "ann", "reason": null });
                (200, json!({ "totalRecords": 1, "pageRecords": 1, "history": [event] }))
            }
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        }
    });
    let address = Route::Deployment(ID.parse().unwrap(), ID.parse().unwrap());
    let page = open(&address.to_string()).await;
    until(|| page.text().contains("Container image")).await;
    (Scene { _server: server, asked }, page)
}

fn merged(mut object: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        object[name] = value.clone();
    }
    object
}

fn deployment() -> Value {
    json!({
        "deploymentId": ID, "name": "Forecast", "modelId": ID, "model": model(&json!({})), "connection": null,
        "connectionId": null, "resources": null, "cronString": null, "timeZone": "UTC", "paused": false,
        "scheduledRequest": null, "nextTimes": [], "mode": { "name": "Endpoint", "values": { "protocol": "MLflow" } },
        "endpointUri": "https://models.example.org/1", "status": "RUNNING", "createdAt": 1, "updatedAt": 2, "version": 1,
    })
}

fn model(changes: &Value) -> Value {
    let plain = json!({
        "modelId": ID, "name": "rain", "uri": "s3://bucket/rain", "location": "S3", "connectionId": null,
        "mlflowParameters": null, "runId": null, "status": "PENDING", "modelRepository": null, "createdAt": 1,
        "updatedAt": 2, "version": 1,
    });
    merged(plain, changes)
}

fn project(role: &str) -> Value {
    json!({
        "projectId": ID, "name": "Weather", "executiveSummary": "", "owner": { "userId": ID, "name": "ann" },
        "public": false, "labels": [], "currentUserRole": role, "version": 1, "createdAt": 0, "updatedAt": 0,
        "runCounts": { "scheduled": 0, "running": 0, "finished": 0, "failed": 0, "killed": 0 },
    })
}

fn signature() -> Value {
    let column = |name: &str, kind: &str| json!({ "name": name, "type": kind, "required": true, "dtype": null, "shape": [] });
    json!({
        "problem": null, "inputs": [column("age", "long"), column("depth", "double")], "outputs": [], "params": [],
        "inputExample": null,
    })
}

fn predictions(are_there: bool) -> Value {
    let asked = json!({
        "predictionId": ID, "user": { "userId": ID, "name": "ann" }, "isScheduled": false, "askedAt": 1, "duration": 35,
        "outcome": "ANSWERED", "requestStart": "{\"dataframe_split\":", "answerStart": "{\"predictions\":",
    });
    let items = if are_there { vec![asked] } else { Vec::new() };
    json!({ "totalRecords": items.len(), "pageRecords": items.len(), "predictions": items })
}

#[wasm_bindgen_test]
async fn the_signature_makes_fields_whose_values_are_checked_and_asked() {
    let (scene, page) = open_deployment("RESEARCHER", json!({})).await;
    until(|| page.text().contains("It was not asked yet.")).await;
    let fields: Vec<HtmlInputElement> = page
        .all(".predict-fields input")
        .into_iter()
        .map(wasm_bindgen::JsCast::unchecked_into::<HtmlInputElement>)
        .collect();
    let [age, depth] = fields.as_slice() else { panic!("two columns: {}", page.text()) };
    let n_asked = || scene.asked.borrow().iter().filter(|own| own.ends_with("/predict")).count();
    fill(age, "much");
    fill(depth, "1.5");
    page.button("Predict").click();
    settle().await;
    assert_eq!(n_asked(), 0, "what cannot be a request is not sent");
    assert!(!page.all("[aria-invalid=true]").is_empty());
    fill(age, "7");
    page.button("Predict").click();
    page.shows("4.25").await;
    assert_eq!(n_asked(), 1);
    until(|| page.text().contains("Answered") && page.search("button", "Open").is_some()).await;
    assert!(page.search("button", "Open").is_some(), "it is among what was asked before");
}

#[wasm_bindgen_test]
async fn who_may_not_ask_reads_why() {
    let (scene, page) = open_deployment("GUEST", json!({ "endpointUri": null })).await;
    let button = page.button("Predict");
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(page.all(".predict-fields").is_empty());
    assert!(!scene.asked.borrow().iter().any(|own| own.ends_with("/predictions")));
    let upload = page.button("Upload an image");
    assert_eq!(upload.get_attribute("aria-disabled").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn what_the_server_serves_itself_is_started() {
    let local = json!({ "name": "Local", "values": { "environment": "server" } });
    let changes = json!({ "mode": local, "endpointUri": null, "status": "STOPPED" });
    let (scene, page) = open_deployment("RESEARCHER", changes).await;
    page.shows("Stopped").await;
    page.shows("This deployment was stopped; start it first.").await;
    page.button("Start").click();
    until(|| page.search("button", "Stop").is_some()).await;
    assert!(page.text().contains("Starting"), "{}", page.text());
    assert!(page.search("button", "Start").is_none());
    assert_eq!(scene.asked.borrow().iter().filter(|own| own.ends_with("/start")).count(), 1);
}

#[wasm_bindgen_test]
async fn an_image_is_told_with_what_one_types() {
    let sha256 = "0a".repeat(32);
    let archive =
        json!({ "fileName": "rain.tar.gz", "size": 3_221_225_472_u64, "sha256": sha256, "uploadedAt": 1 });
    let model = model(&json!({
        "imageReference": "oras://ghcr.io/team/rain:sif", "imageArchive": archive, "status": "SUCCESSFUL",
    }));
    let (_scene, page) = open_deployment("RESEARCHER", json!({ "model": model })).await;
    let text = page.text();
    assert!(text.contains("apptainer pull model.sif oras://ghcr.io/team/rain:sif"), "{text}");
    assert!(!text.contains("docker pull"), "Docker cannot pull it");
    assert!(text.contains("3 GiB") && text.contains(&sha256), "{text}");
    assert!(text.contains("docker load --input rain.tar.gz"));
    assert!(page.search("button", "Copy the image reference").is_some());
    assert!(!text.contains("Name one in a registry"));
}
