//! The page with the files of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::permission::Action;
use models::run::{ArtifactEntry, ArtifactListing};

use super::folder::Entries;
use crate::features::runs::detail::known::Known;
use crate::queries;
use crate::ui::format::bytes;
use crate::ui::{Button, CodeBlock, Empty, IconName, Panel, Size, SkeletonShape, Toasts};
use crate::widgets::{follow_download, why_not};

const LOG_AN_ARTIFACT: &str = "mlflow.log_artifact(\"model.onnx\")";

/// What the files of a page have in common.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) project: ProjectId,
    pub(super) run: RunId,
    /// Why files cannot be downloaded; `None` when they can.
    pub(super) why_not_download: Signal<Option<String>>,
}

/// The files of the run as a tree of folders, each read when it is opened.
#[component]
pub(crate) fn Artifacts(project: ProjectId, run: RunId) -> impl IntoView {
    let root = queries::runs::files(move || (project, run, String::new()));
    let shared = Shared { project, run, why_not_download: why_not(project, Action::DownloadArtifacts) };
    view! {
        <Known query=root shape=SkeletonShape::Rows count=6 children=move |listing| view! { <Root shared listing/> }/>
    }
}

#[component]
fn Root(shared: Shared, listing: Signal<Arc<ArtifactListing>>) -> impl IntoView {
    let is_empty = Memo::new(move |_| listing.read().entries.is_empty());
    view! {
        <Show when=move || !is_empty.get() fallback=|| view! { <NoFiles/> }>
            <Panel
                title=move || format!("Files, {} in all", bytes(total(&listing.read().entries)))
                actions=move || view! { <Archive shared/> }
                flush=true
            >
                <Entries shared listing level=0/>
            </Panel>
        </Show>
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
