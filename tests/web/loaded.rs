//! Waiting, failing and retrying, as every page shows them.

use std::cell::RefCell;

use console::queries::{ApiError, Cache, Topic, read};
use console::widgets::Loaded;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Page, mount, wait};

thread_local! {
    static OUTCOME: RefCell<Result<u32, ApiError>> = const { RefCell::new(Ok(1)) };
}

async fn endpoint((): ()) -> Result<u32, ApiError> {
    gloo_timers::future::TimeoutFuture::new(30).await;
    OUTCOME.with_borrow(Clone::clone)
}

/// A page that shows a number, and a button that reads it again.
fn page() -> Page {
    mount(|| {
        Cache::provide();
        let query = read(|()| Topic::Projects, endpoint, || ());
        view! {
            <button on:click=move |_| query.refetch.run(())>"Read again"</button>
            <Loaded query let:number>
                <p>{move || format!("the number is {}", number.get())}</p>
                <input aria-label="Draft"/>
            </Loaded>
        }
    })
}

fn answer_with(outcome: Result<u32, ApiError>) {
    OUTCOME.set(outcome);
}

#[wasm_bindgen_test]
async fn an_outline_stands_until_the_value_is_there() {
    answer_with(Ok(1));
    let page = page();
    wait(5).await;
    assert!(page.text().contains("Loading"), "{}", page.text());
    page.shows("the number is 1").await;
    assert!(!page.text().contains("Loading"));
}

#[wasm_bindgen_test]
async fn a_newer_value_takes_its_place_and_leaves_what_was_typed() {
    answer_with(Ok(1));
    let page = page();
    page.shows("the number is 1").await;
    page.field("Draft").set_value("half a sentence");
    answer_with(Ok(2));
    page.button("Read again").click();
    wait(10).await;
    assert!(page.text().contains("the number is 1"), "the old value stays: {}", page.text());
    page.shows("the number is 2").await;
    assert_eq!(page.field("Draft").value(), "half a sentence");
}

#[wasm_bindgen_test]
async fn a_failure_says_why_names_the_request_and_is_tried_again() {
    answer_with(Err(ApiError::Failed { request_id: Some("request-7".to_owned()) }));
    let page = page();
    page.shows("Something went wrong on the server.").await;
    assert!(page.text().contains("request-7"));
    answer_with(Ok(3));
    page.button("Try again").click();
    page.shows("the number is 3").await;
}

#[wasm_bindgen_test]
async fn a_failure_over_old_data_keeps_the_data_and_says_how_old_it_is() {
    answer_with(Ok(1));
    let page = page();
    page.shows("the number is 1").await;
    answer_with(Err(ApiError::Offline));
    page.button("Read again").click();
    page.shows("What you see is as of").await;
    assert!(page.text().contains("the number is 1"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn what_is_gone_and_what_is_hidden_look_alike() {
    answer_with(Err(ApiError::NotFound));
    let page = page();
    page.shows("Not here, or not yours to see").await;
}

#[wasm_bindgen_test]
async fn who_has_no_access_is_told_who_can_give_it() {
    let reason = "This needs the role Researcher in the project. An owner of the project can change it.";
    answer_with(Err(ApiError::Forbidden(reason.to_owned())));
    let page = page();
    page.shows(reason).await;
}
