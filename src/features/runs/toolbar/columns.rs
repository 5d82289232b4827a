//! Which columns the table has.

use leptos::prelude::*;
use models::query::Field;
use models::run_table::{KeyCount, RunKeys, TableScope};

use super::later::{Later, later};
use crate::features::runs::address::{Address, RunsUrl};
use crate::features::runs::table::Columns;
use crate::features::runs::table::columns::{attributes, title, with_name_first};
use crate::ui::format::integer;
use crate::ui::{
    Button, Choice, Density, DensityChoice, Emphasis, IconName, Popover, Segmented, Size, Switch,
};
use crate::widgets::UrlHistory;

/// How many keys of a kind are listed; the search finds the others.
const LISTED: usize = 200;

/// A button that opens the list of columns.
#[component]
pub(crate) fn ColumnsMenu(
    address: Address,
    /// What has been logged.
    #[prop(into)]
    keys: Signal<RunKeys>,
    /// Which columns there are.
    columns: Columns,
) -> impl IntoView {
    let text = move || match columns.n_hidden() {
        0 => "Columns".to_owned(),
        hidden => format!("Columns, {hidden} hidden"),
    };
    view! {
        <Popover class="popover columns" title="Columns" text=Signal::derive(text) icon=IconName::Columns has_arrow=true>
            {later(Later::Columns(address, keys, columns))}
        </Popover>
    }
}

/// The columns to choose from, and how they are shown.
#[component]
pub(super) fn ColumnList(address: Address, keys: Signal<RunKeys>, columns: Columns) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = move || sections(address.scope, &keys.read(), &search.read());
    let reset = move |_| change(address, |url| url.columns = None);
    let is_usual = Signal::derive(move || {
        address.url.read().columns.is_none().then(|| "These are the usual columns.".to_owned())
    });
    let differing = Signal::derive(move || address.url.read().only_differing);
    let filled = Signal::derive(move || address.url.read().hide_empty);
    let hidden = move || Some(columns.n_hidden()).filter(|n| *n > 0).map(|n| format!("{n} hidden"));
    let densities = DensityChoice::ALL.map(|choice| Choice::new(choice, choice.title())).to_vec();
    view! {
            <div class="columns-top">
                <input
                    class="input"
                    type="search"
                    aria-label="Search columns"
                    placeholder="Search columns"
                    autocomplete="off"
                    autofocus
                    bind:value=search
                />
                <Button size=Size::Small emphasis=Emphasis::Ghost disabled_reason=is_usual on_click=reset>"Reset"</Button>
            </div>
            <div class="columns-switches">
                <Switch checked=differing on_change=move |on: bool| change(address, |url| url.only_differing = on)>
                    "Only differing columns"
                </Switch>
                <Switch checked=filled on_change=move |on: bool| change(address, |url| url.hide_empty = on)>
                    "Hide empty columns"
                </Switch>
                <span class="visually-hidden" role="status">{hidden}</span>
            </div>
            <div class="columns-list">
                {move || found().into_iter().map(|section| section_view(address, columns, section)).collect_view()}
            </div>
            <div class="columns-foot">
                <span>"Rows"</span>
                <Segmented label="Rows" value=Density::current().signal() choices=densities/>
            </div>
    }
}

/// Columns of a kind, as the search finds them.
#[derive(Debug, Clone, PartialEq)]
struct Section {
    title: &'static str,
    /// Each with the number of runs that have it, where that is known.
    columns: Vec<(Field, Option<u64>)>,
    /// How many more there are.
    n_more: usize,
}

fn section_view(address: Address, all: Columns, section: Section) -> AnyView {
    let columns = section
        .columns
        .into_iter()
        .map(|(field, runs)| column_view(address, all, field, runs))
        .collect_view();
    let more = (section.n_more > 0).then(|| {
        view! {
            <p class="columns-more">{integer(section.n_more as u64)} " more; search for them by name"</p>
        }
    });
    view! {
        <fieldset class="columns-section">
            <legend>{section.title}</legend>
            {columns}
            {more}
        </fieldset>
    }
    .into_any()
}

