//! The labels of a run `r` in SQL. It may have several: one that passes is enough, and where what does not hold is asked
//! for it must have one, and none may pass.

use models::query::{Comparison, Operator, Value};

use super::{context::Context, expression, filter::named_any};
use crate::store::Sql;

/// A label `x` as [`models::label::Label::text`] writes it.
pub(in crate::store) const LABEL_TEXT: &str = "(x.scope || ': ' || x.name || COALESCE(' = ' || x.value, ''))";

/// The id of a label `x`.
const LABEL_ID: &str = "x.label_id";

/// What a run must fulfil to pass a comparison of its labels.
pub(super) fn condition(context: &Context, comparison: &Comparison) -> Sql {
    match comparison {
        Comparison::Set { negated, .. } => {
            let mut sql = Sql::new(if *negated { "NOT " } else { "" });
            sql.append(with_label(context, None));
            sql
        }
        Comparison::Value { field, operator, value: Value::Text(text) } if operator.is_expression() => {
            let passes = expression::condition(context, LABEL_TEXT, field, Operator::Matches, text);
            with_some(context, passes, operator.is_negated())
        }
        Comparison::Value { operator, value, .. } => {
            let wanted = if operator.is_negated() { Operator::Equal } else { *operator };
            let passes = named_any(context, (LABEL_TEXT, LABEL_ID), wanted, std::slice::from_ref(value));
            with_some(context, passes, operator.is_negated())
        }
        Comparison::In { values, negated, .. } => {
            let passes = named_any(context, (LABEL_TEXT, LABEL_ID), Operator::Equal, values);
            with_some(context, passes, *negated)
        }
    }
}

/// The run has a label that passes; or it has labels, and none of them passes.
fn with_some(context: &Context, passes: Sql, is_negated: bool) -> Sql {
    let found = with_label(context, Some(passes));
    if !is_negated {
        return found;
    }
    let mut sql = Sql::new("(");
    sql.append(with_label(context, None)).push(" AND NOT ").append(found).push(")");
    sql
}

/// The run has a label, or one that passes. The labels are looked for once, and not for each run.
fn with_label(context: &Context, passes: Option<Sql>) -> Sql {
    let mut sql = Sql::new("(r.run_id IN (SELECT o.object_id FROM object_labels o ");
    if passes.is_some() {
        sql.push("JOIN labels x ON x.label_id = o.label_id ");
    }
    sql.push("WHERE o.project_id IN (").push_list(context.projects.iter().copied()).push(")");
    if let Some(passes) = passes {
        sql.push(" AND ").append(passes);
    }
    sql.push("))");
    sql
}

/// The first of the labels of a run, which orders it.
pub(super) fn first(context: &Context) -> &'static str {
    if context.is_postgres {
        "(SELECT MIN((x.scope || ': ' || x.name || COALESCE(' = ' || x.value, '')) COLLATE \"C\") \
         FROM object_labels o JOIN labels x ON x.label_id = o.label_id WHERE o.object_id = r.run_id)"
    } else {
        "(SELECT MIN(x.scope || ': ' || x.name || COALESCE(' = ' || x.value, '')) \
         FROM object_labels o JOIN labels x ON x.label_id = o.label_id WHERE o.object_id = r.run_id)"
    }
}

/// The run has the label with this id; without one, it has none.
pub(super) fn within(value: Option<&str>) -> Sql {
    let Some(text) = value else {
        return Sql::new("NOT EXISTS (SELECT 1 FROM object_labels o WHERE o.object_id = r.run_id)");
    };
    let Ok(id) = text.parse::<uuid::Uuid>() else { return Sql::new("FALSE") };
    let mut sql =
        Sql::new("EXISTS (SELECT 1 FROM object_labels o WHERE o.object_id = r.run_id AND o.label_id = ");
    sql.bind(id).push(")");
    sql
}
