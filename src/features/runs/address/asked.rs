//! What an address asks for: a saved view, a table of its own, or a view with another table in its place.

use std::fmt;

use models::id::RunViewId;
use models::run_table::TableScope;

use super::RunsUrl;
use crate::routes::Route;

/// The parameter that names the view.
const VIEW: &str = "view";
/// What it says where no view is wanted, though one opens first.
const NO_VIEW: &str = "none";

/// Which view an address names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Named {
    /// It says nothing of views.
    #[default]
    Nothing,
    /// It wants none.
    NoView,
    /// This one.
    View(RunViewId),
}

/// What an address asks for. Nothing at all is the view that opens first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The view.
    pub(super) named: Named,
    /// The whole table, where it is not that of the view: so the address also works for who does not see the view.
    pub(super) table: Option<RunsUrl>,
}

impl Asked {
    /// Reads what stands behind the `?`.
    pub(super) fn read(search: &str) -> Self {
        let mut asked = Self::default();
        let mut has_table = false;
        for pair in search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some((VIEW, NO_VIEW)) => asked.named = Named::NoView,
                Some((VIEW, id)) => asked.named = id.parse().map_or(asked.named, Named::View),
                Some(_) | None => has_table = true,
            }
        }
        asked.table = has_table.then(|| RunsUrl::read(search));
        asked
    }

    /// The whole address, for links.
    pub(super) fn href(&self, scope: TableScope) -> String {
        let query = self.to_string();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{query}", Route::table(scope))
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.named {
            Named::Nothing => {}
            Named::NoView => write!(formatter, "{VIEW}={NO_VIEW}")?,
            Named::View(id) => write!(formatter, "{VIEW}={id}")?,
        }
        let Some(table) = &self.table else { return Ok(()) };
        let table = table.to_string();
        match (self.named, table.as_str()) {
            (Named::Nothing, table) => formatter.write_str(table),
            // Without any other part the table would be that of the view.
            (Named::NoView | Named::View(_), "") => formatter.write_str("&q="),
            (Named::NoView | Named::View(_), table) => write!(formatter, "&{table}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

    #[track_caller]
    fn check(search: &str, named: Named, table: Option<&str>) {
        let asked = Asked::read(search);
        assert_eq!(asked.named, named);
        assert_eq!(asked.table.as_ref().map(ToString::to_string).as_deref(), table);
        assert_eq!(Asked::read(&asked.to_string()), asked, "{asked}");
    }

    #[test]
    fn an_address_names_a_view_or_a_table_or_both() {
        let Ok(id) = ID.parse() else { panic!("an id") };
        check("", Named::Nothing, None);
        check("?", Named::Nothing, None);
        check("?view=none", Named::NoView, None);
        check(&format!("?view={ID}"), Named::View(id), None);
        check("?group=data", Named::Nothing, Some("group=data"));
        check(&format!("?view={ID}&group=data"), Named::View(id), Some("group=data"));
        check("?view=nonsense&group=data", Named::Nothing, Some("group=data"));
    }

    #[test]
    fn a_view_without_any_of_its_parts_is_not_the_view_as_it_was_saved() {
        let Ok(id) = ID.parse() else { panic!("an id") };
        let emptied = Asked { named: Named::View(id), table: Some(RunsUrl::default()) };
        assert_eq!(emptied.to_string(), format!("view={ID}&q="));
        check(&emptied.to_string(), Named::View(id), Some(""));
    }
}
