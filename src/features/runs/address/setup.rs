//! The table of an address as a view keeps it, and back.

use models::query::RunQuery;
use models::run_view::{ColumnWidth, RunTableSetup};

use super::RunsUrl;

impl RunsUrl {
    /// The table of a saved view, as an address would tell it.
    pub(crate) fn of_view(setup: &RunTableSetup) -> Self {
        let url = Self {
            filter: setup.query.filter.clone(),
            group_by: setup.query.group_by.clone(),
            sort: setup.query.sort.clone(),
            columns: Some(setup.query.columns.clone()).filter(|columns| !columns.is_empty()),
            only_differing: setup.only_differing,
            hide_empty: setup.hide_empty,
            in_bin: setup.in_bin,
            pinned: setup.pinned.clone(),
            widths: setup.widths.iter().map(|column| (column.field.clone(), column.width)).collect(),
            scales: setup.scales.clone(),
            sparklines: setup.sparklines.clone(),
            kept: setup.kept.clone(),
            baseline: setup.baseline,
        };
        // What an address cannot say, such as a column named twice, must not make the two differ.
        Self::read(&url.to_string())
    }

    /// What a view keeps of the table. What a newer version put into `before` stays.
    pub(crate) fn setup(&self, before: Option<&RunTableSetup>) -> RunTableSetup {
        // Named one by one, so that nothing new is forgotten.
        let Self {
            filter,
            group_by,
            sort,
            columns,
            only_differing,
            hide_empty,
            in_bin,
            pinned,
            widths,
            scales,
            sparklines,
            kept,
            baseline,
        } = self.clone();
        let width = |(field, width)| ColumnWidth { field, width };
        RunTableSetup {
            query: RunQuery { filter, group_by, sort, columns: columns.unwrap_or_default() },
            only_differing,
            hide_empty,
            in_bin,
            pinned,
            widths: widths.into_iter().map(width).collect(),
            scales,
            sparklines,
            kept,
            baseline,
            other: before.map(|before| before.other.clone()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "q=metrics.loss%20%3C%200.2&group=data&sort=-metrics.loss&cols=status,metrics.loss&differ=1&filled=1&bin=1&pin=status\
         &width=metrics.loss:90&scale=metrics.loss&spark=metrics.loss&keep=0190a5b2c3d44e5f8a9bcdef01234567&base=0190a5b2c3d44e5f8a9bcdef01234567";

    #[test]
    fn a_view_keeps_the_whole_table() {
        let url = RunsUrl::read(TABLE);
        assert_eq!(url.to_string(), TABLE);
        assert_eq!(RunsUrl::of_view(&url.setup(None)), url);
        assert_eq!(RunsUrl::of_view(&RunTableSetup::default()), RunsUrl::default());
    }

    #[test]
    fn what_a_newer_version_keeps_is_not_lost() {
        let mut before = RunTableSetup::default();
        before.other.insert("density".to_owned(), "compact".into());
        let now = RunsUrl::read(TABLE).setup(Some(&before));
        assert_eq!(now.other, before.other);
    }

    #[test]
    fn a_column_that_is_named_twice_counts_once() {
        let mut setup = RunsUrl::read("cols=status").setup(None);
        let twice = setup.query.columns.clone();
        setup.query.columns.extend(twice);
        assert_eq!(RunsUrl::of_view(&setup), RunsUrl::read("cols=status"));
    }
}
