//! The address of the page as a signal, and the one way of changing it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::{ProjectId, RunId, RunViewId};
use models::run_table::TableScope;
use models::run_view::{RunView, RunViews};

use super::RunsUrl;
use super::asked::{Asked, Named};
use super::fragment;
use super::shown::{Known, Missing, Shown};
use crate::queries::{self, Query};
use crate::routes::Route;
use crate::ui::Place;
use crate::widgets::UrlHistory;

type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

/// The address of the table of runs on screen. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    /// Whose runs are shown.
    pub(crate) scope: TableScope,
    /// What the table shows.
    pub(crate) url: Memo<RunsUrl>,
    /// The saved view that is open; the table may differ from it.
    pub(crate) view: Memo<Option<RunView>>,
    /// Whether the table differs from the saved view that is open.
    pub(crate) is_edited: Memo<bool>,
    /// The view that was asked for in vain.
    pub(crate) missing: Memo<Option<Missing>>,
    /// Whether it is known what the table shows: that may depend on views that are still on their way.
    pub(crate) is_known: Memo<bool>,
    /// The run that is looked at beside the table.
    pub(crate) looked_at: Memo<Option<(ProjectId, RunId)>>,
    /// The project's views.
    pub(crate) views: Query<RunViews>,
    asked: Memo<Asked>,
    navigate: StoredValue<Navigate, LocalStorage>,
    /// What the page showed before its last changes, the latest last.
    before: StoredValue<Vec<(Option<RunViewId>, RunsUrl)>>,
}

/// How many changes can be taken back.
const MOST_UNDONE: usize = 50;

impl Address {
    /// Follows the address as long as it is that of the scope's runs; afterwards it stays as it was.
    pub(crate) fn follow(scope: TableScope) -> Self {
        let place = Place::current();
        let asked = Memo::new(move |before: Option<&Asked>| match Route::parse(&place.path()) {
            Some(here) if here == Route::table(scope) => Asked::read(&place.search()),
            Some(_) | None => before.cloned().unwrap_or_default(),
        });
        let looked_at =
            Memo::new(move |before: Option<&Option<(ProjectId, RunId)>>| match Route::parse(&place.path()) {
                Some(here) if here == Route::table(scope) => fragment::read(&place.hash(), scope),
                Some(_) | None => before.copied().flatten(),
            });
        let views = queries::views::list(move || scope.project());
        let shown = Memo::new(move |before: Option<&Option<Shown>>| {
            let (listed, before) = (views.value.get(), before.and_then(Option::as_ref));
            let known = match &listed {
                Some(listed) => Known::Listed(listed),
                // Views are those of a project.
                None if views.error.read().is_some() || scope.project().is_none() => Known::Failed,
                None => Known::Waiting,
            };
            Shown::of(&asked.read(), known, before).or_else(|| before.cloned())
        });
        let address = Self {
            scope,
            url: Memo::new(move |_| shown.read().as_ref().map(|shown| shown.url.clone()).unwrap_or_default()),
            view: Memo::new(move |_| shown.read().as_ref()?.view.clone()),
            is_edited: Memo::new(move |_| shown.read().as_ref().is_some_and(Shown::is_edited)),
            missing: Memo::new(move |_| shown.read().as_ref()?.missing.clone()),
            is_known: Memo::new(move |_| shown.read().is_some()),
            looked_at,
            views,
            asked,
            navigate: StoredValue::new_local(Rc::new(use_navigate())),
            before: StoredValue::new(Vec::new()),
        };
        Effect::new(move || address.shorten());
        address
    }

    /// Shows something else.
    pub(crate) fn change(self, history: UrlHistory, change: impl FnOnce(&mut RunsUrl)) {
        let before = self.url.get_untracked();
        let mut url = before.clone();
        change(&mut url);
        if url != before {
            self.remember();
            let view = untrack(|| self.view_id());
            self.show(history, &untrack(|| self.asking_for(view, &url)));
        }
    }

    /// Opens a view as it was saved; without one, the usual table.
    pub(crate) fn open(self, view: Option<RunViewId>) {
        let asked = match view {
            Some(id) => Asked { named: Named::View(id), table: None },
            None => untrack(|| self.asking_for(None, &RunsUrl::default())),
        };
        if self.asked.with_untracked(|now| *now != asked) {
            self.remember();
            self.show(UrlHistory::Push, &asked);
        }
    }

