//! Keeps pages to people who are signed in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::confirm::ConfirmIdentity;
use crate::features::auth::SignInForm;
use crate::queries;
use crate::routes::Route;
use crate::session::{Session, Standing};
use crate::ui::{Dialog, Skeleton};
use crate::widgets::loaded::failed;

/// Shows its children to who is signed in, and leads everybody else to where one signs in. When the session ends
/// later, a dialog asks to sign in again, and nothing on the page is lost.
#[component]
pub(super) fn RequireSession(children: ChildrenFn) -> impl IntoView {
    let session = Session::current();
    let standing = Memo::new(move |_| session.standing());
    move || match standing.get() {
        Standing::SignedIn => view! { {children()} <SignInAgain/> <ConfirmIdentity/> }.into_any(),
        Standing::SignedOut => view! { <LeadToSignIn/> }.into_any(),
        Standing::Unknown => view! { <Unknown/> }.into_any(),
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

#[component]
fn SignInAgain() -> impl IntoView {
    let session = Session::current();
    let open = RwSignal::new(false);
    let is_lost = Memo::new(move |_| session.is_lost());
    Effect::new(move || open.set(is_lost.get()));
    let name = move || session.user().map(|user| user.name).unwrap_or_default();
    view! {
        <Dialog
            open
            title="Sign in again"
            description=Some("Your session has ended. What you typed is still here.".to_owned())
            locked=true
        >
            <SignInForm name=name()/>
        </Dialog>
    }
}
