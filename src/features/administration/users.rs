//! All people of the server.

use leptos::prelude::*;
use models::page::PageQuery;
use models::person::UserRecord;

use super::create::CreateUser;
use super::link::NewLink;
use super::only_administrators::OnlyAdministrators;
use super::row::UserRow;
use crate::queries;
use crate::ui::{Button, Confirm, Emphasis, Empty, IconName, PageHeader, SearchField, SkeletonShape, Toasts};
use crate::widgets::{Loaded, PAGE_SIZE, PagedPanel, UrlHistory, page_title, tell_outcome, url_state};

/// What is asked about somebody.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// Whom to give a link to sign in with.
    pub(super) link: RwSignal<Option<UserRecord>>,
    /// Whom to keep out.
    pub(super) disable: RwSignal<Option<UserRecord>>,
    /// Lets somebody in again.
    pub(super) enable: Callback<UserRecord>,
}

/// All people of the server, for those who administer it.
#[component]
pub(crate) fn Users() -> impl IntoView {
    page_title(|| "Users".to_owned());
    view! {
        <OnlyAdministrators title="Users" text="Who administers the server adds people here and keeps them out.">
            <All/>
        </OnlyAdministrators>
    }
}

#[component]
fn All() -> impl IntoView {
    let search = url_state::<String>("q", UrlHistory::Replace);
    let page = url_state::<u64>("page", UrlHistory::Push);
    Effect::watch(move || search.get(), move |_, _, _| page.set(0), false);
    let query = queries::users::list(move || {
        (search.read().trim().to_owned(), PageQuery::nth(page.get(), PAGE_SIZE))
    });
    let creating = RwSignal::new(false);
    let asked = asked();
    let create = move || {
        view! {
            <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| creating.set(true)>"Add a person"</Button>
        }
    };
    view! {
        <div class="page">
            <PageHeader title="Users" actions=create/>
            <div class="toolbar"><SearchField label="Search users" value=search/></div>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                <PagedPanel found title="Users" page nothing=move || nothing(search)>
                    <ul>{move || found.get().items.iter().cloned().map(|user| view! { <UserRow user asked/> }).collect_view()}</ul>
                </PagedPanel>
            </Loaded>
            <CreateUser open=creating/>
            <NewLink asked=asked.link/>
            <Disable asked=asked.disable/>
        </div>
    }
}

fn asked() -> Asked {
    let enable = queries::users::enable();
    tell_outcome(enable, "Let in again.");
    let let_in = move |user: UserRecord| {
        enable.dispatch_local(user.user.user_id);
    };
    Asked { link: RwSignal::new(None), disable: RwSignal::new(None), enable: Callback::new(let_in) }
}

fn nothing(search: RwSignal<String>) -> AnyView {
    let text = "Nobody's name or e-mail address holds this text.";
    view! {
        <Empty icon=IconName::Search title="Nobody matches" text>
            <Button on_click=move |_| search.set(String::new())>"Clear the search"</Button>
        </Empty>
    }
    .into_any()
}

/// Asks before somebody is kept out.
#[component]
fn Disable(asked: RwSignal<Option<UserRecord>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let disable = queries::users::disable();
    Effect::new(move || {
        if asked.read().is_some() {
            disable.clear();
            open.set(true);
        }
    });
    Effect::new(move || {
        if matches!(*disable.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Kept out.");
        }
    });
    let name = move || asked.get().map_or_else(String::new, |user| user.user.name);
    let error = Signal::derive(move || Some(disable.value().get()?.err()?.to_string()));
    let send = move |()| {
        if let Some(user) = asked.get_untracked() {
            disable.dispatch_local(user.user.user_id);
        }
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Keep {} out?", name()))
            action="Disable"
            busy=disable.pending()
            error
            on_confirm=send
        >
            <p>"All sessions and tokens of this person end at once. What the person made stays, and access can be given back."</p>
        </Confirm>
    }
}
