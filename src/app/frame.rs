//! The frame around the pages of who is signed in.

use leptos::prelude::*;

use super::account::AccountMenu;
use super::breadcrumb::PageBreadcrumb;
use super::invitations::InvitationsMenu;
use super::keys;
use super::navigation::{Navigation, remembered_state};
use super::palette::{Search, SearchButton};
use crate::queries::live::{Live, LiveState};
use crate::routes::Route;
use crate::ui::{Badge, Banner, IconName, Shell, Tone};

/// Navigation, breadcrumb and the person's menu around a page.
#[component]
pub(super) fn Frame(
    /// The page on screen.
    route: Memo<Option<Route>>,
    children: Children,
) -> impl IntoView {
    let project = Memo::new(move |_| route.get()?.project());
    let state = remembered_state();
    let searching = RwSignal::new(false);
    keys::listen();
    view! {
        <Shell
            state
            nav=move || view! { <Navigation project/> }
            top=move || view! { <PageBreadcrumb route/> }
            top_end=move || view! { <LiveMark/> <SearchButton open=searching/> <InvitationsMenu/> <AccountMenu/> }
        >
            <OfflineBanner/>
            {children()}
            // Not in the head of the page, which is a landmark of its own.
            <Search project open=searching/>
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
