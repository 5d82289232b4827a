//! The page where one signs in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::sign_in_form::SignInForm;
use crate::routes::Route;
use crate::session::{Session, Standing};
use crate::ui::Logo;
use crate::widgets::page_title;

/// Signs in, and returns to the page that asked for it.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    page_title(|| "Sign in".to_owned());
    let session = Session::current();
    let (query, navigate) = (use_location().query, use_navigate());
    Effect::new(move || {
        if session.standing() == Standing::SignedIn {
            let next = query.with_untracked(|query| query.get("next"));
            let target =
                next.filter(|next| Route::is_safe_return(next)).unwrap_or_else(|| Route::Home.to_string());
            navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    view! {
        <div class="plain-page">
            <header class="sign-in-header">
                <Logo/>
                <h1 tabindex="-1">"Sign in to Mantik"</h1>
            </header>
            <SignInForm/>
        </div>
    }
}
