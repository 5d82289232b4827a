//! What is in a folder of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::run::{ArtifactEntry, ArtifactListing};

use super::page::Shared;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, runs::file_address};
use crate::ui::format::bytes;
use crate::ui::{Icon, IconName};

/// The folders and files of a listing, one a line.
#[component]
pub(super) fn Entries(
    shared: Shared,
    #[prop(into)] listing: Signal<Arc<ArtifactListing>>,
    /// How deep the folder lies.
    level: usize,
) -> impl IntoView {
    view! {
        <ul class="files" style:--level=level.to_string()>
            <For each=move || listing.get().entries.clone() key=|entry| (entry.path.clone(), entry.size) let(entry)>
                {entry_view(shared, entry, level)}
            </For>
        </ul>
    }
}

// Folders hold entries that are folders: the type must be named nowhere.
fn entry_view(shared: Shared, entry: ArtifactEntry, level: usize) -> AnyView {
    match entry.is_dir {
        true => view! { <Folder shared entry level/> }.into_any(),
        false => view! { <File shared entry/> }.into_any(),
    }
}

#[component]
fn Folder(shared: Shared, entry: ArtifactEntry, level: usize) -> impl IntoView {
    // A link to a file opens the folders that it lies in.
    let leads_to_file =
        shared.selected.read_untracked().strip_prefix(&entry.path).is_some_and(|rest| rest.starts_with('/'));
    let open = RwSignal::new(leads_to_file);
    let path = StoredValue::new(entry.path.clone());
    let within = move || {
        let query = queries::runs::files(move || (shared.project, shared.run, path.get_value()));
        view! { <Known query count=2 children=move |listing| entries_view(shared, listing, level + 1)/> }
    };
    let icon = move || if open.get() { IconName::ChevronDown } else { IconName::ChevronRight };
    view! {
        <li>
            <button class="file" type="button" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                <Icon name=Signal::derive(icon)/>
                <Icon name=IconName::Folder/>
                <span class="file-name">{name(&entry.path).to_owned()}</span>
                <span class="file-size">{bytes(entry.size)}</span>
            </button>
            {move || open.get().then(within)}
        </li>
    }
}

fn entries_view(shared: Shared, listing: Signal<Arc<ArtifactListing>>, level: usize) -> AnyView {
    view! { <Entries shared listing level/> }.into_any()
}

#[component]
fn File(shared: Shared, entry: ArtifactEntry) -> impl IntoView {
    let name = name(&entry.path).to_owned();
    let label = format!("Download {name}");
    let address = file_address(shared.project, shared.run, &entry.path);
    let (shown, path) = (name.clone(), entry.path.clone());
    let is_shown = Memo::new({
        let path = path.clone();
        move |_| *shared.selected.read() == path
    });
    let link = move || {
        match shared.why_not_download.get() {
        None => view! { <a class="file-link" href=address.clone() download=name.clone() rel="external" aria-label=label.clone() data-tip="Download">
            <Icon name=IconName::Download/>
        </a> }
        .into_any(),
        Some(reason) => view! { <span class="file-link" aria-disabled="true" data-tip=reason tabindex="0"><Icon name=IconName::Download/></span> }.into_any(),
    }
    };
    view! {
        <li class="file" data-shown=move || is_shown.get().then_some("true")>
            <Icon name=IconName::File/>
            <a class="file-name" href=shared.href(&path) data-noscroll="true" data-path=path aria-current=move || is_shown.get().then_some("true")>{shown}</a>
            <span class="file-size">{bytes(entry.size)}</span>
            {link}
        </li>
    }
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
