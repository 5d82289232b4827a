//! What the page shows of what its address asks for, as far as the views are known. Pure.

use models::id::RunViewId;
use models::run_view::{RunView, RunViews};

use super::RunsUrl;
use super::asked::{Asked, Named};

/// What is known of the project's views.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'v> {
    /// Nothing yet.
    Waiting,
    /// They could not be read.
    Failed,
    /// These are there.
    Listed(&'v RunViews),
}

/// A view that an address names and that is not there, or not for her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The view.
    pub(crate) id: RunViewId,
    /// Its name, where it was on screen until now.
    pub(crate) name: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// The view that is open.
    pub(super) view: Option<RunView>,
    /// The table, which may differ from that of the view.
    pub(super) url: RunsUrl,
    /// The view that was asked for in vain.
    pub(super) missing: Option<Missing>,
}

impl Shown {
    /// What is shown, after `before`; `None` while it depends on views that are not known yet.
    pub(super) fn of(asked: &Asked, known: Known<'_>, before: Option<&Self>) -> Option<Self> {
        let views = match known {
            Known::Listed(views) => Some(views),
            Known::Waiting if asked.table.is_none() && asked.named != Named::NoView => return None,
            Known::Waiting | Known::Failed => None,
        };
        let view = views.and_then(|views| match asked.named {
            Named::View(id) => views.find(id),
            Named::Nothing if asked.table.is_none() => views.opening(),
            Named::Nothing | Named::NoView => None,
        });
        let missing = match asked.named {
            Named::View(id) if views.is_some() && view.is_none() => {
                before.and_then(|before| before.lost(id)).or_else(|| {
                    asked.table.is_none().then_some((Missing { id, name: None }, RunsUrl::default()))
                })
            }
            Named::View(_) | Named::Nothing | Named::NoView => None,
        };
        let (missing, stays) = missing.unzip();
        let own = asked.table.clone().or_else(|| view.map(|view| RunsUrl::of_view(&view.table)));
        Some(Self { view: view.cloned(), url: own.or(stays).unwrap_or_default(), missing })
    }

    /// Whether the table differs from that of the open view.
    pub(super) fn is_edited(&self) -> bool {
        self.view.as_ref().is_some_and(|view| RunsUrl::of_view(&view.table) != self.url)
    }

    /// The view, if it was on screen here, and the table that stays when it goes.
    fn lost(&self, id: RunViewId) -> Option<(Missing, RunsUrl)> {
        let view = self.view.as_ref().filter(|view| view.view_id == id);
        let missing = view.map(|view| Missing { id, name: Some(view.name.clone()) });
        let missing = missing.or_else(|| self.missing.clone().filter(|missing| missing.id == id))?;
        Some((missing, self.url.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const BEST: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
    const OTHER: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234568";

    fn views(default: Value) -> RunViews {
        let view = json!({
            "viewId": BEST, "name": "Best", "table": {"groupBy": ["data"]}, "isShared": true,
            "owner": {"userId": BEST, "name": "ann"}, "createdAt": 0, "updatedAt": 0, "version": 1,
        });
        let views = json!({"views": [view], "defaultViewId": default, "ownDefaultViewId": null});
        let Ok(views) = serde_json::from_value(views) else { panic!("views") };
        views
    }

    fn shown(search: &str, known: Known<'_>, before: Option<&Shown>) -> Option<(String, String)> {
        let shown = Shown::of(&Asked::read(search), known, before)?;
        Some((shown.view.map(|view| view.name).unwrap_or_default(), shown.url.to_string()))
    }

    #[track_caller]
    fn check(search: &str, default: Value, view: &str, table: &str) {
        let views = views(default);
        let expected = Some((view.to_owned(), table.to_owned()));
        assert_eq!(shown(search, Known::Listed(&views), None), expected);
    }

    #[test]
    fn an_address_without_a_query_opens_the_view_that_opens_first() {
        check("", json!(null), "", "");
        check("", json!(BEST), "Best", "group=data");
        check("?view=none", json!(BEST), "", "");
        check("?sort=name", json!(BEST), "", "sort=name");
    }

    #[test]
    fn a_view_is_open_with_its_own_table_or_another() {
        check(&format!("?view={BEST}"), json!(null), "Best", "group=data");
        check(&format!("?view={BEST}&sort=name"), json!(null), "Best", "sort=name");
        check(&format!("?view={BEST}&q="), json!(null), "Best", "");
        check(&format!("?view={OTHER}"), json!(null), "", "");
        check(&format!("?view={OTHER}&sort=name"), json!(null), "", "sort=name");
    }

    #[test]
    fn only_what_depends_on_the_views_waits_for_them() {
        for search in ["", &format!("?view={BEST}")] {
            assert_eq!(shown(search, Known::Waiting, None), None);
            assert_eq!(shown(search, Known::Failed, None), Some((String::new(), String::new())));
        }
        let table = Some((String::new(), "sort=name".to_owned()));
        assert_eq!(shown(&format!("?view={BEST}&sort=name"), Known::Waiting, None), table);
        assert_eq!(shown("?view=none", Known::Waiting, None), Some((String::new(), String::new())));
    }

    #[test]
    fn a_view_that_goes_while_it_is_open_leaves_its_table() {
        let (with, without) = (views(json!(null)), RunViews::default());
        for (search, table) in [("", "group=data"), ("&sort=name", "sort=name")] {
            let asked = Asked::read(&format!("?view={BEST}{search}"));
            let Some(before) = Shown::of(&asked, Known::Listed(&with), None) else { panic!("known") };
            let Some(after) = Shown::of(&asked, Known::Listed(&without), Some(&before)) else {
                panic!("known")
            };
            assert_eq!((after.view.as_ref(), after.url.to_string().as_str()), (None, table));
            assert_eq!(after.missing.as_ref().and_then(|missing| missing.name.as_deref()), Some("Best"));
            let again = Shown::of(&asked, Known::Listed(&without), Some(&after));
            assert_eq!(again, Some(after), "it is known once");
        }
    }

    #[test]
    fn a_view_is_edited_when_its_table_differs() {
        let views = views(json!(null));
        let is_edited = |search: &str| {
            let asked = Asked::read(&format!("?view={BEST}{search}"));
            Shown::of(&asked, Known::Listed(&views), None).map(|shown| shown.is_edited())
        };
        assert_eq!(is_edited(""), Some(false));
        assert_eq!(is_edited("&group=data"), Some(false));
        assert_eq!(is_edited("&group=code"), Some(true));
        assert_eq!(is_edited("&q="), Some(true));
    }
}
