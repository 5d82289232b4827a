//! Takes runs along as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;
use models::experiment::LifecycleStage;
use models::query::{Field, SortKey};
use models::run::{ExportFormat, MatchingRuns, RunExportRequest, RunSelection};
use models::run_table::TableScope;

use super::api_call::{ApiCall, TOKEN};
use crate::queries;
use crate::ui::{IconName, Menu, MenuItem, MenuSeparator, Size, Toasts, copy_text};
use crate::widgets::follow_download;

/// A menu that downloads runs with the columns on screen, in their order.
#[component]
pub(crate) fn ExportMenu(
    /// What the menu is for.
    label: &'static str,
    /// The height of its button.
    #[prop(optional)]
    size: Size,
    /// Whose runs they are.
    scope: TableScope,
    /// Which runs.
    #[prop(into)]
    selection: Signal<RunSelection>,
    /// The columns on screen.
    #[prop(into)]
    columns: Signal<Vec<Field>>,
    /// The order on screen.
    #[prop(into)]
    sort: Signal<Vec<SortKey>>,
    /// The call that asks for the same elsewhere; it can be copied.
    #[prop(optional, into)]
    api_call: Option<Signal<ApiCall>>,
) -> impl IntoView {
    let toasts = Toasts::current();
    let export = queries::runs::export();
    follow_download(export);
    Effect::new(move || {
        if let Some(Err(error)) = export.value().get() {
            toasts.failure(error.to_string(), error.request_id().map(str::to_owned));
        }
    });
    let ask = move |format: ExportFormat| {
        let (selection, columns) = (selection.get_untracked(), columns.get_untracked());
        let request = RunExportRequest { selection, columns, sort: sort.get_untracked(), format };
        export.dispatch((scope, request));
    };
    let busy = Signal::derive(move || export.pending().get().then(|| "It is being prepared.".to_owned()));
    view! {
        <Menu label icon=IconName::Download icon_only=true size>
            <MenuItem disabled_reason=busy on_select=move |()| ask(ExportFormat::Csv)>"Export as CSV"</MenuItem>
            <MenuItem disabled_reason=busy on_select=move |()| ask(ExportFormat::Json)>"Export as JSON"</MenuItem>
            <MenuItem disabled_reason=busy on_select=move |()| ask(ExportFormat::JsonLines)>"Export as JSON lines"</MenuItem>
            {api_call.map(|call| view! {
                <MenuSeparator/>
                <MenuItem icon=IconName::Copy on_select=move |()| copy(toasts, call, ApiCall::curl)>"Copy as curl"</MenuItem>
                <MenuItem icon=IconName::Copy on_select=move |()| copy(toasts, call, ApiCall::python)>"Copy as Python"</MenuItem>
            })}
        </Menu>
    }
}

/// Puts the call on the clipboard, as `write` writes it.
fn copy(toasts: Toasts, call: Signal<ApiCall>, write: fn(&ApiCall, &str) -> String) {
    let origin = window().location().origin().unwrap_or_default();
    let text = write(&call.read_untracked(), &origin);
    spawn_local(async move {
        if copy_text(text).await {
            toasts.success(format!("The call is on the clipboard. It takes an API token from {TOKEN}."));
        } else {
            toasts.failure("The browser refused to copy the call.", None);
        }
    });
}

/// The runs that pass a filter, of those in use or of those in the bin.
pub(crate) fn matching(filter: &str, lifecycle_stage: LifecycleStage) -> RunSelection {
    RunSelection::Matching(MatchingRuns { filter: filter.to_owned(), except: Vec::new(), lifecycle_stage })
}
