//! What will be started, at a glance, and how it differs from the run that it began with.

use std::sync::Arc;

use leptos::prelude::*;
use models::run::Run;

use super::differences::{Difference, Place};
use super::draft::Draft;
use super::marked::said;
use super::state::Launch;
use super::system::{System, at, to_text};
use super::yaml::{self, Fields};
use crate::routes::{Route, RunTab};
use crate::ui::{Fact, KeyValue, Link};

/// The summary.
#[component]
pub(super) fn Summary(launch: Launch, source: Option<Arc<Run>>) -> impl IntoView {
    let facts = Memo::new(move |_| facts(launch, &launch.draft.read()));
    let fact = |(name, value): (&'static str, String)| view! { <Fact name>{value}</Fact> };
    view! {
        <section class="launch-summary" aria-label="Summary">
            <h2>"Summary"</h2>
            <KeyValue>{move || facts.get().into_iter().map(fact).collect_view()}</KeyValue>
            {source.map(|source| view! { <Changes launch source/> })}
        </section>
    }
}

/// What differs from the source.
#[component]
fn Changes(launch: Launch, source: Arc<Run>) -> impl IntoView {
    let href = Route::Run(launch.project, source.run_id, RunTab::Overview).to_string();
    let differences = Memo::new(move |_| launch.differences());
    let line = move |Difference { place, was, now }: Difference| {
        let (was, now) = (said(launch, &place, &was), said(launch, &place, &now));
        let values = (place != Place::Backend).then(|| view! { <del>{was}</del> " → " <ins>{now}</ins> });
        view! { <li><span class="muted">{place.title()}</span> <span>{values}</span></li> }
    };
    view! {
        <div class="launch-changes">
            <h3>"Changed from " <Link href>{source.name.clone()}</Link></h3>
            {move || differences.read().is_empty().then(|| view! { <p class="small muted">"Nothing yet."</p> })}
            <ul>{move || differences.get().into_iter().map(line).collect_view()}</ul>
        </div>
    }
}

fn facts(launch: Launch, draft: &Draft) -> Vec<(&'static str, String)> {
    let code = match draft.reference.is_empty() {
        true => said(launch, &Place::Code, &draft.code),
        false => {
            let reference = said(launch, &Place::Reference, &draft.reference);
            format!("{} @ {reference}", said(launch, &Place::Code, &draft.code))
        }
    };
    let given = draft.parameters.iter().filter(|own| !own.text.trim().is_empty());
    let given: Vec<_> = given.map(|own| format!("{} = {}", own.name, own.text.trim())).collect();
    let data = match draft.data_version.is_empty() {
        true => said(launch, &Place::Data, &draft.data),
        false => {
            let version = said(launch, &Place::DataVersion, &draft.data_version);
            format!("{} @ {version}", said(launch, &Place::Data, &draft.data))
        }
    };
    let entry_point = if draft.entry_point.is_empty() { "main" } else { &draft.entry_point };
    let mut facts = vec![("Code", code), ("Entry point", entry_point.to_owned())];
    facts.push(("Parameters", if given.is_empty() { "the defaults".to_owned() } else { given.join(", ") }));
    facts.push(("Data", data));
    facts.push(("Experiment", said(launch, &Place::Experiment, &draft.experiment)));
    facts.push(("Name", said(launch, &Place::Folder, &draft.name)));
    facts.push((
        "Machine",
        yaml::read(&draft.backend)
            .map_or_else(|_| "the YAML cannot be read".to_owned(), |config| machine(&config)),
    ));
    facts
}

/// The machine in a few words: `UNICORE · devel · 2 nodes · 12h`.
pub(super) fn machine(config: &Fields) -> String {
    let Some(system) = System::of(config) else { return crate::ui::format::NOTHING.to_owned() };
    let text = |key: &'static str| {
        let text = to_text(at(config, &[system.resources_key(), key]), super::system::Shape::Text);
        Some(text).filter(|text| !text.trim().is_empty())
    };
    let nodes =
        text("Nodes").map(|nodes| if nodes == "1" { "1 node".to_owned() } else { format!("{nodes} nodes") });
    let gpus = text("GPUsPerNode").map(|gpus| format!("{gpus} GPUs each"));
    let parts = [Some(system.title().to_owned()), text("Queue"), nodes, gpus, text("Runtime")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
