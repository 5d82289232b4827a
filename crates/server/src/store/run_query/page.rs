//! The numbers of the runs on a page, in order.

use models::{
    query::{Attribute, Field, Filter, SortKey},
    run_table::GroupKey,
};

use super::{
    RunScope,
    context::{Context, fields_of},
    expression, filter, sort, within,
};
use crate::store::{Connection, Sql, StoreError};

/// From this place of an order on, memory is there sooner than an index that is walked along.
const FAR: u64 = 2_000;

/// Which runs are wanted.
#[derive(Debug)]
pub(super) struct Question<'q> {
    pub(super) scope: &'q RunScope,
    pub(super) filter: &'q Filter,
    pub(super) within: &'q [GroupKey],
}

impl Question<'_> {
    /// What follows `WHERE` for runs `r`.
    pub(super) fn condition(&self, context: &Context) -> Sql {
        let mut sql = self.scope.condition();
        for key in self.within {
            sql.push(" AND ").append(within::condition(context, key));
        }
        if *self.filter != Filter::all() {
            sql.push(" AND ").append(filter::condition(context, self.filter));
        }
        sql
    }

    /// What follows `FROM` to read most runs of a project: in the order of their numbers, because what they have
    /// logged lies in that order too. SQLite would choose any of the indexes that begin with the project.
    pub(super) fn runs(&self, context: &Context) -> &'static str {
        let has_order = !context.is_postgres && self.scope.experiments.is_none();
        if has_order { "runs r INDEXED BY runs_by_number" } else { "runs r" }
    }

    /// Whether the filter or the groups ask for what runs have logged.
    fn is_about_logged(&self) -> bool {
        let is_logged = |field: &Field| !matches!(field, Field::Attribute(_));
        fields_of(self.filter).into_iter().any(is_logged)
            || self.within.iter().any(|key| is_logged(&key.field))
    }

    /// Whether memory answers it sooner: where no index has the order, where a filter takes runs out, so that all must
    /// be looked at to count them, or where an index would be walked along for long. The runs of opened groups are few.
    pub(super) fn is_for_memory(&self, order: &[SortKey], slice: Slice) -> bool {
        let is_indexed = match order.first().map(|key| &key.field) {
            None | Some(Field::Metric(_)) => true,
            Some(Field::Attribute(attribute)) => *attribute == Attribute::StartTime,
            Some(Field::Parameter(_) | Field::Tag(_)) => false,
        };
        self.is_for_memory_alone()
            || (self.within.is_empty() && !(self.is_about_all() && is_indexed && slice.offset < FAR))
    }

    /// Whether an index has nothing but its runs in just this order: walked along it is there sooner than the columns are
    /// read, though not sooner than they tell it.
    pub(super) fn is_walked(&self, order: &[SortKey]) -> bool {
        let is_in_order = match order {
            [] => true,
            [key, rest @ ..] => {
                key.field == Field::Attribute(Attribute::StartTime) && key.descending && rest.is_empty()
            }
        };
        is_in_order && self.is_about_all() && self.scope.experiments.is_none()
    }

    /// Whether no database can answer it: each knows other regular expressions than we do, or none.
    pub(super) fn is_for_memory_alone(&self) -> bool {
        !expression::all(self.filter).is_empty()
    }

    /// Whether it is about all runs of its scope.
    pub(super) fn is_about_all(&self) -> bool {
        self.within.is_empty() && *self.filter == Filter::all()
    }
}

/// Which part of the answer is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slice {
    pub(super) offset: u64,
    pub(super) limit: u64,
}

/// The numbers of the runs on a page.
pub(super) async fn numbers(
    connection: &mut Connection,
    context: &Context,
    question: &Question<'_>,
    order: &[SortKey],
    slice: Slice,
) -> Result<Vec<i64>, StoreError> {
    match order {
        [SortKey { field: metric @ Field::Metric(_), descending }, rest @ ..] => {
            let by = ByMetric { metric, descending: *descending, rest };
            by_metric(connection, context, question, &by, slice).await
        }
        _ => {
            let is_by_time =
                matches!(order, [SortKey { field: Field::Attribute(Attribute::StartTime), .. }, ..]);
            let by_number = question.is_about_logged() && !is_by_time;
            let mut sql = Sql::new("SELECT r.run_number FROM ");
            sql.push(if by_number { question.runs(context) } else { "runs r" });
            sql.push(" WHERE ").append(question.condition(context));
            finish(connection, sql, sort::order(context, order), slice).await
        }
    }
}

