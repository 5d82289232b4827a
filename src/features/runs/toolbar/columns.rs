//! Which columns the table has.

use leptos::prelude::*;
use models::query::Field;
use models::run_table::{KeyCount, RunKeys};

use crate::features::runs::address::Address;
use crate::features::runs::table::columns::{ATTRIBUTES, title, with_name_first};
use crate::ui::format::integer;
use crate::ui::id::unique_id;
use crate::ui::{Button, Emphasis, Icon, IconName, Size};
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
    /// The columns on screen.
    #[prop(into)]
    shown: Signal<Vec<Field>>,
) -> impl IntoView {
    let id = unique_id("columns");
    let anchor = format!("--{id}");
    let search = RwSignal::new(String::new());
    let found = move || sections(&keys.read(), &search.read());
    let reset = move |_| address.change(UrlHistory::Replace, |url| url.columns = None);
    let is_usual = Signal::derive(move || {
        address.url.read().columns.is_none().then(|| "These are the usual columns.".to_owned())
    });
    view! {
        <button class="button" type="button" data-emphasis="secondary" data-size="medium" popovertarget=id.clone() style:anchor-name=anchor.clone()>
            <Icon name=IconName::Columns/>
            <span>"Columns"</span>
            <Icon name=IconName::ChevronDown/>
        </button>
        <div class="columns" id=id popover="auto" role="dialog" aria-label="Columns" style:position-anchor=anchor>
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
            <div class="columns-list">
                {move || found().into_iter().map(|section| section_view(address, shown, section)).collect_view()}
            </div>
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

fn section_view(address: Address, shown: Signal<Vec<Field>>, section: Section) -> AnyView {
    let columns = section
        .columns
        .into_iter()
        .map(|(field, runs)| column_view(address, shown, field, runs))
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

fn column_view(
    address: Address,
    shown: Signal<Vec<Field>>,
    field: Field,
    runs: Option<u64>,
) -> impl IntoView {
    let name = title(&field).to_owned();
    let own = field.clone();
    let checked = Signal::derive(move || shown.read().contains(&own));
    let change = move |_| {
        let columns = toggled(&shown.get_untracked(), &field);
        address.change(UrlHistory::Replace, |url| url.columns = Some(columns));
    };
    view! {
        <label class="columns-item">
            <input class="check-box" type="checkbox" prop:checked=checked on:change=change/>
            <span class="truncate">{name}</span>
            {runs.map(|runs| view! { <span class="columns-runs" title=format!("{} runs have it", integer(runs))>{integer(runs)}</span> })}
        </label>
    }
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
fn sections(keys: &RunKeys, search: &str) -> Vec<Section> {
    let wanted = search.trim().to_lowercase();
    let is_wanted = |name: &str| name.to_lowercase().contains(&wanted);
    let mut attributes = with_name_first(&ATTRIBUTES.map(Field::Attribute)).split_off(1);
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
        let found = sections(&keys(), "");
        let titles: Vec<_> =
            found.iter().map(|section| (section.title, section.columns.len(), section.n_more)).collect();
        assert_eq!(titles, [("Run", ATTRIBUTES.len(), 0), ("Metrics", 200, 100), ("Parameters", 1, 0)]);
    }

    #[test]
    fn a_search_finds_names_whatever_the_case() {
        let found = sections(&keys(), " loss/29 ");
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
