//! The list of projects.

use leptos::prelude::*;
use models::page::PageQuery;
use models::project::{ProjectRelation, ProjectSearch};

use super::create::CreateProject;
use super::project_card::ProjectCard;
use crate::queries;
use crate::ui::{
    Button, Choice, Emphasis, Empty, IconName, PageHeader, Pagination, SearchField, Segmented, SkeletonShape,
};
use crate::widgets::{Loaded, UrlHistory, page_title, url_state};

/// Projects a page.
const PAGE_SIZE: u64 = 24;

/// The projects that one may see: search, filters, pages, and a new one.
#[component]
pub(crate) fn ProjectList() -> impl IntoView {
    page_title(|| "Projects".to_owned());
    let search = url_state::<String>("q", UrlHistory::Replace);
    let relation = url_state::<String>("show", UrlHistory::Push);
    let page = url_state::<u64>("page", UrlHistory::Push);
    let creating = RwSignal::new(false);
    let label = url_state::<String>("label", UrlHistory::Push);
    let member = url_state::<String>("member", UrlHistory::Push);
    back_to_first_page(page, move || [search.get(), relation.get(), label.get(), member.get()]);
    let query = queries::projects::list(move || {
        let (mut wanted, page) = request(&search.read(), &relation.read(), page.get());
        wanted.label_id = label.read().parse().ok();
        wanted.member_id = member.read().parse().ok();
        (wanted, page)
    });
    let narrowed =
        Signal::derive(move || [search, relation, label, member].iter().any(|part| !part.read().is_empty()));
    let clear = move || [search, relation, label, member].iter().for_each(|part| part.set(String::new()));
    let create = move || {
        view! {
            <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| creating.set(true)>"New project"</Button>
        }
    };
    view! {
        <div class="page">
            <PageHeader title="Projects" actions=create/>
            <div class="toolbar">
                <SearchField label="Search projects" value=search/>
                <Segmented label="Which projects" value=relation choices=relations()/>
                <Narrowing part=label text="With one label"/>
                <Narrowing part=member text="Of one person"/>
            </div>
            <Loaded query shape=SkeletonShape::Cards count=6 let:found>
                <div class="grid">
                    {move || found.get().items.iter().cloned().map(|project| view! { <ProjectCard project/> }).collect_view()}
                </div>
                {
                    let total = Memo::new(move |_| found.read().total_records);
                    move || match total.get() {
                        0 => nothing(narrowed.get(), clear, creating),
                        n if n > PAGE_SIZE => view! { <Pagination page size=PAGE_SIZE total=n/> }.into_any(),
                        _ => ().into_any(),
                    }
                }
            </Loaded>
            <CreateProject open=creating/>
        </div>
    }
}

/// Says that the list is narrowed by something that stands in the address alone, and ends that.
#[component]
fn Narrowing(part: RwSignal<String>, text: &'static str) -> impl IntoView {
    move || {
        (!part.read().is_empty()).then(|| {
            view! {
                <Button icon=IconName::Close on_click=move |_| part.set(String::new())>{text}</Button>
            }
        })
    }
}

fn nothing(narrowed: bool, clear: impl Fn() + Send + Sync + 'static, creating: RwSignal<bool>) -> AnyView {
    if narrowed {
        return view! {
            <Empty icon=IconName::Search title="No project matches" text="No project that you may see fits the search and the filter.">
                <Button on_click=move |_| clear()>"Clear search and filter"</Button>
            </Empty>
        }
        .into_any();
    }
    let text = "A project holds a team's code, data, experiments, models and runs together, and says who may do what.";
    view! {
        <Empty icon=IconName::Folder title="No projects yet" text=text>
            <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| creating.set(true)>"New project"</Button>
        </Empty>
    }
    .into_any()
}

fn relations() -> Vec<Choice<String>> {
    [("", "All"), ("mine", "Mine"), ("shared", "Shared with me"), ("public", "Public")]
        .map(|(value, label)| Choice::new(value.to_owned(), label))
        .to_vec()
}

fn request(search: &str, relation: &str, page: u64) -> (ProjectSearch, PageQuery) {
    let relation = match relation {
        "mine" => Some(ProjectRelation::Mine),
        "shared" => Some(ProjectRelation::Shared),
        "public" => Some(ProjectRelation::Public),
        _ => None,
    };
    let search_string = Some(search.trim().to_owned()).filter(|text| !text.is_empty());
    (ProjectSearch { search_string, relation, ..ProjectSearch::default() }, PageQuery::nth(page, PAGE_SIZE))
}

/// Goes to the first page whenever what is searched for changes.
fn back_to_first_page(page: RwSignal<u64>, searched: impl Fn() -> [String; 4] + Send + Sync + 'static) {
    Effect::new(move |before: Option<[String; 4]>| {
        let now = searched();
        if before.is_some_and(|before| before != now) {
            page.set(0);
        }
        now
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_where_the_one_before_ended() {
        let (_, page) = request("", "", 2);
        assert_eq!((page.startindex, page.pagelength), (48, 24));
        assert!(request("", "", u64::MAX).1.why_not().is_none());
    }

    #[test]
    fn an_unknown_filter_in_the_address_shows_all() {
        assert_eq!(request(" ", "theirs", 0).0, ProjectSearch::default());
        assert_eq!(request("wea", "mine", 0).0.relation, Some(ProjectRelation::Mine));
    }
}
