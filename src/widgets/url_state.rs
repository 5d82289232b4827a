//! State that lives in the query of the page's address, so that it can be linked to.

use std::cell::RefCell;
use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;

use crate::routes::with_parameters;
use crate::ui::Place;

/// What changing the state does to the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlHistory {
    /// Going back undoes it.
    Push,
    /// Going back leaves the page.
    Replace,
}

thread_local! {
    /// What changes with the next frame: parameters that change together make one new address.
    static CHANGES: RefCell<Vec<(&'static str, Option<String>)>> = const { RefCell::new(Vec::new()) };
}

/// The parameter `name` of the address as a signal. What is the default is left out of the address, and what cannot be
/// read there counts as the default.
pub fn url_state<T>(name: &'static str, history: UrlHistory) -> RwSignal<T>
where
    T: FromStr + ToString + Default + Clone + PartialEq + Send + Sync + 'static,
{
    let place = Place::current();
    let read = Memo::new(move |_| {
        place.query().get_str(name).and_then(|text| text.parse::<T>().ok()).unwrap_or_default()
    });
    let value = RwSignal::new(read.get_untracked());
    Effect::new(move || {
        let outside = read.get();
        if value.with_untracked(|inside| *inside != outside) {
            value.set(outside);
        }
    });
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move || {
        let inside = value.get();
        if read.get_untracked() != inside {
            let text = (inside != T::default()).then(|| inside.to_string());
            write(name, text, &location, &navigate, history);
        }
    });
    value
}

/// Changes a parameter with the next frame, unless the page is left before.
fn write(
    name: &'static str,
    text: Option<String>,
    location: &Location,
    navigate: &(impl Fn(&str, NavigateOptions) + Clone + 'static),
    history: UrlHistory,
) {
    let is_first = CHANGES.with_borrow_mut(|changes| {
        changes.push((name, text));
        changes.len() == 1
    });
    if !is_first {
        return;
    }
    let (location, navigate) = (location.clone(), navigate.clone());
    let page = location.pathname.get_untracked();
    request_animation_frame(move || {
        let changes = CHANGES.take();
        let search = location.search.try_get_untracked();
        if let Some(search) = search.filter(|_| location.pathname.try_get_untracked().as_ref() == Some(&page))
        {
            let hash = location.hash.get_untracked();
            let options = NavigateOptions {
                replace: history == UrlHistory::Replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&format!("{page}{}{hash}", with_parameters(&search, &changes)), options);
        }
    });
}
