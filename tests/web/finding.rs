//! Search, pages, tabs and links.

use console::ui::{
    Breadcrumb, Choice, Crumb, ExternalLink, Pagination, Part, SearchField, StackedBar, Tabs, Tone,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{fill, focused, mount, press, settle, wait};

#[wasm_bindgen_test]
async fn a_search_waits_for_the_last_letter() {
    let sought = RwSignal::new(String::new());
    let changes = RwSignal::new(0);
    let page = mount(move || {
        Effect::watch(move || sought.get(), move |_, _, _| changes.update(|n| *n += 1), false);
        view! { <SearchField label="Search runs" value=sought/> }
    });
    settle().await;
    for text in ["l", "lo", "loss"] {
        fill(&page.field("Search runs"), text);
    }
    assert_eq!(sought.get_untracked(), "");
    wait(350).await;
    assert_eq!(sought.get_untracked(), "loss");
    assert_eq!(changes.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_slash_goes_to_the_search_and_escape_clears_it() {
    let sought = RwSignal::new("loss".to_owned());
    let page = mount(move || view! { <SearchField label="Search models" value=sought/> });
    press("/");
    assert_eq!(focused(), "Search models");
    press("Escape");
    settle().await;
    assert_eq!(sought.get_untracked(), "");
    assert_eq!(page.field("Search models").value(), "");
}

#[wasm_bindgen_test]
async fn pages_end_where_the_list_ends() {
    let number = RwSignal::new(0);
    let page = mount(move || view! { <Pagination page=number size=50 total=120/> });
    page.button("Previous page").click();
    assert_eq!(number.get_untracked(), 0);
    for _ in 0..5 {
        page.button("Next page").click();
        settle().await;
    }
    assert_eq!(number.get_untracked(), 2);
    assert!(page.text().contains("101 – 120 of 120"));
}

#[wasm_bindgen_test]
async fn arrows_choose_the_tab_beside() {
    let view = RwSignal::new("metrics");
    let choices = vec![Choice::new("metrics", "Metrics"), Choice::new("logs", "Logs")];
    let page = mount(
        move || view! { <Tabs label="Run" value=view choices>{move || view.get().to_uppercase()}</Tabs> },
    );
    page.find("tab", "Metrics").focus().unwrap();
    press("ArrowRight");
    wait(20).await;
    assert_eq!(focused(), "Logs");
    assert!(page.text().contains("LOGS"));
    assert_eq!(page.find("tab", "Metrics").get_attribute("tabindex").as_deref(), Some("-1"));
}

#[wasm_bindgen_test]
async fn a_link_out_shows_its_host_and_gives_nothing_away() {
    let page = mount(|| view! { <ExternalLink href="https://git.example.org/a" text="The code"/> });
    let link = &page.all("a")[0];
    assert!(link.text_content().unwrap().contains("git.example.org"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer nofollow"));
}

#[wasm_bindgen_test]
async fn an_address_that_runs_script_is_no_link() {
    let page = mount(|| view! { <ExternalLink href="javascript:alert(1)" text="Click"/> });
    assert!(page.all("a").is_empty());
    assert_eq!(page.text(), "Click");
}

#[wasm_bindgen_test]
async fn the_last_crumb_is_the_page_on_screen() {
    let crumbs = vec![Crumb::link("Projects", "/projects"), Crumb::here("Forecast")];
    let page = mount(move || view! { <Breadcrumb crumbs/> });
    assert_eq!(page.find("link", "Projects").get_attribute("href").as_deref(), Some("/projects"));
    assert_eq!(page.all("[aria-current=page]")[0].text_content().as_deref(), Some("Forecast"));
}

#[wasm_bindgen_test]
async fn a_bar_leaves_empty_parts_out_and_is_read_aloud() {
    let parts = vec![Part::new("running", 0, Tone::Info), Part::new("finished", 1_904, Tone::Success)];
    let page = mount(move || view! { <StackedBar label="Runs" parts/> });
    assert_eq!(
        page.all("[role=img]")[0].get_attribute("aria-label").as_deref(),
        Some("Runs: 1,904 finished")
    );
    assert_eq!(page.text(), "finished1,904");
}
