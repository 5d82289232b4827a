//! The filter language: what is read, what is refused and where, and that what is printed reads the same.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

use models::query::{Attribute, Comparison, Field, Filter, Operator, Value, parse};
use proptest::prelude::*;

#[test]
fn mlflow_filters_are_read() {
    check("metrics.loss < 0.2", "metrics.loss < 0.2");
    check(
        "metric.`val loss` >= -1e-3 and params.\"batch size\" = '32'",
        "metrics.`val loss` >= -0.001 AND params.`batch size` = '32'",
    );
    check(
        "attributes.status = 'RUNNING' AND tags.mlflow.user LIKE 'a%'",
        "status = 'RUNNING' AND tags.mlflow.user LIKE 'a%'",
    );
    check("attribute.start_time > 1664067852747", "start_time > 1664067852747");
    check("run_name ILIKE \"%best%\"", "name ILIKE '%best%'");
}

#[test]
fn or_not_brackets_lists_and_presence_are_read() {
    check(
        "params.a = 'x' or params.a = 'y' and not (metrics.m > 1)",
        "params.a = 'x' OR (params.a = 'y' AND NOT (metrics.m > 1))",
    );
    check("status in ('FAILED', 'KILLED')", "status IN ('FAILED', 'KILLED')");
    check("params.seed IS NOT SET", "params.seed IS NOT SET");
    check("params.note = 'it''s'", "params.note = 'it''s'");
    check("", "");
}

#[test]
fn a_mistake_is_named_with_its_place() {
    refuse("metrics.loss <", 14, "expected a number");
    refuse("metrics.loss < 'low'", 15, "compare it with a number");
    refuse("colour = 'red'", 0, "no property of a run");
    refuse("params.a = 'x' params.b = 'y'", 15, "AND, OR or the end");
    refuse("params.a > 'x'", 9, "is a text");
    refuse("(status = 'RUNNING'", 19, "closing bracket");
    refuse("params.a = 'x", 11, "never closed");
    refuse("params.a ; 'x'", 9, "means nothing here");
}

#[test]
fn a_filter_is_bounded() {
    assert!(parse(&" ".repeat(5000)).is_err());
    let many = ["status = 'RUNNING'"; 33].join(" OR ");
    assert!(parse(&many).unwrap_err().message.contains("32"));
    let deep = format!("{}status = 'RUNNING'{}", "(".repeat(40), ")".repeat(40));
    assert!(parse(&deep).is_err());
}

#[track_caller]
fn check(text: &str, printed: &str) {
    assert_eq!(parse(text).unwrap().to_string(), printed);
}

#[track_caller]
fn refuse(text: &str, position: usize, message: &str) {
    let error = parse(text).unwrap_err();
    assert!(error.message.contains(message), "{error}");
    assert_eq!(error.position, position, "{error}");
}

fn field() -> impl Strategy<Value = Field> {
    let key = "[ -~é]{1,12}".prop_filter("not blank", |key| !key.is_empty());
    prop_oneof![
        key.clone().prop_map(Field::Metric),
        key.clone().prop_map(Field::Parameter),
        key.prop_map(Field::Tag),
        Just(Field::Attribute(Attribute::Status)),
        Just(Field::Attribute(Attribute::Duration)),
    ]
}

fn comparison() -> impl Strategy<Value = Comparison> {
    (field(), any::<f64>().prop_filter("finite", |n| n.is_finite()), ".{0,8}", any::<bool>(), 0..4_u8)
        .prop_map(|(field, number, text, negated, shape)| {
            let value = if field.is_number() { Value::Number(number) } else { Value::Text(text) };
            match shape {
                0 => Comparison::Set { field, negated },
                1 => Comparison::In { field, values: vec![value.clone(), value], negated },
                _ if field.is_number() => Comparison::Value { field, operator: Operator::LessOrEqual, value },
                _ => Comparison::Value { field, operator: Operator::LikeIgnoringCase, value },
            }
        })
}

fn filter() -> impl Strategy<Value = Filter> {
    comparison().prop_map(Filter::Is).prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(filter in filter()) {
        prop_assert_eq!(parse(&filter.to_string()), Ok(filter));
    }

    #[test]
    fn nothing_makes_the_parser_panic(text in ".{0,200}") {
        let _ = parse(&text);
    }
}
