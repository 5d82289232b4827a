//! The values that a field has among the runs, with the number of runs of each.

use std::sync::Arc;

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::query::{Field, Filter, RunQuery, parse};
use models::run_table::{GroupPage, GroupPageRequest, KeyCount, TableScope};

use crate::queries::{self, Query};

/// How many values are asked for at most.
const MOST: u64 = 200;

/// Values of a field, as runs that fulfil the other conditions have them. A handle.
#[derive(Clone, Copy)]
pub(super) struct Values {
    /// The question.
    pub(super) query: Query<GroupPage>,
    field: Memo<Option<Field>>,
}

impl Values {
    /// Asks for the values of `field` among the runs that `filter` lets through; nothing while there is no field. What
    /// the filter demands of the field itself does not count, or there would be nothing else to choose.
    pub(super) fn ask(
        scope: TableScope,
        field: impl Fn() -> Option<Field> + Send + Sync + 'static,
        filter: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        let field = Memo::new(move |_| field());
        let query =
            queries::runs::groups(move || field.get().map(|field| (scope, request(field, &filter()))));
        Self { query, field }
    }

    /// The answer, once it is about the field that is asked for.
    pub(super) fn page(self) -> Option<Arc<GroupPage>> {
        let field = self.field.get()?;
        self.query.value.get().filter(|page| is_about(page, &field))
    }

    /// The values with the number of their runs, those of most runs first, without the runs that have none.
    pub(super) fn counts(self) -> Option<(Field, Vec<KeyCount>)> {
        let counted = self.page().map(|page| counts(&page))?;
        Some((self.field.get()?, counted))
    }

    /// How many runs have no value.
    pub(super) fn missing(self) -> u64 {
        let page = self.page();
        let without = page.iter().flat_map(|page| &page.groups).filter(|group| group.title.is_none());
        without.map(|group| group.runs.total()).sum()
    }
}

fn request(field: Field, filter: &str) -> GroupPageRequest {
    let others = parse(filter).map(|filter| filter.choosing(&field, &[]));
    let filter = others.unwrap_or_else(|_| Filter::all()).to_string();
    GroupPageRequest {
        query: RunQuery { filter, group_by: vec![field], ..RunQuery::default() },
        within: Vec::new(),
        offset: 0,
        limit: MOST,
        lifecycle_stage: LifecycleStage::Active,
    }
}

fn is_about(page: &GroupPage, field: &Field) -> bool {
    page.groups.first().is_none_or(|group| group.key.field == *field)
}

fn counts(page: &GroupPage) -> Vec<KeyCount> {
    let mut counts: Vec<KeyCount> = Vec::new();
    for group in &page.groups {
        let Some(title) = group.title.clone().filter(|title| !title.is_empty()) else { continue };
        // Things of the same name are told apart by their ids alone; a filter by the name finds all of them.
        match counts.iter_mut().find(|count| count.key == title) {
            Some(count) => count.runs += group.runs.total(),
            None => counts.push(KeyCount { key: title, runs: group.runs.total() }),
        }
    }
    counts.sort_by(|left, right| right.runs.cmp(&left.runs).then_with(|| left.key.cmp(&right.key)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::run::StatusCounts;
    use models::run_table::{Group, GroupKey};

    #[test]
    fn the_conditions_on_the_field_itself_are_left_out() {
        let field: Field = "status".parse().unwrap();
        let asked = request(field.clone(), "status = 'FAILED' AND metrics.loss < 1");
        assert_eq!(asked.query.filter, "metrics.loss < 1");
        assert_eq!(asked.query.group_by, [field]);
    }

    #[test]
    fn values_of_most_runs_come_first_and_equal_names_count_together() {
        let group = |id: &str, title: Option<&str>, finished: u64| Group {
            key: GroupKey { field: "code".parse().unwrap(), value: Some(id.to_owned()) },
            title: title.map(str::to_owned),
            runs: StatusCounts { finished, ..StatusCounts::default() },
            last_start_time: None,
            aggregates: Vec::new(),
        };
        let groups = vec![
            group("1", Some("few"), 3),
            group("2", Some("many"), 5),
            group("3", Some("few"), 4),
            group("4", None, 9),
        ];
        let found = counts(&GroupPage { total: 4, total_runs: 21, offset: 0, groups });
        let found: Vec<_> = found.iter().map(|count| (count.key.as_str(), count.runs)).collect();
        assert_eq!(found, [("few", 7), ("many", 5)]);
    }
}
