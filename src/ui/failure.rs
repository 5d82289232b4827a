//! What stands in place of something that could not be shown.

use leptos::prelude::*;

use super::button::Button;
use super::icon::{Icon, IconName};

/// Says what failed and what to do, in the place of what failed.
#[component]
pub fn Failure(
    /// What failed: `The runs could not be loaded`.
    #[prop(into)]
    title: String,
    /// What to do now, in a sentence.
    #[prop(into)]
    text: String,
    /// The name of the request in the server's log, to give to who looks into it.
    #[prop(optional, into)]
    request_id: Option<String>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="failure" role="alert">
            <Icon name=IconName::Alert/>
            <div class="failure-words">
                <h2>{title}</h2>
                <p>{text}</p>
                {request_id.map(|id| view! { <p class="failure-request">"Request " <code>{id}</code></p> })}
            </div>
            {on_retry.map(|retry| view! {
                <Button icon=IconName::Refresh on_click=move |_| retry.run(())>"Try again"</Button>
            })}
        </div>
    }
}
