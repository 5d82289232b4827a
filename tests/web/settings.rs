//! The person's own settings.

use console::routes::{Route, SettingsPage};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_server::FakeServer;
use crate::runs::{ID, open, session};
use crate::support::{Page, dispatch, fill, wait};

const SECRET: &str = "mtk_0123456789";
const NOW: i64 = 1_795_000_000_000;

/// A server that knows one of each.
fn server() -> FakeServer {
    FakeServer::start(|request| match request.replace(ID, "id").as_str() {
        "GET /api/session" => (200, session()),
        "GET /api/users/id/settings" => (200, json!({ "settings": settings() })),
        "GET /api/users/id/tokens" => (200, page("tokens", token())),
        "POST /api/users/id/tokens" => {
            let mut made = token();
            made["secret"] = json!(SECRET);
            (201, made)
        }
        "GET /api/users/id/settings/connections" => (200, page("connections", connection())),
        "POST /api/users/id/settings/connections/id/test" => (
            200,
            json!({ "outcome": "REFUSED", "message": "Enter the token again.", "host": "git.example.org:443" }),
        ),
        "GET /api/users/id/sessions" => (200, page("sessions", browser())),
        "GET /api/users/id/audit" => (200, page("events", event())),
        "GET /api/projects" => (200, json!({ "totalRecords": 0, "projects": [] })),
        _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
    })
}

fn page(property: &str, item: Value) -> Value {
    json!({ "totalRecords": 1, property: [item] })
}

fn user() -> Value {
    json!({ "userId": ID, "name": "ann", "email": "ann@example.org", "isAdmin": false })
}

fn settings() -> Value {
    let payment = json!({ "paymentInfoId": ID, "address": "Street 1", "paymentMethod": "CARD", "paymentDetails": "…0042" });
    json!({ "user": user(), "paymentInfo": payment, "connections": [], "version": 3 })
}

fn token() -> Value {
    json!({
        "tokenId": ID, "name": "laptop", "scopes": ["mlflow"], "projectId": null, "createdAt": NOW,
        "expiresAt": 4_102_444_800_000_i64, "lastUsedAt": null,
    })
}

fn connection() -> Value {
    let none = json!({ "set": false });
    let stored = json!({ "set": true, "hint": "…f3a9", "updatedAt": NOW });
    json!({
        "connectionId": ID, "user": user(), "connectionName": "Code", "connectionProvider": "GitLab",
        "authMethod": "TOKEN", "loginName": null, "uri": "https://git.example.org",
        "secrets": { "password": none, "token": stored, "privateKey": none },
        "createdAt": NOW, "updatedAt": NOW, "version": 2,
    })
}

fn browser() -> Value {
    json!({
        "sessionId": ID, "kind": "browser", "device": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0", "isCurrent": true,
        "createdAt": NOW, "lastSeenAt": NOW, "expiresAt": NOW,
    })
}

fn event() -> Value {
    json!({
        "auditEventId": ID, "at": NOW, "action": "SECRETS_READ", "objectId": ID, "objectName": "Code",
        "credential": format!("token {ID}"), "requestId": "r1",
    })
}

async fn open_page(page: SettingsPage) -> Page {
    let page = open(&Route::Settings(page).to_string()).await;
    wait(200).await;
    page
}

/// Chooses a line of a list.
fn choose(page: &Page, label: &str, value: &str) {
    let select: web_sys::HtmlSelectElement = wasm_bindgen::JsCast::unchecked_into(page.find("field", label));
    select.set_value(value);
    dispatch(&select, "change");
}

