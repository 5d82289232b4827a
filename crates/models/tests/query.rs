//! The filter language: what is read, what is refused and where, and that what is printed reads the same.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

use models::query::{
    Attribute, Comparison, Field, FieldKind, Filter, Operator, Span, SpanUnit, Value, parse,
};
use models::time::UnixMillis;
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
fn expressions_times_and_lengths_of_time_are_read() {
    check("params.model ~ '^resnet' and name !~ 'test$'", "params.model ~ '^resnet' AND name !~ 'test$'");
    check("start_time > '2026-11-01'", "start_time > '2026-11-01'");
    check("start_time > '2026-11-01T12:30:00Z'", "start_time > '2026-11-01 12:30'");
    check("start_time > now - 7d AND end_time < NOW+1h", "start_time > now - 7d AND end_time < now + 1h");
    check(
        "start_time > now-7d OR start_time > now -1.5h",
        "start_time > now - 7d OR start_time > now - 1.5h",
    );
    check("start_time <= now", "start_time <= now");
    check("start_time > '1664067852747'", "start_time > 1664067852747");
    check("duration > 2h AND duration < '90m'", "duration > 2h AND duration < 90m");
    check("duration IN (30s, 1w, 1000)", "duration IN (30s, 1w, 1000)");
    check("metrics.loss < inf AND metrics.loss > -inf", "metrics.loss < inf AND metrics.loss > -inf");
}

#[test]
fn a_mistake_is_named_with_its_place() {
    refuse("metrics.loss <", 14, "expected a number");
    refuse("metrics.loss < 'low'", 15, "expected a number");
    refuse("colour = 'red'", 0, "no property of a run");
    refuse("params.a = 'x' params.b = 'y'", 15, "AND, OR or the end");
    refuse("params.a > 'x'", 9, "is a text");
    refuse("(status = 'RUNNING'", 19, "closing bracket");
    refuse("params.a = 'x", 11, "never closed");
    refuse("params.a ; 'x'", 9, "means nothing here");
    refuse("params.a ~ '(x'", 11, "mend the regular expression");
    refuse("params.a ~ 3", 11, "expected a text");
    refuse("metrics.loss ~ 'x'", 13, "is a number");
    refuse("start_time > 'yesterday'", 13, "expected a time");
    refuse("start_time > '2026-02-30'", 13, "expected a time");
    refuse("start_time > now - 7", 19, "expected a length of time");
    refuse("start_time > now-7x", 17, "expected a length of time");
    refuse("start_time > 7d", 13, "expected a time");
    refuse("duration > now", 11, "expected a length of time");
    refuse("metrics.loss > 2h", 15, "expected a number");
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

fn span() -> impl Strategy<Value = Span> {
    let amount = prop_oneof![(0..10_000_u32).prop_map(f64::from), 0.0..1e9];
    (amount, prop::sample::select(&SpanUnit::ALL[..])).prop_map(|(n, unit)| Span::new(n, unit).unwrap())
}

fn number() -> impl Strategy<Value = Value> {
    any::<f64>().prop_filter("not NaN", |n| !n.is_nan()).prop_map(Value::Number)
}

fn value(field: &Field) -> BoxedStrategy<Value> {
    let moments = prop_oneof![
        number(),
        (0..=UnixMillis::MAX.0).prop_map(|time| Value::Date(UnixMillis(time))),
        (0..36_500_i64).prop_map(|day| Value::Date(UnixMillis(day * 86_400_000))),
        Just(Value::Now),
        span().prop_map(Value::BeforeNow),
        span().prop_map(Value::AfterNow),
    ];
    match field.kind() {
        FieldKind::Text => ".{0,8}".prop_map(Value::Text).boxed(),
        FieldKind::Number => number().boxed(),
        FieldKind::Time => moments.boxed(),
        FieldKind::Duration => prop_oneof![number(), span().prop_map(Value::Span)].boxed(),
    }
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Like, LikeIgnoringCase, NotEqual};
    let field = prop_oneof![field(), Just(Field::Attribute(Attribute::StartTime))];
    let value = field.prop_flat_map(|field| (value(&field), value(&field), Just(field)));
    (value, any::<bool>(), any::<prop::sample::Index>(), 0..5_u8, "[a-z'.*é]{0,8}").prop_map(
        |((value, other, field), negated, index, shape, expression)| match shape {
            0 => Comparison::Set { field, negated },
            1 => Comparison::In { field, values: vec![value, other], negated },
            _ if field.is_number() => {
                let operators = [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual];
                Comparison::Value { field, operator: *index.get(&operators), value }
            }
            2 => {
                let operator = if negated { Operator::MatchesNot } else { Operator::Matches };
                let expression = expression.trim_start_matches('*').replace("**", "*").replace("**", "*");
                Comparison::Value { field, operator, value: Value::Text(expression) }
            }
            _ => {
                let operators = [Equal, NotEqual, Like, LikeIgnoringCase];
                Comparison::Value { field, operator: *index.get(&operators), value }
            }
        },
    )
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
