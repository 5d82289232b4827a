//! Signing in with a one-time link.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::session::SignInByLink as Request;

use crate::queries;
use crate::routes::Route;
use crate::session::{Session, Standing};
use crate::ui::{ButtonLink, Emphasis, Empty, IconName, Skeleton};
use crate::widgets::{page_title, take_token};

/// Signs in with the token of the address, which is gone from there before anything else happens.
#[component]
pub(crate) fn SignInByLink() -> impl IntoView {
    page_title(|| "Sign in".to_owned());
    let (session, navigate) = (Session::current(), use_navigate());
    let sign_in = queries::session::sign_in_by_link();
    let outcome = sign_in.value();
    let token = take_token();
    let usable = token.is_some();
    if let Some(token) = token {
        sign_in.dispatch_local(Request { token });
    }
    Effect::new(move || {
        if matches!(*outcome.read(), Some(Ok(()))) && session.standing() == Standing::SignedIn {
            session.announce();
            navigate(
                &Route::Home.to_string(),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
    let refusal = move || match outcome.get() {
        Some(Err(error)) => Some(error.to_string()),
        _ if !usable => Some("This link is not complete. Copy all of it into the address line.".to_owned()),
        _ => None,
    };
    view! {
        <div class="plain-page">
            {move || match refusal() {
                Some(text) => view! {
                    <h1 class="visually-hidden" tabindex="-1">"Sign in"</h1>
                    <Empty icon=IconName::Key title="The link did not work" text=text>
                        <ButtonLink href=Route::Login.to_string() emphasis=Emphasis::Primary>"Sign in with a password"</ButtonLink>
                    </Empty>
                }.into_any(),
                None => view! { <h1 tabindex="-1">"Signing you in"</h1> <Skeleton/> }.into_any(),
            }}
        </div>
    }
}
