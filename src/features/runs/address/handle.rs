//! The address of the page as a signal, and the one way of changing it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use models::run_table::TableScope;

use super::RunsUrl;
use crate::routes::Route;
use crate::widgets::UrlHistory;

type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

/// The address of the table of runs on screen. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    /// Whose runs are shown.
    pub(crate) scope: TableScope,
    /// What the table shows.
    pub(crate) url: Memo<RunsUrl>,
    navigate: StoredValue<Navigate, LocalStorage>,
    /// What the table showed before its last changes, the latest last.
    before: StoredValue<Vec<RunsUrl>>,
}

/// How many changes can be taken back.
const MOST_UNDONE: usize = 50;

impl Address {
    /// Follows the address as long as it is that of the scope's runs; afterwards it stays as it was.
    pub(crate) fn follow(scope: TableScope) -> Self {
        let location = use_location();
        let (path, search) = (location.pathname, location.search);
        let url = move |before: Option<&RunsUrl>| match Route::parse(&path.read()) {
            Some(here) if here == Route::table(scope) => RunsUrl::read(&search.read()),
            Some(_) | None => before.cloned().unwrap_or_default(),
        };
        Self {
            scope,
            url: Memo::new(url),
            navigate: StoredValue::new_local(Rc::new(use_navigate())),
            before: StoredValue::new(Vec::new()),
        }
    }

    /// Shows something else.
    pub(crate) fn change(self, history: UrlHistory, change: impl FnOnce(&mut RunsUrl)) {
        let before = self.url.get_untracked();
        let mut url = before.clone();
        change(&mut url);
        if url != before {
            self.before.try_update_value(|known| {
                let surplus = (known.len() + 1).saturating_sub(MOST_UNDONE);
                known.drain(..surplus);
                known.push(before);
            });
            let replace = history == UrlHistory::Replace;
            let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
            self.go(&url.href(self.scope), options);
        }
    }

    /// Takes the last change back.
    pub(crate) fn undo(self) {
        if let Some(url) = self.before.try_update_value(Vec::pop).flatten() {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            self.go(&url.href(self.scope), options);
        }
    }

    /// Leaves for another page.
    pub(crate) fn leave_for(self, href: &str) {
        self.go(href, NavigateOptions::default());
    }

    fn go(self, href: &str, options: NavigateOptions) {
        if let Some(navigate) = self.navigate.try_get_value() {
            navigate(href, options);
        }
    }
}
