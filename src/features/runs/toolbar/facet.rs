//! The values of one field, to tick.

use leptos::prelude::*;
use models::query::{Attribute, Field};
use models::run::RunStatus;
use models::run_table::KeyCount;

use super::applied::Applied;
use super::values::Values;
use crate::ui::format::integer;
use crate::ui::{Button, Emphasis, Icon, IconName, Size, Skeleton};
use crate::widgets::status_title;

/// How many values are shown until more are asked for.
const SHOWN: usize = 6;
/// How many values a parameter has at most that is worth a facet.
const FEW: usize = 12;

/// The values of a field with the number of runs of each, by all conditions of the filter but those on the field.
#[component]
pub(super) fn Facet(
    applied: Applied,
    /// The field.
    field: Field,
    /// What it is called.
    name: String,
    /// Whether it is open at first.
    is_open: bool,
    /// Whether it is shown only when it has several values, but few.
    #[prop(optional)]
    only_few: bool,
) -> impl IntoView {
    let open = RwSignal::new(is_open);
    let field = StoredValue::new(field);
    let values = Values::ask(
        applied.address.scope,
        move || open.get().then(|| field.get_value()),
        move || applied.filter.read().to_string(),
    );
    let rows = Memo::new(move |_| {
        let chosen = field.with_value(|field| applied.filter.read().chosen(field));
        let (_, counts) = values.counts()?;
        Some(rows(&counts, values.missing(), &chosen))
    });
    let is_worth = Memo::new(move |_| !only_few || rows.read().as_ref().is_some_and(|rows| is_few(rows)));
    let n_chosen = move || rows.read().iter().flatten().filter(|row| row.is_chosen).count();
    view! {
        <details
            class="facet"
            open=is_open
            hidden=move || !is_worth.get()
            on:toggle:target=move |event| open.set(event.target().has_attribute("open"))
        >
            <summary>
                <Icon name=IconName::ChevronRight/>
                <span class="truncate">{name.clone()}</span>
                {move || Some(n_chosen()).filter(|n| *n > 0).map(|n| view! { <span class="facet-chosen">{n} " chosen"</span> })}
            </summary>
            <FacetValues applied field values rows name/>
        </details>
    }
}

/// A value to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// `None` for the runs without a value.
    value: Option<String>,
    runs: u64,
    is_chosen: bool,
}

#[component]
fn FacetValues(
    applied: Applied,
    field: StoredValue<Field>,
    values: Values,
    rows: Memo<Option<Vec<Row>>>,
    name: String,
) -> impl IntoView {
    let are_all_shown = RwSignal::new(false);
    let places = move || {
        let n = rows.read().as_ref().map_or(0, Vec::len);
        if are_all_shown.get() { n } else { n.min(SHOWN) }
    };
    let keys =
        move || rows.read().iter().flatten().take(places()).map(|row| row.value.clone()).collect::<Vec<_>>();
    let more = move || {
        let n = rows.read().as_ref().map_or(0, Vec::len);
        (n > places()).then(|| {
            let show = move |_| are_all_shown.set(true);
            view! { <Button size=Size::Small emphasis=Emphasis::Ghost on_click=show>{format!("Show all {n}")}</Button> }
        })
    };
    let state = move || match (rows.read().as_ref(), values.query.error.get()) {
        (Some(rows), _) if rows.is_empty() => {
            view! { <p class="facet-note">"None of these runs has a value."</p> }.into_any()
        }
        (Some(_), _) => ().into_any(),
        (None, Some(error)) => {
            let again = move |_| values.query.refetch.run(());
            view! {
                <p class="facet-note" role="alert">"The values could not be read: " {error.to_string()}</p>
                <Button size=Size::Small on_click=again>"Try again"</Button>
            }
            .into_any()
        }
        (None, None) => view! { <Skeleton count=3/> }.into_any(),
    };
    view! {
        <div class="facet-values" role="group" aria-label=name>
            <For each=keys key=Clone::clone let(value)>
                <FacetValue applied field rows value/>
            </For>
            {more}
            {state}
        </div>
    }
}

