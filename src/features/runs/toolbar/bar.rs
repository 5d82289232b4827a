//! The rows above the table of runs: what is asked for, and the same as chips.

use leptos::prelude::*;
use models::run_table::RunKeys;

use super::applied::Applied;
use super::chips::Chips;
use super::columns::ColumnsMenu;
use super::facets::Facets;
use super::filter::FilterLine;
use super::grouping::GroupBy;
use super::presets::Presets;
use super::typing::Typing;
use crate::api::ApiError;
use crate::features::runs::actions::{ExportMenu, Exported, matching};
use crate::features::runs::address::Address;
use crate::features::runs::table::{Columns, TableState, total};
use crate::features::runs::views::ViewBar;
use crate::ui::{IconButton, IconName};

/// Filters, groups and chooses columns, and says how many runs there are.
#[component]
pub(crate) fn Toolbar(
    address: Address,
    state: TableState,
    /// What has been logged.
    #[prop(into)]
    keys: Signal<RunKeys>,
    /// Which columns there are.
    columns: Columns,
) -> impl IntoView {
    let refused = Signal::derive(move || match state.error() {
        Some(ApiError::Invalid(fields, text)) => Some(fields.get("query.filter").map_or(text, str::to_owned)),
        Some(_) | None => None,
    });
    let busy = Signal::derive(move || state.is_fetching());
    let typing = Typing::new(address);
    let selection = Signal::derive(move || {
        let url = address.url.read();
        matching(url.readable_filter(), url.stage())
    });
    let exported = Exported { address, selection, columns: columns.shown.into(), is_all: true };
    let applied = Applied::follow(address, typing.draft);
    view! {
        <div class="runs-toolbars">
            <div class="toolbar runs-toolbar">
                {address.scope.project().map(|project| view! { <ViewBar address project/> })}
                <FilterLine address typing keys refused/>
                <GroupBy address keys/>
                <div class="toolbar-end">
                    <span class="runs-total" role="status">{move || state.total().map(total)}</span>
                    <ColumnsMenu address keys columns/>
                    <ExportMenu label="Export all matching runs" exported/>
                    <IconButton label="Read the runs again" icon=IconName::Refresh busy on_click=move |_| state.refetch()/>
                </div>
            </div>
            <div class="runs-conditions">
                <Facets applied keys/>
                <Presets applied/>
                <Chips applied keys/>
            </div>
        </div>
    }
}
