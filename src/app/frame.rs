//! The frame around the pages of who is signed in.

use leptos::prelude::*;

use super::account::AccountMenu;
use super::breadcrumb::PageBreadcrumb;
use super::invitations::InvitationsMenu;
use super::keys;
use super::later::{self, Later};
use super::navigation::{Navigation, remembered_state};
use crate::queries::live::{Live, LiveState};
use crate::routes::Route;
use crate::ui::{Badge, Banner, FetchedWhen, IconButton, IconName, Shell, Tone};

/// Navigation, breadcrumb and the person's menu around a page.
#[component]
pub(super) fn Frame(
    /// The page on screen.
    route: Signal<Option<Route>>,
    children: Children,
) -> impl IntoView {
    let project = Memo::new(move |_| route.get()?.project());
    let state = remembered_state();
    let searching = RwSignal::new(false);
    keys::listen(searching);
    let at_rest = later::prefetch();
    let search = move |_| searching.set(true);
    view! {
        <Shell
            state
            nav=move || view! { <Navigation project/> }
            top=move || view! { <PageBreadcrumb route/> }
            top_end=move || view! { <LiveMark/> <IconButton label="Search everything (Ctrl+K)" icon=IconName::Search on_click=search/> <InvitationsMenu at_rest/> <AccountMenu/> }
        >
            <OfflineBanner/>
            {children()}
            // Not in the head of the page, which is a landmark of its own.
            <FetchedWhen
                fetch=later::FETCH
                about=Later::Search(project, searching)
                wanted=searching
                on_failure=move |()| searching.set(false)
            />
        </Shell>
    }
}

#[component]
fn OfflineBanner() -> impl IntoView {
    let live = Live::current();
    move || {
        (!live.is_online()).then(|| {
            view! {
                <Banner tone=Tone::Warning icon=IconName::Alert>
                    "You are offline. What you see is what was read last; nothing can be saved until the connection is back."
                </Banner>
            }
        })
    }
}

/// Says when changes made elsewhere do not show up by themselves.
#[component]
fn LiveMark() -> impl IntoView {
    let live = Live::current();
    move || {
        (live.is_online() && live.state() == LiveState::Reconnecting)
            .then(|| view! { <Badge tone=Tone::Warning icon=IconName::Refresh>"Reconnecting"</Badge> })
    }
}
