//! Takes runs along as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;
use models::download::DownloadLink;
use models::experiment::LifecycleStage;
use models::query::{Field, SortKey};
use models::run::{ExportFormat, MatchingRuns, RunExportRequest, RunSelection};
use models::run_table::TableScope;

use super::api_call::{ApiCall, TOKEN};
use crate::features::runs::address::Address;
use crate::features::runs::table::question;
use crate::queries::{self, Write};
use crate::ui::{
    Build, Fetch, Fetched, IconName, Lasting, Menu, MenuItem, MenuSeparator, Size, Toasts, copy_text, fetched,
};
use crate::widgets::follow_download;

/// What is taken along. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Exported {
    /// The table that they are shown in.
    pub(crate) address: Address,
    /// Which runs.
    pub(crate) selection: Signal<RunSelection>,
    /// The columns on screen.
    pub(crate) columns: Signal<Vec<Field>>,
    /// Whether it is all that the table asks for, so that its question can be copied.
    pub(crate) is_all: bool,
}

/// Gets the links to files, and follows them.
type Export = Write<(TableScope, RunExportRequest), DownloadLink>;
type About = (Exported, Lasting<Export>);

fetched! {
    fetch in later: Build<About> => items;
}
const FETCH: Fetch<About> = || Box::pin(fetch());

/// A menu that downloads runs with the columns on screen, in their order.
#[component]
pub(crate) fn ExportMenu(
    /// What the menu is for.
    label: &'static str,
    /// The height of its button.
    #[prop(optional)]
    size: Size,
    /// What is taken along.
    exported: Exported,
) -> impl IntoView {
    // It goes on when the menu closes.
    let export = Lasting::default();
    view! {
        <Menu label icon=IconName::Download icon_only=true size>
            <Fetched fetch=FETCH about=(exported, export)/>
        </Menu>
    }
}

fn items((exported, export): About) -> AnyView {
    let Exported { address, selection, columns, is_all } = exported;
    let toasts = Toasts::current();
    let export = export.get_or(|| export_of(toasts));
    let ask = move |format: ExportFormat| {
        let (selection, columns) = (selection.get_untracked(), columns.get_untracked());
        let sort: Vec<SortKey> = address.url.read_untracked().sort.clone();
        export.dispatch((address.scope, RunExportRequest { selection, columns, sort, format }));
    };
    let busy = Signal::derive(move || export.pending().get().then(|| "It is being prepared.".to_owned()));
    let call = move || {
        let url = address.url.read_untracked();
        ApiCall::of(address.scope, &url, question(&url, &columns.read_untracked()))
    };
    view! {
        <MenuItem disabled_reason=busy on_select=move |()| ask(ExportFormat::Csv)>"Export as CSV"</MenuItem>
        <MenuItem disabled_reason=busy on_select=move |()| ask(ExportFormat::Json)>"Export as JSON"</MenuItem>
        <MenuItem disabled_reason=busy on_select=move |()| ask(ExportFormat::JsonLines)>"Export as JSON lines"</MenuItem>
        {is_all.then(|| view! {
            <MenuSeparator/>
            <MenuItem icon=IconName::Copy on_select=move |()| copy(toasts, call().curl(&origin()))>"Copy as curl"</MenuItem>
            <MenuItem icon=IconName::Copy on_select=move |()| copy(toasts, call().python(&origin()))>"Copy as Python"</MenuItem>
        })}
    }
    .into_any()
}

fn export_of(toasts: Toasts) -> Export {
    let export = queries::runs::export();
    follow_download(export);
    Effect::new(move || {
        if let Some(Err(error)) = export.value().get() {
            toasts.failure(error.to_string(), error.request_id().map(str::to_owned));
        }
    });
    export
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Puts a call on the clipboard.
fn copy(toasts: Toasts, call: String) {
    spawn_local(async move {
        if copy_text(call).await {
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
