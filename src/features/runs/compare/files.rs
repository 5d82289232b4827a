//! The files of the runs side by side.

use leptos::prelude::*;
use models::id::RunId;
use models::permission::Action;
use models::run::ArtifactListing;

use super::paths::{Found, is_image, name, outer, union};
use crate::api::ApiError;
use crate::features::runs::charts::{Shared, Shown};
use crate::queries::{self, Query, runs::file_address};
use crate::ui::format::{bytes, integer};
use crate::ui::{Button, Icon, IconName, Panel, Size, Skeleton, SkeletonShape};
use crate::widgets::loaded::failed;
use crate::widgets::why_not;

/// The files of how many runs are read.
const MOST: usize = 20;

/// Files that lie at the same place in several runs: pictures beside one another, of others who has them.
#[component]
pub(super) fn ComparedFiles(shared: Shared) -> impl IntoView {
    let open = RwSignal::new(false);
    let folder = RwSignal::new(String::new());
    let ids = Memo::new(move |_| shared.runs.read().iter().map(|shown| shown.run).collect::<Vec<_>>());
    let first = Memo::new(move |_| ids.read().iter().take(MOST).copied().collect::<Vec<_>>());
    let more = move || ids.read().len() > MOST;
    let toggle = move |_| open.update(|open| *open = !*open);
    let actions = move || {
        view! {
            <Button size=Size::Small on_click=toggle>
                {move || if open.get() { "Hide the files" } else { "Show the files" }}
            </Button>
        }
    };
    view! {
        <Panel title="Files" actions>
            <Show
                when=move || open.get()
                fallback=|| view! { <p class="muted">"Pictures and other files that the runs keep at the same place."</p> }
            >
                <Show when=more>
                    <p class="chart-notes">{format!("Of the first {MOST} runs.")}</p>
                </Show>
                {move || view! { <OfRuns shared runs=first.get() folder/> }}
            </Show>
        </Panel>
    }
}

#[component]
fn OfRuns(
    shared: Shared,
    /// The runs whose files are read.
    runs: Vec<RunId>,
    /// The folder that is looked at; empty for all.
    folder: RwSignal<String>,
) -> impl IntoView {
    let project = shared.project;
    let asked: Vec<(RunId, Query<ArtifactListing>)> = runs
        .into_iter()
        .map(|run| (run, queries::runs::files(move || (project, run, folder.get()))))
        .collect();
    let asked = StoredValue::new(asked);
    let found =
        move || asked.with_value(|asked| union(asked.iter().map(|(run, query)| (*run, query.value.get()))));
    let waiting = move || {
        asked.with_value(|asked| {
            asked.iter().any(|(_, query)| query.value.read().is_none() && query.error.read().is_none())
        })
    };
    // A run without the folder is no failure: others have it.
    let failure = move || {
        asked.with_value(|asked| {
            asked.iter().find_map(|(_, query)| {
                Some((query.error.get().filter(|error| *error != ApiError::NotFound)?, query.refetch))
            })
        })
    };
    let why_not = why_not(project, Action::DownloadArtifacts);
    view! {
        <Show when=move || !folder.read().is_empty()>
            <Button size=Size::Small icon=IconName::ArrowLeft on_click=move |_| folder.update(|folder| *folder = outer(folder).to_owned())>
                {move || format!("Leave {}", folder.read())}
            </Button>
        </Show>
        {move || failure().map(|(error, refetch)| failed(&error, refetch))}
        <Show when=waiting><Skeleton shape=SkeletonShape::Rows count=3/></Show>
        <Show when=move || !waiting() && found().is_empty()><p class="muted">"None of the runs keeps a file here."</p></Show>
        <ul class="compare-files" role="list">
            {move || found().into_iter().map(|entry| view! { <li>{entry_view(shared, folder, entry, why_not)}</li> }).collect_view()}
        </ul>
    }
}

fn entry_view(
    shared: Shared,
    folder: RwSignal<String>,
    entry: Found,
    why_not: Signal<Option<String>>,
) -> AnyView {
    let (path, of) = (entry.path.clone(), entry.runs.len());
    let n = if of == 1 { "1 run".to_owned() } else { format!("{} runs", integer(of as u64)) };
    if entry.is_dir {
        let inner = path.clone();
        return view! {
            <Button size=Size::Small icon=IconName::Folder on_click=move |_| folder.set(inner.clone())>{name(&path).to_owned()}</Button>
            " " <span class="muted">"in " {n}</span>
        }
        .into_any();
    }
    let shown = shared.runs.read();
    let of_run = |(run, size): &(RunId, u64)| {
        let shown = shown.iter().find(|shown| shown.run == *run)?;
        Some(file_of(shared, shown, &path, *size, why_not))
    };
    let label = format!("{} of each run", name(&path));
    let files: Vec<_> = entry.runs.iter().filter_map(of_run).collect();
    view! {
        <h3 class="compare-file"><Icon name=IconName::File/> {name(&path).to_owned()} <span class="muted">"in " {n}</span></h3>
        <div class="compare-pictures" tabindex="0" role="group" aria-label=label>{files}</div>
    }
    .into_any()
}

/// A file of a run: the picture itself where it is one.
fn file_of(shared: Shared, shown: &Shown, path: &str, size: u64, why_not: Signal<Option<String>>) -> AnyView {
    let address = file_address(shared.project, shown.run, path);
    let (run, colour, size) = (shown.name.clone(), shown.colour.css(), bytes(size));
    let words = format!("{} of {run}", name(path));
    let (is_image, address) = (is_image(path), StoredValue::new(address));
    let saved_as = name(path).to_owned();
    view! {
        <figure class="compare-picture">
            {move || {
                let words = words.clone();
                match (is_image, why_not.get()) {
                    (_, Some(reason)) => view! { <p class="muted">{reason}</p> }.into_any(),
                    (true, None) => view! { <img src=address.get_value() alt=words loading="lazy" decoding="async"/> }.into_any(),
                    (false, None) => view! {
                        <a href=address.get_value() download=saved_as.clone() rel="external" aria-label=format!("Download {words}")>"Download"</a>
                    }.into_any(),
                }
            }}
            <figcaption><span class="swatch" style:--series=colour></span> " " {run} " " <span class="muted">{size}</span></figcaption>
        </figure>
    }
    .into_any()
}