    /// Says that the table on screen was just saved as a view, or that it is that of no view any more.
    pub(crate) fn belong_to(self, view: Option<RunViewId>) {
        let table = self.url.get_untracked();
        let asked = match view {
            // The list of views may not have it yet.
            Some(id) => Asked { named: Named::View(id), table: Some(table) },
            None => untrack(|| self.asking_for(None, &table)),
        };
        self.show(UrlHistory::Replace, &asked);
    }

    /// Takes the last change back.
    pub(crate) fn undo(self) {
        if let Some((view, url)) = self.before.try_update_value(Vec::pop).flatten() {
            self.show(UrlHistory::Push, &untrack(|| self.asking_for(view, &url)));
        }
    }

    /// Notes which run is looked at beside the table, so that a link and the way back show it.
    pub(crate) fn look_at(self, run: Option<(ProjectId, RunId)>) {
        let now = self.looked_at.get_untracked();
        if run == now {
            return;
        }
        // To look at one run after the other is one step.
        let replace = run.is_none() || now.is_some();
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        let table = self.asked.with_untracked(|asked| asked.href(self.scope));
        self.go(&format!("{table}{}", fragment::of(run, self.scope)), options);
    }

    /// Leaves for another page.
    pub(crate) fn leave_for(self, href: &str) {
        self.go(href, NavigateOptions::default());
    }

    /// The address of another table, the same view being open.
    pub(crate) fn href(self, url: &RunsUrl) -> String {
        self.asking_for(self.view_id(), url).href(self.scope)
    }

    /// The address of what is on screen, for others too: who does not see the view sees its table.
    pub(crate) fn link(self) -> String {
        let view = self.view.get_untracked();
        let table = self.url.get_untracked();
        let asked = match view {
            Some(view) if !view.is_shared => Asked { named: Named::View(view.view_id), table: Some(table) },
            view => untrack(|| self.asking_for(view.map(|view| view.view_id), &table)),
        };
        asked.href(self.scope)
    }

    /// The view that is open; while the views are not known, the one that is asked for.
    fn view_id(self) -> Option<RunViewId> {
        match (self.views.value.read().is_some(), self.asked.read().named) {
            (false, Named::View(id)) => Some(id),
            (false, Named::Nothing | Named::NoView) => None,
            (true, _) => self.view.read().as_ref().map(|view| view.view_id),
        }
    }

    /// The shortest address of a table, with a view being open.
    fn asking_for(self, view: Option<RunViewId>, url: &RunsUrl) -> Asked {
        let views = self.views.value.get();
        match view {
            Some(id) => {
                let saved = views.as_ref().and_then(|views| views.find(id));
                let is_saved = saved.is_some_and(|view| RunsUrl::of_view(&view.table) == *url);
                Asked { named: Named::View(id), table: (!is_saved).then(|| url.clone()) }
            }
            None if *url != RunsUrl::default() => Asked { named: Named::Nothing, table: Some(url.clone()) },
            // Without a query the address is that of the view that opens first.
            None if views.is_some_and(|views| views.opening().is_some()) => {
                Asked { named: Named::NoView, table: None }
            }
            None => Asked::default(),
        }
    }

    /// Names the view that opened first, and leaves out a table that is that of the view.
    fn shorten(self) {
        let asked = self.asked.get();
        let is_told = asked.table.is_none() && asked.named != Named::Nothing;
        let view = self.view.read().as_ref().map(|view| view.view_id);
        if let Some(id) = view.filter(|_| !is_told && !self.is_edited.get()) {
            self.show(UrlHistory::Replace, &Asked { named: Named::View(id), table: None });
        }
    }

    fn remember(self) {
        let now = (untrack(|| self.view_id()), self.url.get_untracked());
        self.before.try_update_value(|known| {
            let surplus = (known.len() + 1).saturating_sub(MOST_UNDONE);
            known.drain(..surplus);
            known.push(now);
        });
    }

    fn show(self, history: UrlHistory, asked: &Asked) {
        let replace = history == UrlHistory::Replace;
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        let looked_at = fragment::of(self.looked_at.get_untracked(), self.scope);
        self.go(&format!("{}{looked_at}", asked.href(self.scope)), options);
    }

    fn go(self, href: &str, options: NavigateOptions) {
        if let Some(navigate) = self.navigate.try_get_value() {
            navigate(href, options);
        }
    }
}
