//! The page with the files of a run.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::permission::Action;
use models::run::{ArtifactEntry, ArtifactListing};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::folder::Entries;
use super::preview::Preview;
use crate::features::runs::detail::known::Known;
use crate::queries;
use crate::routes::{Route, RunTab, with_parameters};
use crate::ui::format::bytes;
use crate::ui::{Button, CodeBlock, Empty, IconName, Panel, Size, SkeletonShape, Toasts};
use crate::widgets::{UrlHistory, follow_download, url_state, why_not};

/// The parameter of the address that names the file that is shown.
const FILE: &str = "file";
const LOG_AN_ARTIFACT: &str = "mlflow.log_artifact(\"model.onnx\")";

/// What the files of a page have in common.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) project: ProjectId,
    pub(super) run: RunId,
    /// Why files cannot be downloaded; `None` when they can.
    pub(super) why_not_download: Signal<Option<String>>,
    /// The way to the file that is shown; empty for none.
    pub(super) selected: RwSignal<String>,
}

impl Shared {
    /// The address of the page that shows a file.
    pub(super) fn href(self, path: &str) -> String {
        let query = with_parameters("", &[(FILE, Some(path.to_owned()))]);
        format!("{}{query}", Route::Run(self.project, self.run, RunTab::Artifacts))
    }
}

/// The files of the run as a tree of folders, each read when it is opened, and beside it what is in one of them.
#[component]
pub(crate) fn Artifacts(project: ProjectId, run: RunId) -> impl IntoView {
    let root = queries::runs::files(move || (project, run, String::new()));
    let selected = url_state(FILE, UrlHistory::Push);
    let why_not_download = why_not(project, Action::DownloadArtifacts);
    let shared = Shared { project, run, why_not_download, selected };
    view! {
        <Known query=root shape=SkeletonShape::Rows count=6 children=move |listing| view! { <Root shared listing/> }/>
    }
}

#[component]
fn Root(shared: Shared, listing: Signal<Arc<ArtifactListing>>) -> impl IntoView {
    let is_empty = Memo::new(move |_| listing.read().entries.is_empty());
    let list = NodeRef::<html::Div>::new();
    let selected = Memo::new(move |_| Some(shared.selected.get()).filter(|path| !path.is_empty()));
    let close = move || {
        let path = shared.selected.get_untracked();
        shared.selected.set(String::new());
        request_animation_frame(move || focus_file(list, &path));
    };
    view! {
        <Show when=move || !is_empty.get() fallback=|| view! { <NoFiles/> }>
            <div class="artifacts" data-open=move || selected.read().is_some().then_some("true")>
                <div class="artifacts-list" node_ref=list>
                    <Panel
                        title=move || format!("Files, {} in all", bytes(total(&listing.read().entries)))
                        actions=move || view! { <Archive shared/> }
                        flush=true
                    >
                        <Entries shared listing level=0/>
                    </Panel>
                </div>
                {move || selected.get().map(|path| view! { <Preview shared path on_close=close/> })}
            </div>
        </Show>
    }
}

/// Leads back to the file whose preview was closed.
fn focus_file(list: NodeRef<html::Div>, path: &str) {
    let Some(links) =
        list.try_get_untracked().flatten().and_then(|list| list.query_selector_all("a[data-path]").ok())
    else {
        return;
    };
    let links = (0..links.length()).filter_map(|place| links.get(place)?.dyn_into::<HtmlElement>().ok());
    if let Some(link) =
        links.into_iter().find(|link| link.get_attribute("data-path").as_deref() == Some(path))
    {
        // A link on screen takes the focus.
        let _ = link.focus();
    }
}

/// Downloads all files as one archive.
#[component]
fn Archive(shared: Shared) -> impl IntoView {
    let link = queries::runs::archive();
    follow_download(link);
    Effect::new(move || {
        if let Some(Err(error)) = link.value().get() {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
        }
    });
    let fetch = move |_| {
        link.dispatch_local((shared.project, shared.run));
    };
    view! {
        <Button size=Size::Small icon=IconName::Download disabled_reason=shared.why_not_download busy=link.pending() on_click=fetch>
            "Download all (ZIP)"
        </Button>
    }
}

#[component]
fn NoFiles() -> impl IntoView {
    view! {
        <Empty icon=IconName::Folder title="No files yet" text="Models, pictures and tables that the run keeps stand here, ready for download.">
            <CodeBlock title="Python" code=LOG_AN_ARTIFACT.to_owned()/>
        </Empty>
    }
}

/// The size of all in bytes; folders say that of all within.
fn total(entries: &[ArtifactEntry]) -> u64 {
    entries.iter().map(|entry| entry.size).sum()
}