#[wasm_bindgen_test]
async fn the_secret_of_a_token_goes_with_its_dialog() {
    let _server = server();
    let page = open_page(SettingsPage::Tokens).await;
    assert!(page.text().contains("laptop"), "{}", page.text());
    page.button("New token").click();
    wait(100).await;
    page.button("Create token").click();
    wait(100).await;
    assert_eq!(page.field("Name").get_attribute("aria-invalid").as_deref(), Some("true"));
    fill(&page.field("Name"), "laptop");
    page.button("Create token").click();
    wait(100).await;
    assert!(page.text().contains(&format!("MLFLOW_TRACKING_TOKEN='{SECRET}'")), "{}", page.text());
    assert!(page.search("dialog", "Copy the token now").is_some());
    page.button("Done").click();
    wait(100).await;
    assert!(!page.text().contains(SECRET), "{}", page.text());
    page.button("New token").click();
    wait(100).await;
    assert!(page.search("dialog", "New token").is_some(), "the next one is asked for anew");
}

#[wasm_bindgen_test]
async fn a_connection_asks_only_for_what_its_way_in_needs() {
    let _server = server();
    let page = open_page(SettingsPage::Connections).await;
    page.button("New connection").click();
    wait(100).await;
    assert!(page.search("field", "Token").is_some());
    assert!(page.search("field", "Login name").is_none());
    choose(&page, "System", "S3");
    wait(50).await;
    assert!(page.search("field", "Access key id").is_some());
    assert!(page.search("field", "Secret access key").is_some(), "{}", page.text());
    assert!(page.search("field", "Token").is_none());
    assert!(page.search("field", "How you prove who you are").is_none(), "there is but one way in");
    choose(&page, "System", "SSH");
    wait(50).await;
    assert!(page.search("field", "Password").is_some(), "a way in stays that the other system has too");
    choose(&page, "How you prove who you are", "PRIVATE_KEY");
    wait(50).await;
    assert!(page.search("field", "Private key").is_some());
}

#[wasm_bindgen_test]
async fn a_stored_secret_is_kept_until_it_is_replaced_or_the_connection_leads_elsewhere() {
    let _server = server();
    let page = open_page(SettingsPage::Connections).await;
    page.button("Edit Code").click();
    wait(100).await;
    assert!(page.search("field", "Token").is_none(), "it is not shown");
    page.button("Remove").click();
    wait(50).await;
    assert!(page.text().contains("Removed when you save."));
    page.button("Keep it").click();
    wait(50).await;
    fill(&page.field("Addressoptional"), "https://elsewhere.example.org");
    wait(50).await;
    assert!(page.search("field", "Token").is_some(), "{}", page.text());
    page.button("Save").click();
    wait(100).await;
    assert_eq!(page.field("Token").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn how_a_trial_went_stands_with_the_connection() {
    let _server = server();
    let page = open_page(SettingsPage::Connections).await;
    page.button("Test").click();
    wait(100).await;
    assert!(page.text().contains("Enter the token again. (git.example.org:443)"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_profile_can_be_saved_once_something_is_changed() {
    let _server = server();
    let page = open_page(SettingsPage::Profile).await;
    assert_eq!(page.field("E-mail").value(), "ann@example.org");
    let disabled = || page.button("Save profile").get_attribute("aria-disabled");
    assert_eq!(disabled().as_deref(), Some("true"));
    fill(&page.field("E-mail"), "nowhere");
    wait(50).await;
    assert_eq!(disabled(), None);
    page.button("Save profile").click();
    wait(100).await;
    assert_eq!(page.field("E-mail").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn who_acted_is_told_with_the_sessions() {
    let _server = server();
    let page = open_page(SettingsPage::Security).await;
    let text = page.text();
    assert!(text.contains("Firefox on Linux") && text.contains("This browser"), "{text}");
    assert!(text.contains("Secrets given to a program") && text.contains("Token “laptop”"), "{text}");
}

#[wasm_bindgen_test]
async fn a_payment_reference_is_not_told() {
    let _server = server();
    let page = open_page(SettingsPage::Payment).await;
    assert!(page.text().contains("Stored: …0042."), "{}", page.text());
    assert_eq!(page.field("Referenceoptional").value(), "");
}
