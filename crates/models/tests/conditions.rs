//! A filter as a list of conditions: taking away, exchanging, negating, choosing values and bounding.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

use models::query::{Field, Filter, Side, Value, parse};
use proptest::prelude::*;

fn read(text: &str) -> Filter {
    parse(text).unwrap()
}

fn field(name: &str) -> Field {
    name.parse().unwrap()
}

fn texts(filter: Filter) -> Vec<String> {
    filter.conditions().iter().map(ToString::to_string).collect()
}

#[test]
fn a_filter_is_a_list_of_what_it_demands() {
    assert_eq!(texts(read("")), Vec::<String>::new());
    assert_eq!(texts(read("metrics.loss < 0.2")), ["metrics.loss < 0.2"]);
    assert_eq!(
        texts(read("code = 'x' AND (data = 'y' AND user = 'z')")),
        ["code = 'x'", "data = 'y'", "user = 'z'"]
    );
    assert_eq!(texts(read("code = 'x' OR data = 'y'")), ["code = 'x' OR data = 'y'"]);
    assert_eq!(
        texts(read("(code = 'x' OR data = 'y') AND NOT user = 'z'")),
        ["code = 'x' OR data = 'y'", "NOT (user = 'z')"]
    );
}

#[test]
fn a_condition_is_negated_by_its_operator() {
    for (text, negated) in [
        ("metrics.loss < 0.2", "metrics.loss >= 0.2"),
        ("metrics.loss > 0.2", "metrics.loss <= 0.2"),
        ("status = 'FAILED'", "status != 'FAILED'"),
        ("status IN ('FAILED', 'KILLED')", "status NOT IN ('FAILED', 'KILLED')"),
        ("params.seed IS SET", "params.seed IS NOT SET"),
        ("name ~ '^a'", "name !~ '^a'"),
        ("name LIKE 'a%'", "NOT (name LIKE 'a%')"),
        ("code = 'x' OR data = 'y'", "NOT (code = 'x' OR data = 'y')"),
    ] {
        assert_eq!(read(text).negated().to_string(), negated);
        assert_eq!(read(text).negated().negated(), read(text));
    }
}

#[test]
fn chosen_values_are_one_condition_in_the_place_of_the_old_one() {
    let status = field("status");
    let one = |text: &str| Some(text.to_owned());
    let choose = |text: &str, values: &[Option<String>]| read(text).choosing(&status, values).to_string();
    assert_eq!(choose("", &[one("FAILED")]), "status = 'FAILED'");
    assert_eq!(
        choose("status = 'FAILED' AND metrics.loss < 1", &[one("FAILED"), one("KILLED")]),
        "status IN ('FAILED', 'KILLED') AND metrics.loss < 1"
    );
    assert_eq!(choose("metrics.loss < 1", &[None]), "metrics.loss < 1 AND status IS NOT SET");
    assert_eq!(
        choose("metrics.loss < 1", &[None, one("FAILED")]),
        "metrics.loss < 1 AND (status = 'FAILED' OR status IS NOT SET)"
    );
    assert_eq!(choose("status IN ('FAILED') AND metrics.loss < 1", &[]), "metrics.loss < 1");
    // What excludes values is no list of them, and stays.
    assert_eq!(choose("status != 'FAILED'", &[one("KILLED")]), "status != 'FAILED' AND status = 'KILLED'");
    assert_eq!(read("status = 'FAILED' OR user = 'ann'").chosen(&status), []);
}

#[test]
fn a_field_is_bounded_on_both_sides() {
    let loss = field("metrics.loss");
    let number = |number: f64| Some(Value::Number(number));
    let bounded = read("metrics.loss > 3 AND user = 'ann'").bounded(&loss, Side::Least, number(0.1));
    assert_eq!(bounded.to_string(), "metrics.loss >= 0.1 AND user = 'ann'");
    let bounded = bounded.bounded(&loss, Side::Most, number(0.5));
    assert_eq!(bounded.to_string(), "metrics.loss >= 0.1 AND user = 'ann' AND metrics.loss <= 0.5");
    assert_eq!([Side::Least, Side::Most].map(|side| bounded.bound(&loss, side)), [number(0.1), number(0.5)]);
    assert_eq!(bounded.bounded(&loss, Side::Least, None).to_string(), "user = 'ann' AND metrics.loss <= 0.5");
}

fn condition() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "status = 'FAILED'",
        "status NOT IN ('FAILED', 'KILLED')",
        "metrics.loss < 0.2",
        "metrics.`val loss` >= -1",
        "params.é IS SET",
        "start_time > now - 7d",
        "(user = 'ann' OR user = 'it''s')",
        "NOT (name LIKE 'a%')",
        "(code = 'x' AND data = 'y')",
    ])
    .prop_map(str::to_owned)
}

fn filter() -> impl Strategy<Value = Filter> {
    prop::collection::vec(condition(), 0..5).prop_map(|conditions| read(&conditions.join(" AND ")))
}

/// What is printed reads as the same filter.
fn survives(filter: &Filter) -> Result<(), TestCaseError> {
    prop_assert_eq!(&read(&filter.to_string()), filter);
    Ok(())
}

proptest! {
    #[test]
    fn a_filter_demands_its_conditions(filter in filter()) {
        let whole = Filter::demanding(filter.clone().conditions());
        prop_assert_eq!(whole.clone().conditions(), filter.conditions());
        survives(&whole)?;
    }

    #[test]
    fn what_was_added_can_be_taken_away(filter in filter(), other in condition()) {
        let n = filter.clone().conditions().len();
        let other = read(&other);
        let more = filter.clone().with(n, other.clone());
        survives(&more)?;
        let n_new = other.conditions().len();
        let less = (0..n_new).fold(more, |filter, _| filter.without(n));
        prop_assert_eq!(less, Filter::demanding(filter.conditions()));
    }

    #[test]
    fn one_condition_is_exchanged_and_the_others_stay(filter in filter(), other in condition(), place in 0..5_usize) {
        let before = filter.clone().conditions();
        let other = read(&other).negated();
        let after = filter.with(place, other.clone());
        survives(&after)?;
        let mut expected = before.clone();
        if place < before.len() { expected[place] = other } else { expected.push(other) }
        prop_assert_eq!(after, Filter::demanding(expected));
    }

    #[test]
    fn chosen_values_are_read_back(filter in filter(), values in prop::collection::btree_set(prop::option::of("[a-c' é]{0,3}"), 0..4)) {
        let field = field("params.optimizer");
        // Those without a value are written last.
        let (missing, texts): (Vec<_>, Vec<_>) = values.into_iter().partition(Option::is_none);
        let values = [texts, missing].concat();
        let chosen = filter.clone().choosing(&field, &values);
        survives(&chosen)?;
        prop_assert_eq!(chosen.chosen(&field), values);
        prop_assert_eq!(chosen.choosing(&field, &[]), Filter::demanding(filter.conditions()));
    }
}