fn column_view(address: Address, columns: Columns, field: Field, runs: Option<u64>) -> impl IntoView {
    let name = title(&field).to_owned();
    let field = StoredValue::new(field);
    let checked = Signal::derive(move || columns.chosen.read().contains(&field.get_value()));
    let why_hidden = move || columns.why_hidden(&field.get_value());
    let toggle = move |_| {
        let columns = toggled(&columns.chosen.get_untracked(), &field.get_value());
        change(address, |url| url.columns = Some(columns));
    };
    view! {
        <label class="columns-item">
            <input class="check-box" type="checkbox" prop:checked=checked on:change=toggle/>
            <span class="truncate">{name}</span>
            {move || why_hidden().map(|why| view! { <span class="columns-why">{why}</span> })}
            {runs.map(|runs| view! { <span class="columns-runs" title=format!("{} runs have it", integer(runs))>{integer(runs)}</span> })}
        </label>
    }
}

fn change(address: Address, change: impl FnOnce(&mut RunsUrl)) {
    address.change(UrlHistory::Replace, change);
}

/// The columns with the field added at the end, or taken away.
fn toggled(shown: &[Field], field: &Field) -> Vec<Field> {
    let mut columns: Vec<_> = shown.iter().filter(|own| *own != field).cloned().collect();
    if columns.len() == shown.len() {
        columns.push(field.clone());
    }
    columns
}

/// The columns whose names hold `search`, whatever the case; sections without any are left out.
fn sections(scope: TableScope, keys: &RunKeys, search: &str) -> Vec<Section> {
    let wanted = search.trim().to_lowercase();
    let is_wanted = |name: &str| name.to_lowercase().contains(&wanted);
    let mut attributes = with_name_first(&attributes(scope)).split_off(1);
    attributes.push(Field::note());
    let logged = |keys: &[KeyCount], field: fn(String) -> Field| -> Vec<_> {
        keys.iter().map(|key| (field(key.key.clone()), Some(key.runs))).collect()
    };
    [
        ("Run", attributes.into_iter().map(|field| (field, None)).collect()),
        ("Metrics", logged(&keys.metrics, Field::Metric)),
        ("Parameters", logged(&keys.parameters, Field::Parameter)),
    ]
    .into_iter()
    .filter_map(|(title_of_section, columns): (_, Vec<(Field, Option<u64>)>)| {
        let mut columns: Vec<_> = columns.into_iter().filter(|(field, _)| is_wanted(title(field))).collect();
        let n_more = columns.len().saturating_sub(LISTED);
        columns.truncate(LISTED);
        (!columns.is_empty()).then_some(Section { title: title_of_section, columns, n_more })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> RunKeys {
        let metrics = (0..300).map(|n| KeyCount { key: format!("Loss/{n}"), runs: 300 - n }).collect();
        RunKeys { metrics, parameters: vec![KeyCount { key: "rate".to_owned(), runs: 5 }] }
    }

    #[test]
    fn all_columns_but_the_name_are_offered_by_kind() {
        let found = sections(TableScope::Visible, &keys(), "");
        let titles: Vec<_> =
            found.iter().map(|section| (section.title, section.columns.len(), section.n_more)).collect();
        assert_eq!(
            titles,
            [("Run", attributes(TableScope::Visible).len(), 0), ("Metrics", 200, 100), ("Parameters", 1, 0)]
        );
    }

    #[test]
    fn a_search_finds_names_whatever_the_case() {
        let found = sections(TableScope::Visible, &keys(), " loss/29 ");
        assert_eq!(found.len(), 1);
        let names: Vec<_> = found[0].columns.iter().map(|(field, _)| title(field).to_owned()).collect();
        assert_eq!(names[0], "Loss/29");
        assert_eq!(names.len(), 11);
    }

    #[test]
    fn a_column_is_added_at_the_end_and_taken_away() {
        let (rate, loss) = (Field::Parameter("rate".to_owned()), Field::Metric("loss".to_owned()));
        assert_eq!(toggled(std::slice::from_ref(&rate), &loss), [rate.clone(), loss.clone()]);
        assert_eq!(toggled(&[rate.clone(), loss.clone()], &rate), [loss]);
    }
}
