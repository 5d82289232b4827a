//! Filters in memory, run by run.

use std::borrow::Cow;
use uuid::Uuid;

use super::{Comparison, Condition, Field, Filter};
use crate::time::UnixMillis;

/// A run whose fields are known.
pub trait RunRow {
    /// The value of a field; `None` when the run has none.
    fn value(&self, field: &Field) -> Option<RunValue<'_>>;
}

/// The value of a field of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum RunValue<'r> {
    /// A number; of times and durations in milliseconds.
    Number(f64),
    /// A text.
    Text(Cow<'r, str>),
    /// Something that the run refers to.
    Named {
        /// Its id.
        id: Uuid,
        /// Its name.
        name: Cow<'r, str>,
    },
    /// Several things that the run refers to, each by its id and its name; none is no value.
    Several(Vec<(Uuid, Cow<'r, str>)>),
}

/// A filter that is ready to be asked of many runs: its patterns are read, its times are known.
#[derive(Debug, Clone)]
pub enum ReadyFilter {
    /// All of these hold.
    And(Vec<ReadyFilter>),
    /// One of these holds at least.
    Or(Vec<ReadyFilter>),
    /// This does not hold.
    Not(Box<ReadyFilter>),
    /// The field fulfils a condition.
    Is(Field, Condition),
}

impl Filter {
    /// Makes the filter ready for who asks at `now`.
    #[must_use]
    pub fn ready(&self, now: UnixMillis) -> ReadyFilter {
        let all = |parts: &[Self]| parts.iter().map(|part| part.ready(now)).collect();
        match self {
            Self::And(parts) => ReadyFilter::And(all(parts)),
            Self::Or(parts) => ReadyFilter::Or(all(parts)),
            Self::Not(part) => ReadyFilter::Not(Box::new(part.ready(now))),
            Self::Is(comparison) => {
                ReadyFilter::Is(comparison.field().clone(), Condition::new(comparison, now))
            }
        }
    }

    /// Whether a run passes for who asks at `now`. For many runs, make it [`Filter::ready`] once.
    #[must_use]
    pub fn passes(&self, row: &impl RunRow, now: UnixMillis) -> bool {
        self.ready(now).passes(row)
    }

    /// The same filter with all times and lengths of time as numbers of milliseconds, for who asks at `now`.
    #[must_use]
    pub fn at(&self, now: UnixMillis) -> Self {
        let all = |parts: &[Self]| parts.iter().map(|part| part.at(now)).collect();
        match self {
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)),
            Self::Not(part) => Self::Not(Box::new(part.at(now))),
            Self::Is(comparison) => Self::Is(match comparison.clone() {
                Comparison::Value { field, operator, value } => {
                    Comparison::Value { field, operator, value: value.at(now) }
                }
                Comparison::In { field, values, negated } => {
                    let values = values.iter().map(|value| value.at(now)).collect();
                    Comparison::In { field, values, negated }
                }
                set @ Comparison::Set { .. } => set,
            }),
        }
    }
}

impl ReadyFilter {
    /// Whether a run passes.
    #[must_use]
    pub fn passes(&self, row: &impl RunRow) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.passes(row)),
            Self::Or(parts) => parts.iter().any(|part| part.passes(row)),
            Self::Not(part) => !part.passes(row),
            Self::Is(field, condition) => match row.value(field) {
                None => condition.holds_for_none(),
                Some(RunValue::Number(own)) => condition.holds_for_number(own),
                Some(RunValue::Text(own)) => condition.holds_for_text(&own),
                Some(RunValue::Named { id, name }) => condition.holds_for_named(id, &name),
                Some(RunValue::Several(own)) => {
                    condition.holds_for_several(own.iter().map(|(id, name)| (*id, name.as_ref())))
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Attribute, parse};

    const DAY: i64 = 86_400_000;
    const ID: Uuid = Uuid::from_u128(7);
    const OTHER_ID: Uuid = Uuid::from_u128(8);

    /// A run that has each kind of value, a metric that is NaN, and no parameter.
    struct Row;

    impl RunRow for Row {
        fn value(&self, field: &Field) -> Option<RunValue<'_>> {
            match field {
                Field::Metric(key) if key == "nan" => Some(RunValue::Number(f64::NAN)),
                Field::Metric(key) if key == "loss" => Some(RunValue::Number(0.5)),
                Field::Tag(_) => Some(RunValue::Text("it's".into())),
                Field::Attribute(Attribute::StartTime) => Some(RunValue::Number(10.0 * 86_400_000.0)),
                Field::Attribute(Attribute::Duration) => Some(RunValue::Number(5_400_000.0)),
                Field::Attribute(Attribute::Label) => {
                    Some(RunValue::Several(vec![(ID, "kind: net".into()), (OTHER_ID, "kind: tree".into())]))
                }
                Field::Attribute(Attribute::Code) => Some(RunValue::Named { id: ID, name: "net".into() }),
                Field::Attribute(_) | Field::Metric(_) | Field::Parameter(_) => None,
            }
        }
    }

    #[test]
    fn a_missing_value_fulfils_no_condition_but_that_it_is_missing() {
        pass(
            "params.a IS NOT SET AND NOT params.a = 'x' AND NOT params.a NOT IN ('x') AND metrics.loss IS SET",
        );
        fail(
            "params.a != 'x' OR params.a = 'x' OR params.a !~ 'x' OR params.a NOT IN ('x') OR params.a IS SET",
        );
    }

    #[test]
    fn nan_differs_from_everything() {
        pass("metrics.nan != 1 AND metrics.nan IS SET AND metrics.nan NOT IN (1, 2)");
        fail("metrics.nan < 1 OR metrics.nan >= 1 OR metrics.nan = 1 OR metrics.nan IN (1)");
    }

    #[test]
    fn times_are_compared_with_dates_and_with_now() {
        pass(
            "start_time = '1970-01-11' AND start_time >= now - 1w AND start_time < now - 1d AND start_time < now",
        );
        fail("start_time > now - 1d OR start_time > now + 1h OR start_time IN ('1970-01-10')");
        pass("duration > 1h AND duration < 2h AND duration IN (1s, 90m) AND duration = 5400000");
    }

    #[test]
    fn something_compares_by_its_name_and_equals_its_id() {
        pass(&format!(
            "code = 'net' AND code = '{ID}' AND code IN ('{ID}') AND code ~ '^n' AND code LIKE 'n%'"
        ));
        fail(&format!("code != '{ID}' OR code NOT IN ('{ID}') OR code !~ 'net' OR code = 'NET'"));
    }

    #[test]
    fn one_of_several_values_is_enough_and_none_may_be_what_is_not_wanted() {
        pass(&format!(
            "label = 'kind: net' AND labels = 'kind: tree' AND label = '{OTHER_ID}' AND label IS SET"
        ));
        pass("label IN ('kind: tree', 'x') AND label LIKE '%net' AND label != 'x' AND label !~ 'forest'");
        fail("label = 'kind: forest' OR label != 'kind: net' OR label NOT IN ('x', 'kind: tree')");
        fail("label !~ 'tree' OR label IS NOT SET");
    }

    #[track_caller]
    fn pass(filter: &str) {
        assert!(parse(filter).unwrap().passes(&Row, UnixMillis(12 * DAY)), "{filter}");
        assert!(parse(filter).unwrap().at(UnixMillis(12 * DAY)).passes(&Row, UnixMillis(0)), "{filter}");
    }

    #[track_caller]
    fn fail(filter: &str) {
        assert!(!parse(filter).unwrap().passes(&Row, UnixMillis(12 * DAY)), "{filter}");
    }
}
