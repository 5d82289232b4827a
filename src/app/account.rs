//! The menu of the person who is signed in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::queries;
use crate::routes::{Route, SettingsPage};
use crate::session::Session;
use crate::ui::{
    Emphasis, IconName, Menu, MenuItem, MenuLink, MenuSeparator, MenuTitle, Theme, ThemeChoice, Toasts,
};

/// Her name, her settings, the theme, and signing out.
#[component]
pub(super) fn AccountMenu() -> impl IntoView {
    let session = Session::current();
    let name = Signal::derive(move || session.user().map_or_else(|| "Account".to_owned(), |user| user.name));
    let navigate = use_navigate();
    let sign_out = queries::session::sign_out();
    Effect::new(move || match sign_out.value().get() {
        Some(Ok(())) => {
            // To the sign-in page first: the guard would remember where she was, for whoever signs in next.
            navigate(
                &Route::Login.to_string(),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
            session.end();
        }
        Some(Err(error)) => {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned))
        }
        None => {}
    });
    view! {
        <Menu label=name icon=IconName::User emphasis=Emphasis::Ghost>
            <MenuLink icon=IconName::Settings href=Route::Settings(SettingsPage::Profile).to_string()>"Settings"</MenuLink>
            <MenuSeparator/>
            <MenuTitle>"Theme"</MenuTitle>
            {ThemeChoice::ALL.into_iter().map(|choice| view! { <ThemeItem choice/> }).collect_view()}
            <MenuSeparator/>
            <MenuItem icon=IconName::SignOut on_select=move |()| { sign_out.dispatch_local(()); }>"Sign out"</MenuItem>
        </Menu>
    }
}

#[component]
fn ThemeItem(choice: ThemeChoice) -> impl IntoView {
    let theme = Theme::current();
    let chosen = Signal::derive(move || theme.choice() == choice);
    view! { <MenuItem checked=chosen on_select=move |()| theme.choose(choice)>{choice.title()}</MenuItem> }
}
