//! What the toolbar shows only when somebody asks for it. It is a part of its own: see `ui::fetched`.

use leptos::prelude::*;
use models::query::{Field, Filter, KnownNames, Suggestions, suggest};
use models::run_table::RunKeys;

use super::applied::Applied;
use super::chips::{ChipMenu, NewCondition};
use super::columns::ColumnList;
use super::facets::FacetPanel;
use super::grouping::GroupOffers;
use super::presets::PresetItems;
use crate::features::runs::address::Address;
use crate::features::runs::table::Columns;
use crate::ui::{Build, Fetch, Fetched, fetched};

/// What the toolbar shows only when somebody asks for it.
#[derive(Clone, Copy)]
pub(super) enum Later {
    /// The list of columns.
    Columns(Address, Signal<RunKeys>, Columns),
    /// By what runs can be grouped, and are.
    Groups(Address, Signal<RunKeys>, Memo<Vec<Field>>),
    /// Values and bounds to filter by.
    Facets(Applied, Signal<RunKeys>),
    /// What is asked for most.
    Presets(Applied),
    /// A condition to add.
    NewCondition(Applied, Signal<RunKeys>),
    /// What can be done with the condition at a place.
    Condition(Applied, Signal<RunKeys>, Memo<Filter>, usize),
}

/// Says what may come next in a filter.
pub(super) type Suggest = for<'k> fn(&str, usize, &KnownNames<'k>) -> Suggestions;

fetched! {
    fetch in later: Build<Later> => build;
    pub(super) fetch_suggest in later: Suggest => suggest;
}

const FETCH: Fetch<Later> = || Box::pin(fetch());

/// What is shown, once it is here.
pub(super) fn later(about: Later) -> AnyView {
    view! { <Fetched fetch=FETCH about/> }.into_any()
}

fn build(about: Later) -> AnyView {
    match about {
        Later::Columns(address, keys, columns) => view! { <ColumnList address keys columns/> }.into_any(),
        Later::Groups(address, keys, chosen) => view! { <GroupOffers address keys chosen/> }.into_any(),
        Later::Facets(applied, keys) => view! { <FacetPanel applied keys/> }.into_any(),
        Later::Presets(applied) => view! { <PresetItems applied/> }.into_any(),
        Later::NewCondition(applied, keys) => view! { <NewCondition applied keys/> }.into_any(),
        Later::Condition(applied, keys, condition, place) => {
            view! { <ChipMenu applied keys condition place/> }.into_any()
        }
    }
}
