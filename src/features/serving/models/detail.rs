//! The page of a saved model: where it comes from, where it lies, and what answers with it.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, SavedModelId};
use models::lineage::{LineageKind, LineageReference};
use models::model::SavedModel;
use models::repository::RepositoryKind;

use super::super::image::ImagePanel;
use super::delete::DeleteModel;
use super::edit::EditModel;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::{CodeBlock, CopyButton, Fact, KeyValue, Link, Panel, SkeletonShape, ThingHeading};
use crate::widgets::{
    ImageBadge, LineagePanel, Loaded, Named, ProjectHeader, RelativeTime, page_name, page_title, place,
};

/// What a saved model is, and what became of it.
#[component]
pub(crate) fn SavedModelPage(project: ProjectId, model: SavedModelId) -> impl IntoView {
    let query = queries::serving::model(move || (project, model));
    page_title(move || {
        query.value.get().map_or_else(|| "Saved model".to_owned(), |model| model.name.clone())
    });
    page_name(move || query.value.get().map(|model| Named::alone(&model.name)));
    view! {
        <div class="page">
            <ProjectHeader project/>
            <Loaded query shape=SkeletonShape::Cards count=3 let:model>
                {
                    let id = model.read_untracked().model_id;
                    let of = LineageReference { kind: LineageKind::SavedModel, id: id.0 };
                    let status = Signal::derive(move || model.read().status.clone());
                    let in_registry = Signal::derive(move || model.read().image_reference.is_some());
                    view! {
                        <ThingHeading
                            name=Signal::derive(move || model.read().name.clone())
                            beside=move || view! { <ImageBadge status in_registry/> }
                        >
                            <EditModel project model/>
                            <DeleteModel project model/>
                        </ThingHeading>
                        <div class="split">
                            <div class="stack">
                                <LineagePanel project of/>
                                <Parameters model/>
                            </div>
                            <div class="stack">
                                <About project model/>
                                <ImagePanel project model/>
                            </div>
                        </div>
                    }
                }
            </Loaded>
        </div>
    }
}

/// What it was trained with; nothing when that is not known.
#[component]
fn Parameters(model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let parameters = Memo::new(move |_| {
        let text = model.read().mlflow_parameters.as_ref().map(serde_json::to_string_pretty);
        text.and_then(Result::ok)
    });
    move || parameters.get().map(|code| view! { <Panel title="Parameters"><CodeBlock code/></Panel> })
}

#[component]
fn About(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let run = move || {
        model.read().run_id.map(|run| {
            let href = Route::Run(project, run, RunTab::Overview).to_string();
            view! { <Fact name="Trained by"><Link href>"The run that trained it"</Link></Fact> }
        })
    };
    let definition = move || {
        model.read().model_repository.as_ref().map(|definition| {
            let id = definition.model_repository_id.0;
            let href = Route::Repository(project, RepositoryKind::Models, id).to_string();
            let name = definition.name.clone();
            view! { <Fact name="Trained from"><Link href>{name}</Link></Fact> }
        })
    };
    let id = Signal::derive(move || model.read().model_id.to_string());
    view! {
        <Panel title="About">
            <KeyValue>
                {run}
                {definition}
                <Fact name="Where">{move || place(model.read().uri.clone())}</Fact>
                <Fact name="Storage">{move || model.read().location.as_ref().map(ToString::to_string)}</Fact>
                <Fact name="Id"><span class="mono truncate">{move || id.get()}</span><CopyButton text=id label="Copy the id"/></Fact>
                <Fact name="Added"><RelativeTime at=Signal::derive(move || Some(model.read().created_at))/></Fact>
                <Fact name="Changed"><RelativeTime at=Signal::derive(move || Some(model.read().updated_at))/></Fact>
            </KeyValue>
        </Panel>
    }
}
