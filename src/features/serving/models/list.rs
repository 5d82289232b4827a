//! The list of a project's saved models.

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::SavedModel;
use models::page::PageQuery;
use models::permission::Action;

use super::create::CreateModel;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::{Button, Emphasis, Empty, IconName, Link, Listing, SkeletonShape};
use crate::widgets::{
    ImageBadge, Loaded, PAGE_SIZE, PagedPanel, ProjectHeader, RelativeTime, UrlHistory, page_title, place,
    url_state, why_not,
};

/// All saved models: where each lies, which run trained it, and how far its image is.
#[component]
pub(crate) fn SavedModelList(project: ProjectId) -> impl IntoView {
    page_title(|| "Saved models".to_owned());
    let page = url_state::<u64>("page", UrlHistory::Push);
    let creating = RwSignal::new(false);
    let query = queries::serving::models(move || (project, PageQuery::nth(page.get(), PAGE_SIZE)));
    view! {
        <div class="page">
            <ProjectHeader project actions=move || view! { <AddButton project open=creating/> }/>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                <PagedPanel found title="Saved models" page nothing=move || view! { <Nothing project open=creating/> }>
                    <Listing headings=&["Name", "Trained by", "Where", "Image", "Changed"]>
                        {move || found.get().items.iter().cloned().map(|model| view! { <Row project model/> }).collect_view()}
                    </Listing>
                </PagedPanel>
            </Loaded>
            <CreateModel project open=creating/>
        </div>
    }
}

#[component]
fn Row(project: ProjectId, model: SavedModel) -> impl IntoView {
    let run = model.run_id.map(|run| {
        let href = Route::Run(project, run, RunTab::Overview).to_string();
        view! { <Link href>"The run that trained it"</Link> }
    });
    let in_registry = Signal::stored(model.image_reference.is_some());
    let elsewhere = model.run_id.is_none().then(|| view! { <span class="faint">"elsewhere"</span> });
    view! {
        <tr>
            <th scope="row">
                <span class="listing-name">
                    <Link href=Route::SavedModel(project, model.model_id).to_string()>{model.name}</Link>
                    {model.model_repository.map(|definition| view! { <span class="small faint">{definition.name}</span> })}
                </span>
            </th>
            <td>{run} {elsewhere}</td>
            <td><span class="truncate">{place(model.uri)}</span></td>
            <td><ImageBadge status=Signal::stored(model.status) in_registry/></td>
            <td><RelativeTime at=Signal::stored(Some(model.updated_at))/></td>
        </tr>
    }
}

#[component]
fn AddButton(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let why_not = why_not(project, Action::EditRuns);
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>
            "Add saved model"
        </Button>
    }
}

#[component]
fn Nothing(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let text = "What a run has trained, or a model that lies in a bucket. Once it is here, it leads back to its run and data, and forward to what answers with it.";
    view! {
        <Empty icon=IconName::File title="No saved models yet" text>
            <AddButton project open/>
        </Empty>
    }
}
