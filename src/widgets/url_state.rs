//! State that lives in the query of the page's address, so that it can be linked to.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;

/// What changing the state does to the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlHistory {
    /// Going back undoes it.
    Push,
    /// Going back leaves the page.
    Replace,
}

/// The parameter `name` of the address as a signal. What is the default is left out of the address, and what cannot be
/// read there counts as the default.
pub fn url_state<T>(name: &'static str, history: UrlHistory) -> RwSignal<T>
where
    T: FromStr + ToString + Default + Clone + PartialEq + Send + Sync + 'static,
{
    let options = NavigateOptions {
        replace: history == UrlHistory::Replace,
        scroll: false,
        ..NavigateOptions::default()
    };
    let (read, write) = query_signal_with_options::<T>(name, options);
    let value = RwSignal::new(read.get_untracked().unwrap_or_default());
    Effect::new(move || {
        let outside = read.get().unwrap_or_default();
        if value.with_untracked(|inside| *inside != outside) {
            value.set(outside);
        }
    });
    Effect::new(move || {
        let inside = value.get();
        if read.get_untracked().unwrap_or_default() != inside {
            write.set(Some(inside).filter(|inside| *inside != T::default()));
        }
    });
    value
}
