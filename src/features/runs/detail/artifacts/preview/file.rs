//! A file of a run beside the list of all.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::{ArtifactEntry, ArtifactListing};

use super::active::Active;
use super::json_tree::JsonPreview;
use super::kind::Kind;
use super::lines::TextPreview;
use super::markdown::MarkdownFile;
use super::picture::Picture;
use super::sheet::SheetPreview;
use super::words::NothingToSee;
use crate::features::runs::detail::artifacts::page::Shared;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, runs::file_address};
use crate::ui::form::{Choice, Segmented};
use crate::ui::format::bytes;
use crate::ui::{CopyButton, Empty, Icon, IconButton, IconName, Size};

/// The file that is shown. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) project: ProjectId,
    pub(super) run: RunId,
    pub(super) path: StoredValue<String>,
    /// Its size in bytes.
    pub(super) size: u64,
}

/// The file at a path: what is in it, how large it is, and the button that downloads it.
#[component]
pub(in crate::features::runs::detail::artifacts) fn Preview(
    shared: Shared,
    path: String,
    /// Goes back to the list.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let query = queries::runs::files(move || (shared.project, shared.run, folder.clone()));
    let shown = move |listing: Signal<Arc<ArtifactListing>>| {
        let path = path.clone();
        let entry = Memo::new(move |_| entry(&listing.read(), &path));
        move || match entry.get() {
            Some(ArtifactEntry { path, size, .. }) => {
                let path = StoredValue::new(path);
                let file = Shown { project: shared.project, run: shared.run, path, size };
                view! { <File file on_close/> }.into_any()
            }
            None => {
                let text =
                    "It was deleted, or the address is not that of a file. Choose another one from the list.";
                view! { <Empty icon=IconName::File title="There is no such file" text/> }.into_any()
            }
        }
    };
    view! { <section class="preview" aria-label="Preview"><Known query children=shown/></section> }
}

fn entry(listing: &ArtifactListing, path: &str) -> Option<ArtifactEntry> {
    listing.entries.iter().find(|entry| entry.path == path && !entry.is_dir).cloned()
}

#[component]
fn File(file: Shown, on_close: Callback<()>) -> impl IntoView {
    let path = file.path.get_value();
    let kind = Kind::of(&path);
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let is_raw = RwSignal::new(false);
    let heading = NodeRef::<html::H2>::new();
    // Where the list makes room for the file, the focus must not stay behind.
    Effect::new(move || {
        if let Some(heading) = heading.get()
            && document().active_element().is_none_or(|active| active.client_width() == 0)
        {
            // A heading on screen takes the focus.
            let _ = heading.focus();
        }
    });
    let ways = kind.title().map(|title| {
        let choices = vec![Choice::new(false, title), Choice::new(true, "Text")];
        view! { <Segmented label="Shown as" value=is_raw choices/> }
    });
    view! {
        <header class="preview-header">
            <div class="preview-heading">
                <h2 node_ref=heading tabindex="-1">{name}</h2>
                <span class="muted small">{bytes(file.size)}</span>
                <CopyButton text=path label="Copy the path"/>
            </div>
            <div class="preview-actions">
                {ways}
                <DownloadFile file/>
                <IconButton label="Close the preview" icon=IconName::Close size=Size::Small on_click=move |_| on_close.run(())/>
            </div>
        </header>
        {move || content(file, kind, is_raw.get())}
    }
}

fn content(file: Shown, kind: Kind, is_raw: bool) -> AnyView {
    if file.size == 0 {
        return view! { <p class="preview-note">"This file is empty."</p> }.into_any();
    }
    if is_raw {
        return view! { <TextPreview file/> }.into_any();
    }
    match kind {
        Kind::Text | Kind::Unknown => view! { <TextPreview file/> }.into_any(),
        Kind::Json => view! { <JsonPreview file/> }.into_any(),
        Kind::Table => view! { <SheetPreview file/> }.into_any(),
        Kind::Markdown => view! { <MarkdownFile file/> }.into_any(),
        Kind::Picture => view! { <Picture file/> }.into_any(),
        Kind::Active(what) => view! { <Active file what/> }.into_any(),
        Kind::Binary => {
            let text = "Files of this kind are shown by the programs that wrote them.";
            view! { <NothingToSee file title="No preview" text/> }.into_any()
        }
    }
}

/// Downloads the file.
#[component]
pub(super) fn DownloadFile(
    file: Shown,
    /// Says so beside the icon.
    #[prop(optional)]
    worded: bool,
) -> impl IntoView {
    let path = file.path.get_value();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let href = file_address(file.project, file.run, &path);
    let label = format!("Download {name}");
    let words = worded.then(|| view! { <span>"Download"</span> });
    let (emphasis, shape) = if worded { ("secondary", None) } else { ("ghost", Some("square")) };
    view! {
        <a class="button" href=href download=name rel="external" aria-label=label data-tip=(!worded).then_some("Download")
            data-size="small" data-emphasis=emphasis data-shape=shape>
            <Icon name=IconName::Download/>
            {words}
        </a>
    }
}
