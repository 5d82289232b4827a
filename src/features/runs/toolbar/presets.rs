//! What is asked for most, at one press.

use leptos::prelude::*;
use models::query::{Attribute, Comparison, Field, Filter, Operator, Side, Span, SpanUnit, Value};
use models::run::RunStatus;

use super::applied::Applied;
use super::later::{Later, later};
use crate::session::Session;
use crate::ui::{Emphasis, IconName, Menu, MenuItem, MenuSeparator, MenuTitle, Size};

/// How long ago runs may have begun.
const TIMES: [(&str, f64, SpanUnit); 4] = [
    ("Last hour", 1.0, SpanUnit::Hour),
    ("Last 24 hours", 24.0, SpanUnit::Hour),
    ("Last 7 days", 7.0, SpanUnit::Day),
    ("Last 30 days", 30.0, SpanUnit::Day),
];
const STARTED: Field = Field::Attribute(Attribute::StartTime);
const USER: Field = Field::Attribute(Attribute::User);
const STATUS: Field = Field::Attribute(Attribute::Status);

/// A menu of conditions that can be set and taken away.
#[component]
pub(super) fn Presets(applied: Applied) -> impl IntoView {
    view! {
        <Menu label="Quick filters" icon=IconName::Clock emphasis=Emphasis::Ghost size=Size::Small>
            {later(Later::Presets(applied))}
        </Menu>
    }
}

#[component]
pub(super) fn PresetItems(applied: Applied) -> impl IntoView {
    let session = Session::current();
    let times = move || {
        let item = |(name, amount, unit)| {
            let condition = since(amount, unit)?;
            let own = condition.clone();
            let checked = Signal::derive(move || applied.conditions().contains(&own));
            let select = move |()| applied.change_or_tell(|filter| toggle_time(filter, &condition));
            Some(
                view! { <MenuItem checked disabled_reason=applied.unfinished on_select=select>{name}</MenuItem> },
            )
        };
        TIMES.into_iter().filter_map(item).collect_view()
    };
    let choice = move |name: &'static str, field: Field, value: String| {
        let values = [Some(value)];
        let (own, of_own) = (values.clone(), field.clone());
        let checked = Signal::derive(move || applied.filter.read().chosen(&of_own) == own);
        let select = move |()| {
            applied.change_or_tell(|filter| {
                let wanted: &[_] = if filter.chosen(&field) == values { &[] } else { &values };
                filter.choosing(&field, wanted)
            });
        };
        view! { <MenuItem checked disabled_reason=applied.unfinished on_select=select>{name}</MenuItem> }
    };
    let own = move || session.user().map(|user| choice("Only mine", USER, user.name.to_string()));
    view! {
        <MenuTitle>"Started in the"</MenuTitle>
        {times()}
        <MenuSeparator/>
        {own()}
        {choice("Only failed", STATUS, RunStatus::Failed.as_str().to_owned())}
    }
}

fn since(amount: f64, unit: SpanUnit) -> Option<Filter> {
    let value = Value::BeforeNow(Span::new(amount, unit)?);
    Some(Filter::Is(Comparison::Value { field: STARTED, operator: Operator::Greater, value }))
}

/// Takes the condition away, or puts it in the place of all that bound the begin from below.
fn toggle_time(filter: Filter, condition: &Filter) -> Filter {
    let had = filter.clone().conditions().contains(condition);
    let others = filter.bounded(&STARTED, Side::Least, None);
    if had { others } else { Filter::demanding(vec![others, condition.clone()]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::query::parse;

    #[test]
    fn one_time_takes_the_place_of_another_and_is_taken_away_again() {
        let week = since(7.0, SpanUnit::Day).unwrap();
        let before = parse("start_time > now - 1h AND status = 'FAILED'").unwrap();
        let after = toggle_time(before, &week);
        assert_eq!(after.to_string(), "status = 'FAILED' AND start_time > now - 7d");
        assert_eq!(toggle_time(after, &week).to_string(), "status = 'FAILED'");
    }
}
