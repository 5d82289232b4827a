//! Which of the columns are on screen: where it is wished for, only those that tell the runs apart.

use leptos::prelude::*;
use models::query::{Attribute, Field, RunQuery};
use models::run_table::{ColumnContent, ColumnContents, ColumnContentsRequest};

use super::columns::travelling;
use crate::features::runs::address::{Address, RunsUrl};
use crate::queries::{self, Query};

const NAME: Field = Field::Attribute(Attribute::Name);

/// The columns of the table. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Columns {
    /// Those that were chosen, or are usual, in their order; some may not be on screen.
    pub(crate) chosen: Memo<Vec<Field>>,
    /// Those on screen.
    pub(crate) shown: Memo<Vec<Field>>,
    contents: Query<ColumnContents>,
}

impl Columns {
    /// Asks what the chosen columns hold where that decides which are shown, and follows it as runs come in.
    pub(crate) fn follow(address: Address, chosen: Memo<Vec<Field>>) -> Self {
        let request =
            Memo::new(move |_| Some((address.scope, request(&address.url.read(), &chosen.read())?)));
        let contents = queries::runs::contents(move || request.get());
        let shown = Memo::new(move |_| match contents.value.get() {
            Some(contents) => visible(&chosen.read(), &contents, &address.url.read()),
            None => chosen.get(),
        });
        Self { chosen, shown, contents }
    }

    /// Whether it is known which columns are shown, or cannot be known.
    pub(crate) fn are_known(self, address: Address) -> bool {
        let url = address.url.read();
        let is_asked = url.only_differing || url.hide_empty;
        !is_asked || self.contents.value.read().is_some() || self.contents.error.read().is_some()
    }

    /// Why a chosen column is not on screen; `None` when it is.
    pub(crate) fn why_hidden(self, field: &Field) -> Option<&'static str> {
        if self.shown.read().contains(field) || !self.chosen.read().contains(field) {
            return None;
        }
        let contents = self.contents.value.get()?;
        match content(&contents, field)? {
            ColumnContent::Empty => Some("empty"),
            ColumnContent::Same => Some("same in all"),
            ColumnContent::Differing => None,
        }
    }

    /// How many chosen columns are not on screen.
    pub(crate) fn n_hidden(self) -> usize {
        self.chosen.read().len().saturating_sub(self.shown.read().len())
    }

    /// The columns on screen, for those who only draw them.
    pub(crate) fn on_screen(self) -> Signal<Vec<Field>> {
        self.shown.into()
    }
}

/// The question that the table with these columns answers.
pub(crate) fn question(url: &RunsUrl, columns: &[Field]) -> RunQuery {
    RunQuery {
        filter: url.readable_filter().to_owned(),
        group_by: url.group_by.clone(),
        sort: url.sort.clone(),
        columns: travelling(columns),
    }
}

/// What is asked of the server; nothing where all columns are shown.
fn request(url: &RunsUrl, chosen: &[Field]) -> Option<ColumnContentsRequest> {
    if !(url.only_differing || url.hide_empty) {
        return None;
    }
    let mut columns: Vec<Field> = Vec::with_capacity(chosen.len());
    for field in chosen.iter().filter(|field| **field != NAME) {
        columns.push(field.clone());
        columns.extend(version(field));
    }
    columns.truncate(RunQuery::MAX_COLUMNS);
    let query = RunQuery { filter: url.readable_filter().to_owned(), columns, ..RunQuery::default() };
    Some(ColumnContentsRequest { query, lifecycle_stage: url.stage() })
}

/// The version that stands beside the name of a repository.
fn version(field: &Field) -> Option<Field> {
    match field {
        Field::Attribute(Attribute::Code) => Some(Field::Attribute(Attribute::Commit)),
        Field::Attribute(Attribute::Data) => Some(Field::Attribute(Attribute::DataVersion)),
        Field::Attribute(_) | Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => None,
    }
}

/// The columns that are shown. The name is, for it leads to the run, and so is what nothing is known of. A single run
/// differs in nothing.
fn visible(chosen: &[Field], contents: &ColumnContents, url: &RunsUrl) -> Vec<Field> {
    let only_differing = url.only_differing && contents.total > 1;
    let is_visible = |field: &&Field| match content(contents, field).filter(|_| **field != NAME) {
        Some(ColumnContent::Empty) => !(url.hide_empty || only_differing),
        Some(ColumnContent::Same) => !only_differing,
        Some(ColumnContent::Differing) | None => true,
    };
    chosen.iter().filter(is_visible).cloned().collect()
}

/// What a column shows over all runs: a repository differs where its version does.
fn content(contents: &ColumnContents, field: &Field) -> Option<ColumnContent> {
    let of = |field: &Field| {
        contents.columns.iter().find(|column| column.field == *field).map(|column| column.content)
    };
    let own = of(field)?;
    match version(field).as_ref().and_then(of) {
        Some(version) if own != ColumnContent::Empty => Some(own.max(version)),
        Some(_) | None => Some(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::run_table::ColumnSummary;

    fn fields(names: &str) -> Vec<Field> {
        names.split(' ').filter_map(|name| name.parse().ok()).collect()
    }

    fn told(total: u64, columns: &[(&str, ColumnContent)]) -> ColumnContents {
        let summary = |(name, content): &(&str, ColumnContent)| {
            Some(ColumnSummary { field: name.parse().ok()?, content: *content })
        };
        ColumnContents { total, columns: columns.iter().filter_map(summary).collect() }
    }

    #[track_caller]
    fn check(total: u64, (only_differing, hide_empty): (bool, bool), expected: &str) {
        use ColumnContent::{Differing, Empty, Same};
        let chosen = fields("name status code data model params.rate params.seed tags.team");
        let contents = told(
            total,
            &[
                ("status", Differing),
                ("code", Same),
                ("commit", Differing),
                ("data", Same),
                ("data_version", Same),
                ("model", Empty),
                ("params.rate", Differing),
                ("params.seed", Same),
            ],
        );
        let url = RunsUrl { only_differing, hide_empty, ..RunsUrl::default() };
        assert_eq!(visible(&chosen, &contents, &url), fields(expected));
    }

    #[test]
    fn columns_that_tell_nothing_are_left_out() {
        check(9, (true, false), "name status code params.rate tags.team");
        check(9, (false, true), "name status code data params.rate params.seed tags.team");
        check(9, (true, true), "name status code params.rate tags.team");
        check(9, (false, false), "name status code data model params.rate params.seed tags.team");
    }

    #[test]
    fn a_single_run_differs_in_nothing_and_keeps_its_columns() {
        check(1, (true, false), "name status code data model params.rate params.seed tags.team");
        check(1, (true, true), "name status code data params.rate params.seed tags.team");
    }

    #[test]
    fn versions_are_asked_about_with_their_repositories() {
        let chosen = fields("name code params.rate");
        assert_eq!(request(&RunsUrl::default(), &chosen), None);
        let url = RunsUrl { hide_empty: true, ..RunsUrl::default() };
        let columns = request(&url, &chosen).map(|request| request.query.columns);
        assert_eq!(columns, Some(fields("code commit params.rate")));
    }
}
