//! A condition as the parts that a person fills in: a field, an operator, values.

use models::query::{Comparison, Field, FieldKind, Filter, Value, parse};

/// The parts of a condition, as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The name of the field, as people read it.
    pub(super) field: String,
    /// The operator, as the language has it: `<`, `NOT IN`.
    pub(super) operator: String,
    /// The values without quotes: none for `IS SET`, several for `IN`.
    pub(super) values: Vec<String>,
}

/// What is wrong, and with which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    Field(String),
    Value(String),
}

/// How many values an operator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    None,
    One,
    Several,
}

impl Takes {
    pub(super) fn of(operator: &str) -> Self {
        match operator {
            "IS SET" | "IS NOT SET" => Self::None,
            "IN" | "NOT IN" => Self::Several,
            _ => Self::One,
        }
    }
}

impl Parts {
    /// The parts of a comparison; `None` for what has several.
    pub(super) fn of(condition: &Filter) -> Option<Self> {
        let Filter::Is(comparison) = condition else { return None };
        let (operator, values) = match comparison {
            Comparison::Value { operator, value, .. } => (operator.as_str(), vec![plain(value)]),
            Comparison::In { values, negated, .. } => {
                (if *negated { "NOT IN" } else { "IN" }, values.iter().map(plain).collect())
            }
            Comparison::Set { negated, .. } => (if *negated { "IS NOT SET" } else { "IS SET" }, Vec::new()),
        };
        Some(Self { field: comparison.field().to_string(), operator: operator.to_owned(), values })
    }

    /// The condition that the parts are.
    pub(super) fn read(&self) -> Result<Filter, Wrong> {
        let field: Field = match self.field.trim() {
            "" => return Err(Wrong::Field("choose what to filter by".to_owned())),
            name => {
                name.parse().map_err(|error: models::query::FieldError| Wrong::Field(error.to_string()))?
            }
        };
        let literals: Vec<_> = self.values.iter().map(|value| literal(field.kind(), value)).collect();
        let begin = format!("{} {}", field.written(), self.operator);
        let written = match (Takes::of(&self.operator), literals.as_slice()) {
            (Takes::None, _) => begin.clone(),
            (Takes::One, [value]) => format!("{begin} {value}"),
            (Takes::One, _) | (Takes::Several, []) => {
                return Err(Wrong::Value("give a value to compare with".to_owned()));
            }
            (Takes::Several, values) => format!("{begin} ({})", values.join(", ")),
        };
        match parse(&written) {
            Ok(condition @ Filter::Is(_)) => Ok(condition),
            Err(error) if field.kind() == FieldKind::Text => Err(Wrong::Value(error.message)),
            // What is said of a missing value says best what a value looks like.
            Ok(_) | Err(_) => Err(Wrong::Value(wanted(&field))),
        }
    }
}

/// What a field is compared with, in the words of the language.
fn wanted(field: &Field) -> String {
    parse(&format!("{} =", field.written())).map_or_else(|error| error.message, |_| String::new())
}

/// A value as people read it.
fn plain(value: &Value) -> String {
    let written = value.to_string();
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(_) => written.trim_matches('\'').to_owned(),
        Value::Number(_) | Value::Span(_) | Value::Now | Value::BeforeNow(_) | Value::AfterNow(_) => written,
    }
}

/// A value as the language has it.
fn literal(kind: FieldKind, text: &str) -> String {
    let is_quoted = match kind {
        FieldKind::Text => true,
        FieldKind::Time => Value::date(text).is_some(),
        FieldKind::Number | FieldKind::Duration => false,
    };
    if is_quoted { Value::Text(text.to_owned()).to_string() } else { text.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(field: &str, operator: &str, values: &[&str]) -> Parts {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Parts { field: field.to_owned(), operator: operator.to_owned(), values }
    }

    #[test]
    fn parts_become_a_condition_and_back() {
        for (own, text) in [
            (parts("metrics.val loss", "<", &["0.2"]), "metrics.`val loss` < 0.2"),
            (parts("name", "=", &["it's"]), "name = 'it''s'"),
            (parts("status", "NOT IN", &["FAILED", "KILLED"]), "status NOT IN ('FAILED', 'KILLED')"),
            (parts("params.seed", "IS NOT SET", &[]), "params.seed IS NOT SET"),
            (parts("start_time", ">", &["now - 7d"]), "start_time > now - 7d"),
            (parts("start_time", "<=", &["2026-11-01 12:30"]), "start_time <= '2026-11-01 12:30'"),
            (parts("duration", ">", &["2h"]), "duration > 2h"),
        ] {
            let condition = own.read().unwrap();
            assert_eq!(condition.to_string(), text);
            assert_eq!(Parts::of(&condition), Some(own));
        }
        assert_eq!(Parts::of(&parse("name = 'a' OR name = 'b'").unwrap()), None);
    }

    #[test]
    fn what_is_wrong_is_said_of_its_part() {
        let value = |own: Parts, message: &str| match own.read() {
            Err(Wrong::Value(told)) => assert!(told.contains(message), "{told}"),
            other => panic!("{other:?}"),
        };
        value(parts("metrics.loss", "<", &["1,5"]), "expected a number");
        value(parts("metrics.loss", "<", &["1 OR name = 'x'"]), "expected a number");
        value(parts("start_time", ">", &["yesterday"]), "expected a time");
        value(parts("name", "~", &["("]), "mend the regular expression");
        value(parts("status", "IN", &[]), "give a value");
        assert!(matches!(parts("colour", "=", &["red"]).read(), Err(Wrong::Field(_))));
        assert!(matches!(parts(" ", "=", &["red"]).read(), Err(Wrong::Field(_))));
    }
}
