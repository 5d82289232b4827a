//! The list of a project's things of a kind.

use leptos::prelude::*;
use models::id::ProjectId;
use models::page::PageQuery;
use models::permission::Action;
use models::repository::RepositoryKind;

use super::create::CreateRepository;
use super::facts::Facts;
use super::row::UsedRow;
use super::words::words;
use crate::queries;
use crate::ui::{Button, Emphasis, Empty, IconName, Listing, SkeletonShape};
use crate::widgets::{
    Loaded, PAGE_SIZE, PagedPanel, ProjectHeader, UrlHistory, page_title, url_state, why_not,
};

/// All things of a kind: what each is, and how the runs fared that used it.
#[component]
pub(crate) fn RepositoryList(project: ProjectId, kind: RepositoryKind) -> impl IntoView {
    page_title(move || kind.title().to_owned());
    let page = url_state::<u64>("page", UrlHistory::Push);
    let creating = RwSignal::new(false);
    let query = queries::repositories::list(move || (project, kind, PageQuery::nth(page.get(), PAGE_SIZE)));
    view! {
        <div class="page">
            <ProjectHeader project actions=move || view! { <AddButton project kind open=creating/> }/>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                <PagedPanel found title=kind.title() page nothing=move || view! { <Nothing project kind open=creating/> }>
                    <Listing headings=&["Name", "Where", "Runs", "Last used"]>
                        {move || found.read().items.iter().map(|one| view! { <UsedRow project kind facts=Facts::of(one)/> }).collect_view()}
                    </Listing>
                </PagedPanel>
            </Loaded>
            <CreateRepository project kind open=creating/>
        </div>
    }
}

/// Adds one; says why not to who may not.
#[component]
fn AddButton(project: ProjectId, kind: RepositoryKind, open: RwSignal<bool>) -> impl IntoView {
    let why_not = why_not(project, Action::EditRepositories);
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>
            {words(kind).add}
        </Button>
    }
}

#[component]
fn Nothing(project: ProjectId, kind: RepositoryKind, open: RwSignal<bool>) -> impl IntoView {
    let words = words(kind);
    view! {
        <Empty icon=words.icon title=words.none text=words.about>
            <AddButton project kind open/>
        </Empty>
    }
}
