//! Orders of runs: missing values and NaN last in either direction, the newest run first where nothing else decides.

use models::query::{Field, SortKey};

use super::{
    attribute::{Source, source},
    context::Context,
    labels,
};
use crate::store::Sql;

/// What follows `ORDER BY` for runs `r`.
pub(super) fn order(context: &Context, keys: &[SortKey]) -> Sql {
    let mut sql = Sql::default();
    for key in keys {
        if let Some(value) = expression(context, &key.field) {
            sql.append(value).push(if key.descending { " DESC NULLS LAST, " } else { " ASC NULLS LAST, " });
        }
    }
    sql.push("r.run_number DESC");
    sql
}

/// The value of a field of a run `r`; `None` when no run has one.
fn expression(context: &Context, field: &Field) -> Option<Sql> {
    let mut sql = Sql::default();
    let is_text = match field {
        Field::Attribute(attribute) => {
            let (column, is_text) = match source(*attribute) {
                Source::Text(column) => (column, true),
                Source::Number(column) => (column, false),
                Source::RunId => ("r.run_id", false),
                Source::Reference(reference) => (reference.name, true),
                Source::Labels => (labels::first(context), true),
            };
            sql.push(column);
            is_text
        }
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => {
            sql.push("(SELECT d.value").append(context.logged(field)?).push(")");
            !field.is_number()
        }
    };
    if is_text && context.is_postgres {
        sql.push(" COLLATE \"C\"");
    }
    Some(sql)
}
