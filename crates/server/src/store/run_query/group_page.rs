//! Pages of groups of runs.

use models::{
    query::{Field, Filter},
    run_table::{Group, GroupKey, GroupPage, GroupPageRequest},
};
use std::ops::Range;

use super::{
    Projects, RunScope,
    run_page::{all_fields, read_filter},
};
use crate::store::{
    Store, StoreError,
    run_columns::{Budget, GroupValue, Names, Shared, Table, aggregates, groups, select},
};

impl Store {
    /// A page of the groups of the runs of projects: those of the key that follows the ones the request is within. The
    /// request's numbers must be within their limits.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the filter cannot be read, or no key is left to group by.
    pub async fn group_page(
        &self,
        projects: impl Into<Projects>,
        request: &GroupPageRequest,
    ) -> Result<GroupPage, StoreError> {
        let GroupPageRequest { query, within, lifecycle_stage, .. } = request;
        let filter = read_filter(&query.filter)?;
        let field = query.group_by.get(within.len()).ok_or_else(|| StoreError::Invalid {
            field: "query.groupBy",
            message: "name a key for each group that is opened, and one more".to_owned(),
        })?;
        let metrics: Vec<Field> =
            query.columns.iter().filter(|column| matches!(column, Field::Metric(_))).cloned().collect();
        let mut fields = all_fields(&filter, &[], within, &metrics);
        fields.push(field.clone());
        let scope = RunScope::of(&projects.into(), *lifecycle_stage);
        let projects = scope.projects.clone();
        let asked = Asked { scope, filter, field: field.clone(), metrics, request: request.clone() };
        self.ask_memory(&projects, &fields, &fields, move |table, names, budget| {
            asked.answer(table, names, budget)
        })
        .await
    }
}

/// What is asked of the columns.
struct Asked {
    scope: RunScope,
    filter: Filter,
    field: Field,
    metrics: Vec<Field>,
    request: GroupPageRequest,
}

impl Asked {
    fn answer(&self, table: &Table, names: &Names, budget: &mut Budget) -> Result<GroupPage, StoreError> {
        let GroupPageRequest { within, offset, limit, .. } = &self.request;
        let selected = select(table, names, &self.scope, within, &self.filter, budget)?;
        let found = groups(table, &selected, &self.field);
        let shown = range(*offset, *limit, found.rows.len());
        let mut amounts: Vec<_> =
            self.metrics.iter().map(|metric| aggregates(table, &found, &shown, metric).into_iter()).collect();
        let total_runs = found.n_runs;
        let total = u64::try_from(found.rows.len()).unwrap_or(u64::MAX);
        let rows = found.rows.into_iter().skip(shown.start).take(shown.len());
        let groups = rows.map(|row| {
            let (value, title) = key_and_title(names, &self.field, row.value);
            Group {
                key: GroupKey { field: self.field.clone(), value },
                title,
                runs: row.runs,
                last_start_time: row.last_start_time,
                aggregates: amounts.iter_mut().filter_map(Iterator::next).collect(),
            }
        });
        Ok(GroupPage { total, total_runs, offset: *offset, groups: groups.collect() })
    }
}

/// The places of a page.
fn range(offset: u64, limit: u64, n: usize) -> Range<usize> {
    let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(n);
    place(offset)..place(offset.saturating_add(limit))
}

/// The value of a key as requests spell it, and as it is shown.
fn key_and_title(names: &Names, field: &Field, value: GroupValue) -> (Option<String>, Option<String>) {
    let text = match value {
        GroupValue::Missing => return (None, None),
        GroupValue::Integer(number) => number.to_string(),
        GroupValue::Real(number) => number.to_string(),
        GroupValue::Shared(shared) => match (names.of(field, &shared), shared) {
            (Some((id, name)), _) => return (Some(id.clone()), Some(name.clone())),
            (None, Shared::Text(text)) => text,
            (None, Shared::Id(id)) => id.simple().to_string(),
            (None, Shared::Number(number)) => number.to_string(),
            // Groups have one value each.
            (None, Shared::Several(_)) => String::new(),
        },
    };
    (Some(text.clone()), Some(text))
}
