//! Schedules: their list, and what came of one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use console::routes::Route;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::runs::{ID, open, session};
use crate::support::{Page, until};

const ASKS: &str = "0190a5b2-c3d4-4e5f-8a9b-000000000002";

struct Scene {
    _server: FakeServer,
    asked: Rc<RefCell<Vec<String>>>,
}

/// A server with a schedule of runs and one of a deployment.
async fn open_schedules(address: Route) -> (Scene, Page) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let (noted, is_paused) = (Rc::clone(&asked), Cell::new(false));
    let server = FakeServer::start(move |request| {
        let request = request.replace(ID, "id");
        noted.borrow_mut().push(request.clone());
        match request.as_str() {
            "GET /api/session" => (200, session()),
            "GET /api/projects/id" => (200, project()),
            "GET /api/projects/id/schedules" => (
                200,
                json!({ "totalRecords": 2, "pageRecords": 2, "schedules": [schedule(is_paused.get()), of_deployment()] }),
            ),
            "GET /api/projects/id/schedules/id" => (200, schedule(is_paused.get())),
            "PUT /api/projects/id/schedules/id" => {
                is_paused.set(true);
                (200, schedule(true))
            }
            "GET /api/projects/id/schedules/id/fires" => {
                (200, json!({ "totalRecords": 2, "pageRecords": 2, "fires": [fire(120_000), skipped()] }))
            }
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        }
    });
    let page = open(&address.to_string()).await;
    (Scene { _server: server, asked }, page)
}

fn schedule(is_paused: bool) -> Value {
    let request = json!({ "name": "nightly", "experimentRepositoryId": ID, "entryPoint": "train" });
    json!({
        "scheduleId": ID, "name": "Nightly", "request": request, "deployment": null, "cronString": "0 2 * * *",
        "timeZone": "Europe/Berlin", "sentence": "At 02:00 every day, Europe/Berlin", "paused": is_paused, "problem": null,
        "missedTimes": "SKIP", "nextTimes": if is_paused { vec![] } else { vec![4_102_444_800_000_i64] },
        "lastFire": fire(0), "user": { "userId": ID, "name": "ann" }, "createdAt": 1, "updatedAt": 2, "version": 3,
    })
}

fn of_deployment() -> Value {
    let mut schedule = schedule(false);
    schedule["scheduleId"] = json!(ASKS);
    schedule["name"] = json!("Forecast");
    schedule["request"] = Value::Null;
    schedule["deployment"] = json!({ "deploymentId": ID, "name": "Forecast" });
    schedule["lastFire"] = skipped();
    schedule
}

fn fire(late: i64) -> Value {
    json!({
        "dueAt": 1_000, "firedAt": 1_000 + late, "outcome": "STARTED", "isManual": true,
        "run": { "runId": ID, "name": "amber falcon", "status": "FINISHED" }, "message": null,
    })
}

fn skipped() -> Value {
    json!({
        "dueAt": 500, "firedAt": 600, "outcome": "SKIPPED", "isManual": false, "run": null,
        "message": "No server ran at that time.",
    })
}

fn project() -> Value {
    json!({
        "projectId": ID, "name": "Weather", "executiveSummary": "", "owner": { "userId": ID, "name": "ann" },
        "public": false, "labels": [], "currentUserRole": "RESEARCHER", "version": 1, "createdAt": 0, "updatedAt": 0,
        "runCounts": { "scheduled": 0, "running": 0, "finished": 0, "failed": 0, "killed": 0 },
    })
}

#[wasm_bindgen_test]
async fn the_list_says_what_each_does_and_lets_one_rest() {
    let (scene, page) = open_schedules(Route::Schedules(ID.parse().unwrap())).await;
    page.shows("At 02:00 every day, Europe/Berlin").await;
    assert!(page.search("link", "amber falcon").is_some(), "what came of the last time leads to the run");
    assert!(page.text().contains("Skipped"), "{}", page.text());
    let switches = page.all("[role=switch]");
    assert_eq!(switches.len(), 2);
    assert_eq!(switches[1].get_attribute("aria-disabled").as_deref(), Some("true"), "that of a deployment");
    assert_eq!(switches[0].get_attribute("aria-checked").as_deref(), Some("true"));
    switches[0].click();
    until(|| page.text().contains("Paused")).await;
    assert_eq!(page.all("[role=switch]")[0].get_attribute("aria-checked").as_deref(), Some("false"));
    assert_eq!(scene.asked.borrow().iter().filter(|own| own.starts_with("PUT")).count(), 1);
}

#[wasm_bindgen_test]
async fn the_page_tells_what_came_of_its_times() {
    let (_scene, page) = open_schedules(Route::Schedule(ID.parse().unwrap(), ID.parse().unwrap())).await;
    page.shows("No server ran at that time.").await;
    let text = page.text();
    assert!(text.contains("By hand") && text.contains("2m 00s late"), "{text}");
    assert!(text.contains("Are skipped"), "{text}");
}
