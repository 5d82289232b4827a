//! The part of the page about the environment.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::{ArtifactListing, KeyValue, Run};

use super::facts::facts;
use super::files::{MOST, NAMES, ReadFiles, Texts};
use super::mlmodel::{self, ModelFile};
use super::packages::{self, Package};
use crate::features::runs::detail::known::Known;
use crate::features::runs::detail::logged::{Logged, Words};
use crate::queries;
use crate::ui::format::NOTHING;
use crate::ui::{Badge, CodeBlock, CopyButton, Fact, KeyValue as Facts, Panel};

const WORDS: Words = Words {
    title: "Packages",
    nothing: "No list of packages was logged.",
    heads: &["Name", "Version", "Named by"],
};
const LOG_A_LIST: &str =
    "pip freeze > requirements.txt\npython -c 'import mlflow; mlflow.log_artifact(\"requirements.txt\")'";

/// Where the run ran, which models it logged with which libraries, and all packages that its files name.
#[component]
pub(in crate::features::runs::detail::reproduce) fn Environment(
    project: ProjectId,
    run: Signal<Arc<Run>>,
    #[prop(into)] tags: Signal<Vec<KeyValue>>,
) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let facts = Memo::new(move |_| facts(&run.read(), &tags.read()));
    let fact = |(name, value): (&'static str, String)| {
        view! { <Fact name><span class="cluster" data-gap="small"><span>{value.clone()}</span><CopyButton text=value/></span></Fact> }
    };
    let files = queries::runs::files_named(move || (project, id, NAMES));
    view! {
        <Show when=move || !facts.read().is_empty()>
            <Panel title="Environment"><Facts>{move || facts.get().into_iter().map(fact).collect_view()}</Facts></Panel>
        </Show>
        <Known query=files children=move |listing| view! { <Described project run=id listing/> }/>
    }
}

/// What the files tell that describe the environment.
#[component]
fn Described(project: ProjectId, run: RunId, listing: Signal<Arc<ArtifactListing>>) -> impl IntoView {
    let texts: Texts = RwSignal::new(BTreeMap::new());
    let models = Memo::new(move |_| {
        let texts = texts.read();
        let models = texts.iter().filter(|(path, _)| is_model(path));
        models.map(|(path, text)| (path.clone(), mlmodel::read(text))).collect::<Vec<_>>()
    });
    let packages = Memo::new(move |_| {
        let texts = texts.read();
        let lists = texts.iter().filter(|(path, _)| !is_model(path));
        packages::together(lists.flat_map(|(path, text)| packages::read(path, text)))
    });
    let cells = |package: Package| {
        view! {
            <td>{if package.version.is_empty() { NOTHING.to_owned() } else { package.version }}</td>
            <td>{package.files.join(", ")}</td>
        }
        .into_any()
    };
    let is_empty = Memo::new(move |_| listing.read().entries.is_empty());
    let n_left = move || listing.read().entries.len().saturating_sub(MOST);
    let model = |(path, file): (String, ModelFile)| view! { <Model path file/> };
    view! {
        <ReadFiles project run listing texts/>
        <Show when=move || !models.read().is_empty()>
            <Panel title="Models"><ul class="run-list">{move || models.get().into_iter().map(model).collect_view()}</ul></Panel>
        </Show>
        <Logged words=&WORDS lines=packages.into() name=|package: &Package| &package.name value=|package: &Package| &package.version cells/>
        <Show when=move || is_empty.get()><CodeBlock title="Log them from now on" code=LOG_A_LIST/></Show>
        <Files texts/>
        <Show when=move || n_left() != 0><p class="muted small">{move || format!("{} more such files are among the artifacts.", n_left())}</p></Show>
    }
}

fn is_model(path: &str) -> bool {
    path == "MLmodel" || path.ends_with("/MLmodel")
}

/// A logged model: where it lies, how it can be loaded, and what wrote it.
#[component]
fn Model(path: String, file: ModelFile) -> impl IntoView {
    let folder = path.strip_suffix("/MLmodel").unwrap_or("the root of the artifacts").to_owned();
    let flavor = |(name, version): (String, Option<String>)| {
        let version = version.map(|version| format!(" {version}")).unwrap_or_default();
        view! { <Badge>{name} {version}</Badge> }
    };
    let written = [("Python", file.python), ("MLflow", file.mlflow)];
    let written = written.into_iter().filter_map(|(name, version)| Some(format!("{name} {}", version?)));
    view! {
        <li class="run-item">
            <strong>{folder}</strong>
            <span class="cluster" data-gap="small">{file.flavors.into_iter().map(flavor).collect_view()}</span>
            <span class="run-item-about">{written.map(|text| view! { <span>{text}</span> }).collect_view()}</span>
        </li>
    }
}

/// The files themselves, to be copied.
#[component]
fn Files(texts: Texts) -> impl IntoView {
    let paths = Memo::new(move |_| texts.read().keys().cloned().collect::<Vec<_>>());
    let file = move |path: String| {
        let key = path.clone();
        let code = Memo::new(move |_| texts.read().get(&key).map(ToString::to_string).unwrap_or_default());
        view! { <CodeBlock title=path code/> }
    };
    view! {
        <Show when=move || !paths.read().is_empty()>
            <details class="reproduce-files">
                <summary>{move || format!("Files ({})", paths.read().len())}</summary>
                <div class="stack"><For each=move || paths.get() key=|path| path.clone() children=file/></div>
            </details>
        </Show>
    }
}
