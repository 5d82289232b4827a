//! `ORDER BY` as MLflow's clients write it: ``metrics.`val loss` DESC``.

use models::query::{Attribute, Field, RunQuery, SortKey};

use super::error::TrackingError;
use crate::store::ExperimentOrder;

/// The order of runs; newest first without one.
pub(super) fn of_runs(clauses: &[String]) -> Result<Vec<SortKey>, TrackingError> {
    if clauses.is_empty() {
        return Ok(vec![SortKey { field: Field::Attribute(Attribute::StartTime), descending: true }]);
    }
    let keys = keys(clauses, field)?;
    Ok(keys.into_iter().map(|(field, descending)| SortKey { field, descending }).collect())
}

/// The order of experiments; newest first without one.
pub(super) fn of_experiments(clauses: &[String]) -> Result<Vec<(ExperimentOrder, bool)>, TrackingError> {
    if clauses.is_empty() {
        return Ok(vec![(ExperimentOrder::Created, true)]);
    }
    keys(clauses, |name| {
        let name = name.split_once('.').map_or(name, |(_, name)| name);
        match name.trim_matches(['`', '"']) {
            "name" => Some(ExperimentOrder::Name),
            "experiment_id" => Some(ExperimentOrder::Number),
            "creation_time" => Some(ExperimentOrder::Created),
            "last_update_time" => Some(ExperimentOrder::Updated),
            _ => None,
        }
    })
}

/// What the clauses name, and whether the greatest comes first. What was named before decides already.
fn keys<K: PartialEq>(
    clauses: &[String],
    named: impl Fn(&str) -> Option<K>,
) -> Result<Vec<(K, bool)>, TrackingError> {
    let mut keys: Vec<(K, bool)> = Vec::new();
    for clause in clauses {
        let (name, descending) = split(clause);
        let key = named(name).ok_or_else(|| invalid(clause))?;
        if keys.iter().any(|(own, _)| *own == key) {
            continue;
        }
        if keys.len() == RunQuery::MAX_SORT_KEYS {
            let most = RunQuery::MAX_SORT_KEYS;
            return Err(TrackingError::invalid(format!("Use at most {most} order_by clauses.")));
        }
        keys.push((key, descending));
    }
    Ok(keys)
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

    #[test]
    fn a_field_orders_once_and_only_some_may() {
        let clauses = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let twice = of_runs(&clauses(&["metrics.a DESC", "name", "metrics.`a` ASC"])).unwrap();
        assert_eq!(twice.len(), 2);
        assert!(twice[0].descending, "the first counts");
        let many = |n: usize| (0..n).map(|n| format!("metrics.m{n}")).collect::<Vec<_>>();
        assert_eq!(of_runs(&many(RunQuery::MAX_SORT_KEYS)).unwrap().len(), RunQuery::MAX_SORT_KEYS);
        assert!(of_runs(&many(RunQuery::MAX_SORT_KEYS + 1)).is_err());
        assert_eq!(of_runs(&vec!["name".to_owned(); 10_000]).unwrap().len(), 1);
        assert_eq!(of_experiments(&vec!["name".to_owned(); 10_000]).unwrap().len(), 1);
    }

    #[track_caller]
    fn check(clause: &str, field: &str, descending: bool) {
        let keys = of_runs(&[clause.to_owned()]).unwrap();
        assert_eq!(keys, [SortKey { field: field.parse().unwrap(), descending }]);
    }
}
