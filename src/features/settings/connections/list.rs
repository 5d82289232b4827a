//! The list of a person's connections.

use leptos::prelude::*;
use models::page::PageQuery;

use super::super::me::me;
use super::create::CreateConnection;
use super::delete::DeleteConnection;
use super::edit::EditConnection;
use super::row::ConnectionRow;
use crate::queries;
use crate::ui::{Button, Emphasis, Empty, IconName, SkeletonShape};
use crate::widgets::{Loaded, PAGE_SIZE, PagedPanel, UrlHistory, url_state};

/// All connections: what each leads to and whether it works; making, changing and deleting them.
#[component]
pub(in super::super) fn Connections() -> impl IntoView {
    let me = me();
    let page = url_state::<u64>("page", UrlHistory::Push);
    let query = queries::connections::list(move || Some((me()?, PageQuery::nth(page.get(), PAGE_SIZE))));
    let known =
        Signal::derive(move || query.value.get().map(|found| found.items.clone()).unwrap_or_default());
    let creating = RwSignal::new(false);
    let [editing, deleting] = [(); 2].map(|()| RwSignal::new(None));
    let (on_edit, on_delete) =
        (Callback::new(move |one| editing.set(Some(one))), Callback::new(move |one| deleting.set(Some(one))));
    view! {
        <Loaded query shape=SkeletonShape::Rows count=4 let:found>
            <PagedPanel found title="Connections" page actions=move || view! { <NewButton creating/> } nothing=move || view! { <Nothing creating/> }>
                <ul class="settings-rows">
                    // A changed connection is another row: how trying out the old one went means nothing for it.
                    <For each=move || found.read().items.clone() key=|one| (one.connection_id, one.version) let:connection>
                        <ConnectionRow connection on_edit on_delete/>
                    </For>
                </ul>
            </PagedPanel>
        </Loaded>
        <CreateConnection open=creating/>
        <EditConnection connection=editing known/>
        <DeleteConnection connection=deleting known/>
    }
}

#[component]
fn NewButton(creating: RwSignal<bool>) -> impl IntoView {
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| creating.set(true)>"New connection"</Button>
    }
}

#[component]
fn Nothing(creating: RwSignal<bool>) -> impl IntoView {
    let text = "A connection holds your credentials for one system: a supercomputer, a store, a host of git. Runs and data use it in your name. Its secrets are sealed; nobody sees them again, not even you.";
    view! {
        <Empty icon=IconName::Link title="No connections yet" text=text>
            <NewButton creating/>
        </Empty>
    }
}