#[component]
fn FacetValue(
    applied: Applied,
    field: StoredValue<Field>,
    rows: Memo<Option<Vec<Row>>>,
    value: Option<String>,
) -> impl IntoView {
    let text = field.with_value(|field| shown(field, value.as_deref()));
    let title = text.clone();
    let own = value.clone();
    let row = Memo::new(move |_| rows.read().iter().flatten().find(|row| row.value == own).cloned());
    let is_chosen = move || row.read().as_ref().is_some_and(|row| row.is_chosen);
    let toggle = move |_| {
        let field = field.get_value();
        applied.change_or_tell(|filter| {
            let chosen = toggled(filter.chosen(&field), &value);
            filter.choosing(&field, &chosen)
        });
    };
    view! {
        <label class="facet-value" title=title>
            <input class="check-box" type="checkbox" disabled=move || applied.unfinished.read().is_some() prop:checked=is_chosen on:change=toggle/>
            <span class="truncate">{text}</span>
            <span class="facet-runs">{move || integer(row.read().as_ref().map_or(0, |row| row.runs))}</span>
        </label>
    }
}

/// What a person reads for a value.
fn shown(field: &Field, value: Option<&str>) -> String {
    match value {
        None => "No value".to_owned(),
        Some(value) => {
            let status = RunStatus::named(value).filter(|_| *field == Field::Attribute(Attribute::Status));
            status.map(status_title).unwrap_or(value).to_owned()
        }
    }
}

/// The chosen values with one more, or without it.
fn toggled(mut chosen: Vec<Option<String>>, value: &Option<String>) -> Vec<Option<String>> {
    match chosen.iter().position(|own| own == value) {
        Some(place) => {
            chosen.remove(place);
        }
        None => chosen.push(value.clone()),
    }
    chosen
}

/// The values that runs have, then what is chosen though no run has it, then the runs without a value.
fn rows(counts: &[KeyCount], missing: u64, chosen: &[Option<String>]) -> Vec<Row> {
    let row = |value: Option<String>, runs: u64| Row { is_chosen: chosen.contains(&value), value, runs };
    let mut rows: Vec<_> = counts.iter().map(|count| row(Some(count.key.clone()), count.runs)).collect();
    for value in chosen.iter().filter(|value| value.is_some()) {
        if rows.iter().all(|row| row.value != *value) {
            rows.push(row(value.clone(), 0));
        }
    }
    if missing > 0 || chosen.contains(&None) {
        rows.push(row(None, missing));
    }
    rows
}

fn is_few(rows: &[Row]) -> bool {
    (2..=FEW).contains(&rows.len()) || rows.iter().any(|row| row.is_chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_listed_even_if_no_run_has_it() {
        let some = |text: &str| Some(text.to_owned());
        let counts = [KeyCount { key: "adam".to_owned(), runs: 7 }];
        let found = rows(&counts, 2, &[some("sgd"), some("adam")]);
        let found: Vec<_> = found.iter().map(|row| (row.value.as_deref(), row.runs, row.is_chosen)).collect();
        assert_eq!(found, [(Some("adam"), 7, true), (Some("sgd"), 0, true), (None, 2, false)]);
    }

    #[test]
    fn a_tick_adds_a_value_and_takes_it_away() {
        let value = Some("a".to_owned());
        assert_eq!(toggled(vec![None], &value), [None, value.clone()]);
        assert_eq!(toggled(vec![None, value.clone()], &value), [None]);
    }

    #[test]
    fn a_state_is_called_as_everywhere() {
        let status = Field::Attribute(Attribute::Status);
        assert_eq!(shown(&status, Some("KILLED")), "Cancelled");
        assert_eq!(shown(&Field::Parameter("a".to_owned()), Some("KILLED")), "KILLED");
        assert_eq!(shown(&status, None), "No value");
    }
}
