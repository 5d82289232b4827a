//! The home page.

use std::sync::Arc;

use leptos::prelude::*;
use models::page::{Page, PageQuery};
use models::person::User;
use models::project::{Project, ProjectSearch};

use super::attention::Attention;
use super::project_row::ProjectRow;
use crate::queries;
use crate::routes::Route;
use crate::session::Session;
use crate::ui::{ButtonLink, Emphasis, Empty, IconName, Link, PageHeader, Panel, SkeletonShape};
use crate::widgets::{GettingStarted, Loaded, page_title};

/// Projects that are listed.
const SHOWN: u64 = 10;

/// My projects, what is running in them, and what failed lately.
#[component]
pub(crate) fn Home() -> impl IntoView {
    page_title(|| "Home".to_owned());
    let session = Session::current();
    view! {
        <div class="page">
            <PageHeader title="Home"/>
            {move || session.user().map(|user| view! { <Mine user/> })}
        </div>
    }
}

#[component]
fn Mine(user: User) -> impl IntoView {
    let projects = queries::projects::list(move || {
        let search = ProjectSearch { member_id: Some(user.user_id), ..ProjectSearch::default() };
        (search, PageQuery { startindex: 0, pagelength: SHOWN })
    });
    view! {
        <Loaded query=projects shape=SkeletonShape::Cards count=4 let:page>
            {move || match page.read().items.is_empty() {
                true => nothing(),
                false => view! { <Overview page/> }.into_any(),
            }}
        </Loaded>
    }
}

#[component]
fn Overview(page: Signal<Arc<Page<Project>>>) -> impl IntoView {
    let all = move || view! { <Link href=Route::Projects.to_string()>"All projects"</Link> };
    let rows = move || {
        page.get().items.iter().cloned().map(|project| view! { <ProjectRow project/> }).collect_view()
    };
    let unused = Memo::new(move |_| {
        let page = page.read();
        let idle = page.items.iter().all(|project| project.run_counts.total() == 0);
        page.items.first().filter(|_| idle).map(|project| project.project_id)
    });
    view! {
        <div class="split">
            <div class="stack">
                {move || match unused.get() {
                    Some(project) => view! { <Panel title="Send the first run"><GettingStarted project/></Panel> }.into_any(),
                    None => view! { <Attention page/> }.into_any(),
                }}
            </div>
            <Panel title="My projects" actions=all flush=true>
                <ul>{rows}</ul>
            </Panel>
        </div>
    }
}

fn nothing() -> AnyView {
    let text = "Make a project, or ask a colleague for a role in hers. Runs, data, code and models live in projects.";
    view! {
        <Empty icon=IconName::Folder title="You are in no project yet" text=text>
            <ButtonLink href=Route::Projects.to_string() emphasis=Emphasis::Primary icon=IconName::Folder>"Go to the projects"</ButtonLink>
        </Empty>
    }
    .into_any()
}
