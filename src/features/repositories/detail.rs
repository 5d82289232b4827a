//! The page of a thing: what it is, how the runs fared that used it, and with what they used it.

use leptos::prelude::*;
use models::id::{CodeRepositoryId, ProjectId};
use models::lineage::LineageReference;
use models::query::{Field, Filter};
use models::repository::RepositoryKind;
use uuid::Uuid;

use super::delete::DeleteRepository;
use super::edit::EditRepository;
use super::entry_points::EntryPoints;
use super::facts::Facts;
use super::partners::Partners;
use crate::queries;
use crate::routes::Route;
use crate::ui::{ButtonLink, CopyButton, Fact, IconName, KeyValue, Link, Panel, SkeletonShape, ThingHeading};
use crate::widgets::{
    LabelList, LineagePanel, Loaded, Markdown, Named, ProjectHeader, RelativeTime, RunList, page_name,
    page_title, place,
};

/// Runs in the list of the latest.
const LATEST: u64 = 12;

/// What a thing is, and what became of it.
#[component]
pub(crate) fn RepositoryPage(project: ProjectId, kind: RepositoryKind, id: Uuid) -> impl IntoView {
    let query = queries::repositories::get(move || (project, kind, id));
    let known = Memo::new(move |_| query.value.get().map(|repository| Facts::of(&repository)));
    let name = Signal::derive(move || known.get().map(|facts| facts.name));
    page_title(move || name.get().unwrap_or_else(|| kind.title().to_owned()));
    page_name(move || name.get().map(|name| Named::alone(&name)));
    view! {
        <div class="page">
            <ProjectHeader project/>
            <Loaded query shape=SkeletonShape::Cards count=3 let:repository>
                {
                    let facts = Signal::derive(move || Facts::of(&repository.read()));
                    view! {
                        <ThingHeading
                            name=Signal::derive(move || facts.get().name)
                            beside=move || view! { <LabelList labels=Signal::derive(move || facts.get().labels)/> }
                        >
                            {run_with(project, kind, id)}
                            <EditRepository project kind repository/>
                            <DeleteRepository project kind facts/>
                        </ThingHeading>
                        <div class="split">
                            <div class="stack">
                                <Runs project kind id/>
                                {(kind == RepositoryKind::Code).then(|| view! { <EntryPoints project code=CodeRepositoryId(id)/> })}
                                <LineagePanel project of=LineageReference { kind: kind.in_lineage(), id }/>
                                <Description facts/>
                            </div>
                            <div class="stack">
                                <About facts/>
                                <Partners project kind id/>
                            </div>
                        </div>
                    }
                }
            </Loaded>
        </div>
    }
}

/// Leads to the form that starts a run with this thing, for what runs execute or read.
fn run_with(project: ProjectId, kind: RepositoryKind, id: Uuid) -> Option<impl IntoView> {
    let label = match kind {
        RepositoryKind::Code => "Run this code",
        RepositoryKind::Data => "Run with this data",
        RepositoryKind::Experiments | RepositoryKind::Models => return None,
    };
    let href = Route::launch_with(project, kind, id);
    Some(view! { <ButtonLink href icon=IconName::Play>{label}</ButtonLink> })
}

#[component]
fn Runs(project: ProjectId, kind: RepositoryKind, id: Uuid) -> impl IntoView {
    let filter = Filter::equals(Field::Attribute(kind.attribute()), Some(id.to_string())).to_string();
    let href = Route::runs_where(project, &filter);
    let all = move || view! { <Link href=href.clone()>"All in the table"</Link> };
    view! {
        <Panel title="Latest runs that used it" actions=all flush=true>
            <RunList project filter limit=LATEST>
                <p class="list-note">"No run has used it yet."</p>
            </RunList>
        </Panel>
    }
}

#[component]
fn Description(facts: Signal<Facts>) -> impl IntoView {
    let document = Memo::new(move |_| facts.get().description);
    let described = Memo::new(move |_| !document.read().is_empty());
    move || described.get().then(|| view! { <Panel title="Description"><Markdown document/></Panel> })
}

#[component]
fn About(facts: Signal<Facts>) -> impl IntoView {
    let lines = move || {
        let line = |(name, value): (&'static str, String)| view! { <Fact name=name>{value}</Fact> };
        facts.get().others.into_iter().map(line).collect_view()
    };
    view! {
        <Panel title="About">
            <KeyValue>
                <Fact name="Where">{move || place(facts.get().uri)}</Fact>
                {lines}
                <Fact name="Id">
                    <span class="mono truncate">{move || facts.get().id.to_string()}</span>
                    <CopyButton text=Signal::derive(move || facts.get().id.to_string()) label="Copy the id"/>
                </Fact>
                <Fact name="Added"><RelativeTime at=Signal::derive(move || Some(facts.get().created_at))/></Fact>
                <Fact name="Changed"><RelativeTime at=Signal::derive(move || Some(facts.get().updated_at))/></Fact>
            </KeyValue>
        </Panel>
    }
}
