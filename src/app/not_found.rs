//! What stands at addresses that lead nowhere.

use leptos::prelude::*;

use crate::routes::Route;
use crate::ui::{ButtonLink, Emphasis, Empty, IconName};
use crate::widgets::page_title;

/// Says that there is no such page.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    page_title(|| "Page not found".to_owned());
    view! {
        <div class="page">
            <h1 class="visually-hidden" tabindex="-1">"Page not found"</h1>
            <Empty icon=IconName::Search title="There is no page at this address" text="It may be mistyped, or the link may be incomplete.">
                <ButtonLink href=Route::Home.to_string() emphasis=Emphasis::Primary>"Go home"</ButtonLink>
            </Empty>
        </div>
    }
}
