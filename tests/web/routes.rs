//! Every address of the console opens its page.

use console::app::App;
use console::routes::{ProjectSettingsTab, Route, RunTab, SettingsPage};
use leptos::prelude::*;
use models::repository::RepositoryKind;
use models::team::TeamKind;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::dressing::mount_dressed;
use crate::fake_server::FakeServer;
use crate::support::{Page, wait};

const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
const NOWHERE: &str = "There is no page at this address";

/// The app at an address.
async fn open(path: &str) -> Page {
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(path)).unwrap();
    let page = mount_dressed(App).await;
    wait(50).await;
    page
}

fn place() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap(), location.search().unwrap())
}

#[wasm_bindgen_test]
async fn each_route_opens_a_page_and_nothing_else_does() {
    let _server = FakeServer::with_session();
    let (project, run) = (ID.parse().unwrap(), ID.parse().unwrap());
    let mut routes = vec![
        Route::Home,
        Route::Link,
        Route::Setup,
        Route::Projects,
        Route::Project(project),
        Route::AllRuns,
        Route::Runs(project),
        Route::Launch(project),
        Route::Users,
        Route::Gallery,
    ];
    routes.extend(RunTab::ALL.map(|tab| Route::Run(project, run, tab)));
    routes.extend(SettingsPage::ALL.map(Route::Settings));
    let id = ID.parse().unwrap();
    for kind in RepositoryKind::ALL {
        routes.extend([Route::Repositories(project, kind), Route::Repository(project, kind, id)]);
    }
    routes.extend(ProjectSettingsTab::ALL.map(|tab| Route::ProjectSettings(project, tab)));
    for kind in TeamKind::ALL {
        routes.extend([Route::Teams(kind), Route::Team(kind, id)]);
    }
    for route in routes {
        let page = open(&route.to_string()).await;
        assert!(!page.text().contains(NOWHERE), "{route}: {}", page.text());
    }
    assert!(open("/projects/not-an-id").await.text().contains(NOWHERE));
}

#[wasm_bindgen_test]
async fn who_is_not_signed_in_is_led_to_sign_in_and_the_way_back_is_kept() {
    let _server = FakeServer::without_session();
    let page = open("/projects?q=weather").await;
    wait(100).await;
    assert!(page.search("heading", "Sign in to Mantik").is_some(), "{}", page.text());
    assert_eq!(place(), "/login?next=/projects%3Fq%3Dweather");
    assert_eq!(document().title(), "Sign in · Mantik");
}

#[wasm_bindgen_test]
async fn who_is_signed_in_already_returns_at_once() {
    let _server = FakeServer::with_session();
    let page = open("/login?next=/projects").await;
    wait(100).await;
    assert_eq!(place(), "/projects");
    assert!(page.search("heading", "Projects").is_some(), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_sign_in_never_leads_to_another_site() {
    let _server = FakeServer::with_session();
    let _page = open("/login?next=//evil.example/").await;
    wait(100).await;
    assert_eq!(place(), "/");
}

#[wasm_bindgen_test]
async fn a_token_leaves_the_address_at_once() {
    let _server = FakeServer::without_session();
    let page = open("/link?token=secret").await;
    assert_eq!(place(), "/link");
    assert!(page.text().contains("The link did not work"), "{}", page.text());
}
