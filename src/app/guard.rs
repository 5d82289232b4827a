//! Keeps pages to people who are signed in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::later::{self, Later};
use crate::queries;
use crate::queries::confirmation::Confirmation;
use crate::routes::Route;
use crate::session::{Session, Standing};
use crate::ui::{FetchedWhen, Skeleton};
use crate::widgets::loaded::failed;

/// Shows its children to who is signed in, and leads everybody else to where one signs in. When the session ends
/// later, a dialog asks to sign in again, and nothing on the page is lost.
#[component]
pub(super) fn RequireSession(children: ChildrenFn) -> impl IntoView {
    let session = Session::current();
    let standing = Memo::new(move |_| session.standing());
    move || match standing.get() {
        Standing::SignedIn => view! { {children()} <Questions/> }.into_any(),
        Standing::SignedOut => view! { <LeadToSignIn/> }.into_any(),
        Standing::Unknown => view! { <Unknown/> }.into_any(),
    }
}

/// What is asked over the page: for the password, and who is there when the session has ended.
#[component]
fn Questions() -> impl IntoView {
    let session = Session::current();
    let confirmation = Confirmation::current();
    let is_lost = Signal::derive(move || session.is_lost());
    view! {
        <FetchedWhen fetch=later::FETCH about=Later::SignInAgain wanted=is_lost on_failure=|()| ()/>
        <FetchedWhen
            fetch=later::FETCH
            about=Later::ConfirmIdentity
            wanted=confirmation.asked()
            on_failure=move |()| confirmation.settle(false)
        />
    }
}

#[component]
fn Unknown() -> impl IntoView {
    let query = Session::current().query();
    view! {
        <main class="plain-page" id="page" tabindex="-1">
            {move || match query.error.get() {
                Some(error) => failed(&error, query.refetch),
                None => view! { <Skeleton/> }.into_any(),
            }}
        </main>
    }
}

/// Leads to the sign-in page, or on a new server to its set-up.
#[component]
fn LeadToSignIn() -> impl IntoView {
    let (location, navigate) = (use_location(), use_navigate());
    let setup = queries::session::setup_state();
    let destination = move || {
        let path = location.pathname.get_untracked();
        let query = location.query.with_untracked(leptos_router::params::ParamsMap::to_query_string);
        match (setup.value.get(), setup.error.get()) {
            (Some(setup), _) if setup.needed => Some(Route::Setup.to_string()),
            (Some(_), _) | (None, Some(_)) => Some(Route::login_and_return(&format!("{path}{query}"))),
            (None, None) => None,
        }
    };
    Effect::new(move || {
        if let Some(destination) = destination() {
            navigate(&destination, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    view! { <main class="plain-page"><Skeleton/></main> }
}
