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
use crate::ui::{Button, Emphasis, Empty, IconName, Listing, Pagination, Panel, SkeletonShape};
use crate::widgets::{Loaded, ProjectHeader, UrlHistory, page_title, url_state, why_not};

/// Things a page.
const PAGE_SIZE: u64 = 50;

/// All things of a kind: what each is, and how the runs fared that used it.
#[component]
pub(crate) fn RepositoryList(project: ProjectId, kind: RepositoryKind) -> impl IntoView {
    page_title(move || kind.title().to_owned());
    let page = url_state::<u64>("page", UrlHistory::Push);
    let creating = RwSignal::new(false);
    let query = queries::repositories::list(move || (project, kind, part(page.get())));
    view! {
        <div class="page">
            <ProjectHeader project actions=move || view! { <AddButton project kind open=creating/> }/>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                {
                    let total = Memo::new(move |_| found.read().total_records);
                    let rows = move || {
                        let facts = found.read().items.iter().map(Facts::of).collect::<Vec<_>>();
                        facts.into_iter().map(|facts| view! { <UsedRow project kind facts/> }).collect_view()
                    };
                    move || match total.get() {
                        0 => view! { <Nothing project kind open=creating/> }.into_any(),
                        n => view! {
                            <Panel title=format!("{} ({n})", kind.title()) flush=true>
                                <Listing headings=&["Name", "Where", "Runs", "Last used"]>{rows}</Listing>
                            </Panel>
                            {(n > PAGE_SIZE).then(|| view! { <Pagination page size=PAGE_SIZE total=n/> })}
                        }
                        .into_any(),
                    }
                }
            </Loaded>
            <CreateRepository project kind open=creating/>
        </div>
    }
}

fn part(page: u64) -> PageQuery {
    PageQuery { startindex: page.saturating_mul(PAGE_SIZE).min(PageQuery::MAX_START), pagelength: PAGE_SIZE }
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
