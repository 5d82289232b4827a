//! `ORDER BY` as MLflow's clients write it: ``metrics.`val loss` DESC``.

use models::query::{Attribute, Field, SortKey};

use super::error::TrackingError;
use crate::store::ExperimentOrder;

/// The order of runs; newest first without one.
pub(super) fn of_runs(clauses: &[String]) -> Result<Vec<SortKey>, TrackingError> {
    if clauses.is_empty() {
        return Ok(vec![SortKey { field: Field::Attribute(Attribute::StartTime), descending: true }]);
    }
    let key = |clause: &String| {
        let (name, descending) = split(clause);
        let field = field(name).ok_or_else(|| invalid(clause))?;
        Ok(SortKey { field, descending })
    };
    clauses.iter().map(key).collect()
}

/// The order of experiments; newest first without one.
pub(super) fn of_experiments(clauses: &[String]) -> Result<Vec<(ExperimentOrder, bool)>, TrackingError> {
    if clauses.is_empty() {
        return Ok(vec![(ExperimentOrder::Created, true)]);
    }
    let key = |clause: &String| {
        let (name, descending) = split(clause);
        let name = name.split_once('.').map_or(name, |(_, name)| name);
        let order = match name.trim_matches(['`', '"']) {
            "name" => ExperimentOrder::Name,
            "experiment_id" => ExperimentOrder::Number,
            "creation_time" => ExperimentOrder::Created,
            "last_update_time" => ExperimentOrder::Updated,
            _ => return Err(invalid(clause)),
        };
        Ok((order, descending))
    };
    clauses.iter().map(key).collect()
}

fn invalid(clause: &str) -> TrackingError {
    TrackingError::invalid(format!("Invalid order_by clause '{clause}'"))
}

/// What to order by, and whether the greatest comes first.
fn split(clause: &str) -> (&str, bool) {
    let clause = clause.trim();
    match clause.rsplit_once(char::is_whitespace) {
        Some((name, word)) if word.eq_ignore_ascii_case("desc") => (name.trim(), true),
        Some((name, word)) if word.eq_ignore_ascii_case("asc") => (name.trim(), false),
        _ => (clause, false),
    }
}

fn field(name: &str) -> Option<Field> {
    let Some((family, key)) = name.split_once('.') else {
        return Attribute::named(name.trim_matches(['`', '"'])).map(Field::Attribute);
    };
    let quoted = |quote| key.strip_prefix(quote).and_then(|key| key.strip_suffix(quote));
    let key = quoted('`').or_else(|| quoted('"')).unwrap_or(key);
    Field::in_family(family, key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_names_a_field_and_a_direction() {
        check("metrics.loss", "metrics.loss", false);
        check("metrics.`val loss` DESC", "metrics.val loss", true);
        check("params.\"a.b\" asc", "params.a.b", false);
        check("attributes.start_time desc", "start_time", true);
        check("start_time", "start_time", false);
        check("tags.mlflow.user", "tags.mlflow.user", false);
    }

    #[test]
    fn what_is_no_field_is_refused() {
        for clause in ["", "colour", "metrics.", "metric loss DESC", "attributes.colour"] {
            assert!(of_runs(&[clause.to_owned()]).is_err(), "{clause}");
        }
        assert!(of_experiments(&["colour".to_owned()]).is_err());
    }

    #[test]
    fn experiments_are_ordered_by_what_mlflow_calls_them() {
        let order = of_experiments(&["attribute.last_update_time DESC".to_owned(), "name".to_owned()]);
        assert_eq!(order.unwrap(), [(ExperimentOrder::Updated, true), (ExperimentOrder::Name, false)]);
    }

    #[track_caller]
    fn check(clause: &str, field: &str, descending: bool) {
        let keys = of_runs(&[clause.to_owned()]).unwrap();
        assert_eq!(keys, [SortKey { field: field.parse().unwrap(), descending }]);
    }
}
