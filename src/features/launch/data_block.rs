//! What is read: the data and their version.

use leptos::prelude::*;
use models::repository::RepositoryKind;

use super::block::Block;
use super::differences::Place;
use super::marked::Marked;
use super::state::Launch;
use crate::routes::Route;
use crate::ui::format::short_hash;
use crate::ui::{ComboboxInput, ComboboxOption, Field, Link, Select};

/// The second block.
#[component]
pub(super) fn DataBlock(launch: Launch) -> impl IntoView {
    let fields = launch.fields;
    // Other data have other versions.
    Effect::new(move |before: Option<String>| {
        let now = fields.data.get();
        if before.is_some_and(|before| before != now) {
            let of_source = launch.source.with_value(|source| {
                source.as_ref().filter(|source| source.data == now).map(|source| source.data_version.clone())
            });
            let filled = fields.filled(|draft| (&draft.data, &draft.data_version), &now);
            fields.data_version.set(filled.or(of_source).unwrap_or_default());
        }
        now
    });
    let options = launch.lists.options(launch.lists.data, fields.data);
    let versions = Signal::derive(move || {
        let option = |(name, version): (&String, &String)| {
            let hint = if super::draft::is_commit(version) { short_hash(version) } else { version };
            ComboboxOption { text: name.clone(), hint: hint.to_owned(), count: String::new() }
        };
        launch.about.read().versions.iter().map(option).collect::<Vec<_>>()
    });
    let has_data = Memo::new(move |_| !fields.data.read().is_empty());
    let error = launch.error_at(&["dataBranch", "dataCommit"]);
    let is_none =
        Memo::new(move |_| launch.lists.data.value.read().as_ref().is_some_and(|page| page.items.is_empty()));
    let href = Route::Repositories(launch.project, RepositoryKind::Data).to_string();
    view! {
        <Block number=2 title="Data">
            <div class="launch-pair">
                <Marked launch place=Place::Data>
                    <Field label="Data" optional=true error=launch.error_at(&["dataRepositoryId"])>
                        <Select value=fields.data options placeholder="None"/>
                    </Field>
                </Marked>
                <Show when=move || has_data.get()>
                    <Marked launch place=Place::DataVersion>
                        <Field label="Version, branch or commit" optional=true error>
                            <ComboboxInput
                                label="Version, branch or commit"
                                value=fields.data_version
                                options=versions
                                placeholder="the latest"
                                is_invalid=Signal::derive(move || error.read().is_some())
                            />
                        </Field>
                    </Marked>
                </Show>
            </div>
            {move || is_none.get().then(|| view! {
                <p class="launch-none">
                    "The project has no data yet. A run needs none; to see later which runs read the same data, "
                    <Link href=href.clone()>"add it first"</Link> "."
                </p>
            })}
        </Block>
    }
}
