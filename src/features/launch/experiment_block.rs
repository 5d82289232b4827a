//! Where the run belongs, and what it is called.

use leptos::prelude::*;
use models::repository::RepositoryKind;

use super::block::Block;
use super::differences::Place;
use super::marked::Marked;
use super::names::is_taken;
use super::state::Launch;
use crate::routes::Route;
use crate::ui::{Field, Link, Select, TextInput};

/// The third block.
#[component]
pub(super) fn ExperimentBlock(launch: Launch) -> impl IntoView {
    let fields = launch.fields;
    let lists = launch.lists;
    // Where there is but one, it is that.
    Effect::new(move || {
        let Some(page) = lists.experiments.value.get() else { return };
        let is_open = fields.experiment.read_untracked().is_empty();
        if let ([only], true) = (page.items.as_slice(), is_open) {
            fields.experiment.set(only.id().to_string());
        }
    });
    let is_taken = is_taken(launch);
    let hint =
        Signal::derive(move || {
            Some(match is_taken.get() {
            true => "The experiment has a run of this name already; both can be told apart by their begin.",
            false => "How it is found again.",
        }
        .to_owned())
        });
    let is_none =
        Memo::new(move |_| lists.experiments.value.read().as_ref().is_some_and(|page| page.items.is_empty()));
    let href = Route::Repositories(launch.project, RepositoryKind::Experiments).to_string();
    view! {
        <Block number=3 title="Experiment and name">
            <div class="launch-pair">
                <Marked launch place=Place::Experiment>
                    <Field label="Experiment" error=launch.error_at(&["experimentRepositoryId"])>
                        <Select
                            value=fields.experiment
                            options=lists.options(lists.experiments, fields.experiment)
                            placeholder="Choose the experiment"
                        />
                    </Field>
                </Marked>
                <Field label="Name" hint error=launch.error_at(&["name"])>
                    <TextInput value=fields.name/>
                </Field>
            </div>
            {move || is_none.get().then(|| view! {
                <p class="launch-none">
                    "The project has no experiment yet. " <Link href=href.clone()>"Make the first one"</Link> "."
                </p>
            })}
        </Block>
    }
}