/// How many runs there are.
pub(super) async fn count(
    connection: &mut Connection,
    context: &Context,
    question: &Question<'_>,
) -> Result<u64, StoreError> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM ");
    sql.push(if question.is_about_logged() { question.runs(context) } else { "runs r" });
    sql.push(" WHERE ").append(question.condition(context));
    connection.fetch_one(sql).await?.get("n")
}

/// An order whose first key is a metric.
struct ByMetric<'q> {
    metric: &'q Field,
    descending: bool,
    rest: &'q [SortKey],
}

/// Walks along the index of the metric's values, and only then to the runs that have none: no run is read that is not
/// on the page or before it.
async fn by_metric(
    connection: &mut Connection,
    context: &Context,
    question: &Question<'_>,
    by: &ByMetric<'_>,
    slice: Slice,
) -> Result<Vec<i64>, StoreError> {
    let keys = context.keys(by.metric);
    let with = with_value(context, question, by, keys);
    let mut numbers = match &with {
        Some((sql, order)) => finish(connection, sql.clone(), order.clone(), slice).await?,
        None => Vec::new(),
    };
    let n_found = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
    if n_found == slice.limit {
        return Ok(numbers);
    }
    let n_with = match with {
        None => 0,
        Some((sql, _)) if n_found == 0 && slice.offset > 0 => count_rows(connection, sql).await?,
        Some(_) => slice.offset + n_found,
    };
    let mut sql = Sql::new("SELECT r.run_number FROM runs r WHERE ");
    sql.append(question.condition(context));
    if let Some(logged) = context.logged(by.metric) {
        sql.push(" AND NOT EXISTS (SELECT 1").append(logged).push(" AND d.value IS NOT NULL)");
    }
    let rest = Slice { offset: slice.offset.saturating_sub(n_with), limit: slice.limit - n_found };
    numbers.extend(finish(connection, sql, sort::order(context, by.rest), rest).await?);
    Ok(numbers)
}

/// The runs that have a value of the metric, and their order.
fn with_value(
    context: &Context,
    question: &Question<'_>,
    by: &ByMetric<'_>,
    keys: &[i64],
) -> Option<(Sql, Sql)> {
    // SQLite keeps the order of a CROSS JOIN: first the metric's values, in the order of their index.
    let mut sql = Sql::new(
        "SELECT r.run_number FROM run_metrics m CROSS JOIN runs r WHERE r.run_number = m.run_number",
    );
    sql.push(" AND m.value IS NOT NULL AND m.key_id");
    match keys {
        [] => return None,
        [only] => sql.push(" = ").bind(*only),
        several => sql.push(" IN (").push_list(several.iter().copied()).push(")"),
    };
    sql.push(" AND ").append(question.condition(context));
    let mut order = Sql::new(if by.descending { "m.value DESC, " } else { "m.value, " });
    if by.rest.is_empty() {
        // The same as the run's own number, and part of the index.
        order.push("m.run_number DESC");
    } else {
        order.append(sort::order(context, by.rest));
    }
    Some((sql, order))
}

async fn count_rows(connection: &mut Connection, rows: Sql) -> Result<u64, StoreError> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (");
    sql.append(rows).push(") counted");
    connection.fetch_one(sql).await?.get("n")
}

async fn finish(
    connection: &mut Connection,
    mut sql: Sql,
    order: Sql,
    slice: Slice,
) -> Result<Vec<i64>, StoreError> {
    sql.push(" ORDER BY ").append(order);
    sql.push(" LIMIT ").push_number(slice.limit).push(" OFFSET ").push_number(slice.offset);
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| row.get("run_number")).collect()
}
