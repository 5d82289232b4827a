//! What the console has read: asked for once, kept, and forgotten.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use console::queries::{ApiError, Cache, Query, Topic, read};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Page, mount, settle, wait};

thread_local! {
    static ASKED: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static FAILURE: RefCell<Option<ApiError>> = const { RefCell::new(None) };
    static DELAY_MS: Cell<u32> = const { Cell::new(0) };
}

/// Stands for an endpoint: answers with the argument in words.
async fn endpoint(argument: u32) -> Result<String, ApiError> {
    ASKED.with_borrow_mut(|asked| asked.push(argument));
    gloo_timers::future::TimeoutFuture::new(DELAY_MS.get()).await;
    match FAILURE.with_borrow(Clone::clone) {
        Some(error) => Err(error),
        None => Ok(format!("answer {argument}")),
    }
}

/// Another endpoint with the same types.
async fn other_endpoint(argument: u32) -> Result<String, ApiError> {
    Ok(format!("other {argument}"))
}

fn asked() -> Vec<u32> {
    ASKED.with_borrow(Clone::clone)
}

/// Does the work on a page with an empty cache. The cache lives as long as the page.
fn with_cache<R: 'static>(work: impl FnOnce() -> R + 'static) -> (Page, Cache, R) {
    ASKED.with_borrow_mut(Vec::clear);
    FAILURE.set(None);
    DELAY_MS.set(0);
    let result = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&result);
    let page = mount(move || {
        Cache::provide();
        slot.replace(Some((Cache::current(), work())));
    });
    let (cache, result) = result.take().unwrap();
    (page, cache, result)
}

/// Looks at a question as a view does: an effect reads it.
fn look(topic: Topic, argument: impl Fn() -> u32 + Send + Sync + 'static) -> Query<String> {
    let query = if topic == Topic::Projects {
        read(|_| Topic::Projects, endpoint, argument)
    } else {
        read(|_| Topic::Setup, endpoint, argument)
    };
    watch(query);
    query
}

fn watch(query: Query<String>) {
    Effect::new(move || {
        query.value.track();
        query.error.track();
        query.fetching.track();
    });
}

fn value(query: Query<String>) -> Option<String> {
    query.value.get_untracked().map(|value| value.to_string())
}

#[wasm_bindgen_test]
async fn two_who_ask_the_same_at_once_share_one_request() {
    let (_page, _, [one, two]) = with_cache(|| [look(Topic::Projects, || 1), look(Topic::Projects, || 1)]);
    wait(20).await;
    assert_eq!(asked(), [1]);
    assert_eq!((value(one), value(two)), (Some("answer 1".to_owned()), Some("answer 1".to_owned())));
}

#[wasm_bindgen_test]
async fn endpoints_with_the_same_types_are_not_mixed_up() {
    let (_page, _, [one, other]) = with_cache(|| {
        let other = read(|_| Topic::Projects, other_endpoint, || 1);
        watch(other);
        [look(Topic::Projects, || 1), other]
    });
    wait(20).await;
    assert_eq!((value(one), value(other)), (Some("answer 1".to_owned()), Some("other 1".to_owned())));
}

#[wasm_bindgen_test]
async fn forgetting_a_topic_asks_anew_and_leaves_the_others() {
    let (_page, cache, _queries) = with_cache(|| [look(Topic::Projects, || 1), look(Topic::Setup, || 2)]);
    wait(20).await;
    ASKED.with_borrow_mut(Vec::clear);
    cache.forget(Topic::Projects);
    wait(20).await;
    assert_eq!(asked(), [1]);
}

#[wasm_bindgen_test]
async fn the_old_answer_stays_until_the_next_page_is_there() {
    let page = RwSignal::new(1);
    let (_page, _, query) = with_cache(move || look(Topic::Projects, move || page.get()));
    wait(20).await;
    DELAY_MS.set(50);
    page.set(2);
    settle().await;
    assert_eq!(value(query).as_deref(), Some("answer 1"));
    assert!(query.fetching.get_untracked());
    wait(100).await;
    assert_eq!(value(query).as_deref(), Some("answer 2"));
    assert!(!query.fetching.get_untracked());
}

#[wasm_bindgen_test]
async fn what_a_view_asked_reaches_the_one_that_takes_its_place() {
    let (turn, answer) = (RwSignal::new(0), RwSignal::new(None::<String>));
    let (_page, _, _view) = with_cache(move || {
        DELAY_MS.set(50);
        RenderEffect::new(move |_| {
            turn.track();
            let query = look(Topic::Projects, || 1);
            Effect::new(move || answer.set(query.value.get().map(|value| value.to_string())));
        })
    });
    wait(10).await;
    turn.set(1);
    wait(200).await;
    assert_eq!(answer.get_untracked().as_deref(), Some("answer 1"));
}

#[wasm_bindgen_test]
async fn a_slow_answer_does_not_replace_that_of_a_newer_question() {
    let page = RwSignal::new(1);
    let (_page, _, query) = with_cache(move || look(Topic::Projects, move || page.get()));
    wait(20).await;
    DELAY_MS.set(80);
    page.set(2);
    wait(10).await;
    DELAY_MS.set(0);
    page.set(3);
    wait(150).await;
    assert_eq!(value(query).as_deref(), Some("answer 3"));
}

#[wasm_bindgen_test]
async fn a_failure_keeps_the_last_answer_and_is_asked_again() {
    let (_page, _, query) = with_cache(|| look(Topic::Projects, || 1));
    wait(20).await;
    FAILURE.set(Some(ApiError::Offline));
    query.refetch.run(());
    wait(20).await;
    assert_eq!(value(query).as_deref(), Some("answer 1"));
    assert_eq!(query.error.get_untracked(), Some(ApiError::Offline));
    FAILURE.set(None);
    query.refetch.run(());
    wait(20).await;
    assert_eq!(query.error.get_untracked(), None);
    assert_eq!(asked(), [1, 1, 1]);
}

#[wasm_bindgen_test]
async fn what_is_gone_is_no_longer_shown() {
    let (_page, _, query) = with_cache(|| look(Topic::Projects, || 1));
    wait(20).await;
    FAILURE.set(Some(ApiError::NotFound));
    query.refetch.run(());
    wait(20).await;
    assert_eq!(value(query), None);
    assert_eq!(query.error.get_untracked(), Some(ApiError::NotFound));
}

#[wasm_bindgen_test]
async fn a_cleared_cache_shows_nothing_of_the_one_before() {
    let (_page, cache, query) = with_cache(|| look(Topic::Projects, || 1));
    wait(20).await;
    cache.clear();
    settle().await;
    assert_eq!(value(query), None);
}

#[wasm_bindgen_test]
async fn an_ended_session_is_told_once_for_all_questions() {
    let (_page, cache, _query) = with_cache(|| {
        FAILURE.set(Some(ApiError::Unauthorized));
        look(Topic::Projects, || 1)
    });
    wait(20).await;
    assert!(cache.signed_out().get_untracked());
}
