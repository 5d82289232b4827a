//! The groups or the organizations that one belongs to.

use leptos::prelude::*;
use models::page::PageQuery;
use models::team::TeamKind;

use super::create::CreateTeam;
use super::words::{people, words};
use crate::queries::{self, teams::Team};
use crate::routes::Route;
use crate::ui::{Button, Emphasis, Empty, Icon, IconName, Link, PageHeader, SkeletonShape};
use crate::widgets::{Loaded, PAGE_SIZE, PagedPanel, Person, UrlHistory, page_title, url_state};

/// All of a kind that the person belongs to, and a new one.
#[component]
pub(crate) fn TeamList(kind: TeamKind) -> impl IntoView {
    page_title(move || kind.title().to_owned());
    let page = url_state::<u64>("page", UrlHistory::Push);
    let creating = RwSignal::new(false);
    let query = queries::teams::list(move || (kind, PageQuery::nth(page.get(), PAGE_SIZE)));
    let words = words(kind);
    let create = move || view! { <CreateButton kind open=creating/> };
    view! {
        <div class="page">
            <PageHeader title=kind.title().to_owned() about=Some(words.about.to_owned()) actions=create/>
            <Loaded query shape=SkeletonShape::Rows count=4 let:found>
                <PagedPanel found title=kind.title() page nothing=move || view! { <Nothing kind open=creating/> }>
                    <ul>{move || found.get().items.iter().cloned().map(|team| view! { <Row team/> }).collect_view()}</ul>
                </PagedPanel>
            </Loaded>
            <CreateTeam kind open=creating/>
        </div>
    }
}

#[component]
fn CreateButton(kind: TeamKind, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| open.set(true)>{words(kind).add}</Button>
    }
}

#[component]
fn Nothing(kind: TeamKind, open: RwSignal<bool>) -> impl IntoView {
    let words = words(kind);
    let text = format!("{} Make one, or ask a colleague to invite you to hers.", words.about);
    view! {
        <Empty icon=words.icon title=words.none text>
            <CreateButton kind open/>
        </Empty>
    }
}

#[component]
fn Row(team: Team) -> impl IntoView {
    let about = people(team.n_people());
    let icon = words(team.kind).icon;
    view! {
        <li class="people-row">
            <span class="team-name">
                <Icon name=icon/>
                <Link href=Route::Team(team.kind, team.id).to_string()>{team.name}</Link>
                <span class="small faint">{about}</span>
            </span>
            <span class="people-end"><Person name=team.lead.name/></span>
        </li>
    }
}
