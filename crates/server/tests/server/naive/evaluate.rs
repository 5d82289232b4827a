//! Filters and orders, run by run.
#![allow(clippy::wildcard_enum_match_arm, reason = "what is left is refused by the parser")]

use models::query::{Attribute, Comparison, Field, Filter, Operator, SortKey, Value};
use std::cmp::Ordering;

use super::{NaiveRun, Plain};

/// The value of a field; `None` when the run has none.
pub(crate) fn value_of(run: &NaiveRun, field: &Field) -> Option<Plain> {
    let number = |value: i64| Plain::Number(value as f64);
    match field {
        Field::Metric(key) => run.metrics.get(key).copied().map(Plain::Number),
        Field::Parameter(key) => run.parameters.get(key).cloned().map(Plain::Text),
        Field::Tag(key) => run.tags.get(key).cloned().map(Plain::Text),
        Field::Attribute(attribute) => match attribute {
            Attribute::RunId => Some(Plain::Text(run.id.mlflow())),
            Attribute::Name => Some(Plain::Text(run.name.clone())),
            Attribute::Status => Some(Plain::Text(run.status.as_str().to_owned())),
            Attribute::StartTime => run.start_time.map(number),
            Attribute::EndTime => run.end_time.map(number),
            Attribute::Duration => run.end_time.zip(run.start_time).map(|(end, start)| number(end - start)),
            Attribute::User => Some(Plain::Named(run.user.0.to_string(), run.user.1.clone())),
            Attribute::Code => run.code.as_ref().map(|(id, name)| Plain::Named(id.to_string(), name.clone())),
            Attribute::Commit => run.commit.clone().map(Plain::Text),
            Attribute::Branch => run.branch.clone().map(Plain::Text),
            Attribute::Data => run.data.as_ref().map(|(id, name)| Plain::Named(id.to_string(), name.clone())),
            Attribute::DataVersion => run.data_commit.clone().or(run.data_branch.clone()).map(Plain::Text),
            Attribute::Project => Some(Plain::Named(run.project.0.to_string(), run.project.1.clone())),
            Attribute::Label => (!run.labels.is_empty()).then(|| Plain::Several(run.labels.clone())),
            Attribute::Experiment | Attribute::Model | Attribute::ArtifactUri => None,
        },
    }
}

/// Whether a run passes a filter.
pub(crate) fn passes(run: &NaiveRun, filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) => parts.iter().all(|part| passes(run, part)),
        Filter::Or(parts) => parts.iter().any(|part| passes(run, part)),
        Filter::Not(part) => !passes(run, part),
        Filter::Is(Comparison::Set { field, negated }) => value_of(run, field).is_some() != *negated,
        Filter::Is(Comparison::Value { field, operator, value }) => {
            value_of(run, field).is_some_and(|own| holds(&own, *operator, value))
        }
        Filter::Is(Comparison::In { field, values, negated }) => value_of(run, field)
            .is_some_and(|own| values.iter().any(|value| holds(&own, Operator::Equal, value)) != *negated),
    }
}

fn holds(own: &Plain, operator: Operator, value: &Value) -> bool {
    match (own, value) {
        (Plain::Number(own), Value::Number(number)) => match operator {
            Operator::Equal => own == number,
            Operator::NotEqual => own != number,
            Operator::Less => own < number,
            Operator::LessOrEqual => own <= number,
            Operator::Greater => own > number,
            Operator::GreaterOrEqual => own >= number,
            operator => panic!("the parser refuses {}", operator.as_str()),
        },
        (Plain::Text(own), Value::Text(text)) => text_holds(own, operator, text),
        (Plain::Named(id, name), Value::Text(text)) => match operator {
            Operator::Equal => name == text || id == text,
            Operator::NotEqual => name != text && id != text,
            operator => text_holds(name, operator, text),
        },
        (Plain::Several(own), value) => {
            let has_one = |operator| {
                own.iter().any(|(id, text)| holds(&Plain::Named(id.clone(), text.clone()), operator, value))
            };
            match operator {
                Operator::NotEqual => !has_one(Operator::Equal),
                Operator::MatchesNot => !has_one(Operator::Matches),
                operator => has_one(operator),
            }
        }
        _ => panic!("the parser refuses it"),
    }
}

fn text_holds(own: &str, operator: Operator, text: &str) -> bool {
    match operator {
        Operator::Equal => own == text,
        Operator::NotEqual => own != text,
        Operator::Like => like(&own.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>()),
        Operator::LikeIgnoringCase => {
            text_holds(&own.to_ascii_lowercase(), Operator::Like, &text.to_ascii_lowercase())
        }
        Operator::Matches => matches(own, text),
        Operator::MatchesNot => !matches(own, text),
        operator => panic!("the parser refuses {}", operator.as_str()),
    }
}

/// The expressions of [`super::EXPRESSIONS`], each as a plain question about a text.
fn matches(own: &str, expression: &str) -> bool {
    let question = super::EXPRESSIONS.iter().find(|(own, _)| *own == expression);
    question.is_some_and(|(_, question)| question(own))
}

fn like(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|start| like(&text[start..], rest)),
        ['_', rest @ ..] => !text.is_empty() && like(&text[1..], rest),
        [character, rest @ ..] => text.first() == Some(character) && like(&text[1..], rest),
    }
}

/// The order of two runs: missing values and NaN last, then the newest first.
pub(crate) fn compare(a: &NaiveRun, b: &NaiveRun, keys: &[SortKey]) -> Ordering {
    for key in keys {
        let (a, b) = (sortable(a, &key.field), sortable(b, &key.field));
        let order = match (a, b) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) if key.descending => order(&b, &a),
            (Some(a), Some(b)) => order(&a, &b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    b.number.cmp(&a.number)
}

fn sortable(run: &NaiveRun, field: &Field) -> Option<Plain> {
    value_of(run, field).filter(|value| !matches!(value, Plain::Number(number) if number.is_nan()))
}

fn order(a: &Plain, b: &Plain) -> Ordering {
    match (a, b) {
        (Plain::Number(a), Plain::Number(b)) => a.partial_cmp(b).unwrap(),
        (Plain::Text(a), Plain::Text(b)) | (Plain::Named(_, a), Plain::Named(_, b)) => {
            a.as_bytes().cmp(b.as_bytes())
        }
        (Plain::Several(a), Plain::Several(b)) => {
            let first = |own: &[(String, String)]| own.iter().map(|(_, text)| text.clone()).min();
            first(a).cmp(&first(b))
        }
        _ => panic!("values of one field are of one kind"),
    }
}
