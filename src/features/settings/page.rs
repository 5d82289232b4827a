//! The frame of all pages of the settings.

use leptos::prelude::*;

use super::appearance::Appearance;
use super::connections::Connections;
use super::payment::Payment;
use super::profile::Profile;
use super::security::Security;
use super::tokens::Tokens;
use crate::routes::{Route, SettingsPage};
use crate::ui::{IconName, PageHeader, TabLink, TabLinks};
use crate::widgets::page_title;

/// The person's own settings: the row of their pages, and the one on screen.
#[component]
pub(crate) fn Settings(page: SettingsPage) -> impl IntoView {
    page_title(move || format!("{} · Settings", page.title()));
    let tab = |page: SettingsPage| {
        view! { <TabLink href=Route::Settings(page).to_string() icon=icon(page)>{page.title()}</TabLink> }
    };
    view! {
        <div class="page">
            <PageHeader title="Settings" about=Some(about(page).to_owned())/>
            <TabLinks label="Settings">{SettingsPage::ALL.map(tab).collect_view()}</TabLinks>
            {content(page)}
        </div>
    }
}

fn content(page: SettingsPage) -> AnyView {
    match page {
        SettingsPage::Profile => view! { <Profile/> }.into_any(),
        SettingsPage::Security => view! { <Security/> }.into_any(),
        SettingsPage::Tokens => view! { <Tokens/> }.into_any(),
        SettingsPage::Connections => view! { <Connections/> }.into_any(),
        SettingsPage::Payment => view! { <Payment/> }.into_any(),
        SettingsPage::Appearance => view! { <Appearance/> }.into_any(),
    }
}

fn icon(page: SettingsPage) -> IconName {
    match page {
        SettingsPage::Profile => IconName::User,
        SettingsPage::Security => IconName::Shield,
        SettingsPage::Tokens => IconName::Key,
        SettingsPage::Connections => IconName::Link,
        SettingsPage::Payment => IconName::Card,
        SettingsPage::Appearance => IconName::Sun,
    }
}

fn about(page: SettingsPage) -> &'static str {
    match page {
        SettingsPage::Profile => "What you are called, and where you are reached.",
        SettingsPage::Security => {
            "Your password, where you are signed in, and what was done with your secrets."
        }
        SettingsPage::Tokens => "Tokens let scripts, notebooks and jobs act for you.",
        SettingsPage::Connections => {
            "Your credentials for other systems: supercomputers, stores and hosts of git."
        }
        SettingsPage::Payment => "How compute time is paid for. Nothing is charged from here.",
        SettingsPage::Appearance => "How the console looks in this browser.",
    }
}
