//! The files of a run that describe its environment, found and read.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::ArtifactListing;

use crate::queries;

/// The names of such files.
pub(super) const NAMES: &str = "MLmodel,conda.yaml,conda.yml,environment.yml,environment.yaml,python_env.yaml,requirements.txt,constraints.txt";
/// The largest file that is read, in bytes, and how many of them.
const LARGEST: u64 = 256 * 1024;
pub(super) const MOST: usize = 24;

/// The texts of the files, by path.
pub(super) type Texts = RwSignal<BTreeMap<String, Arc<str>>>;

/// Shows nothing, but reads each file and keeps its text true.
#[component]
pub(super) fn ReadFiles(
    project: ProjectId,
    run: RunId,
    listing: Signal<Arc<ArtifactListing>>,
    texts: Texts,
) -> impl IntoView {
    let paths = Memo::new(move |_| {
        let listing = listing.read();
        let files = listing.entries.iter().filter(|entry| entry.size > 0 && entry.size <= LARGEST);
        files.take(MOST).map(|entry| entry.path.clone()).collect::<Vec<_>>()
    });
    let read = move |path: String| {
        let asked = path.clone();
        let part = queries::runs::file_part(move || Some((project, run, asked.clone(), LARGEST)));
        Effect::new(move || {
            if let Some(part) = part.value.get() {
                let text: Arc<str> = String::from_utf8_lossy(&part.bytes).into();
                texts.update(|texts| drop(texts.insert(path.clone(), text)));
            }
        });
    };
    view! { <For each=move || paths.get() key=|path| path.clone() children=read/> }
}
