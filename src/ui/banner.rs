//! A line across the page about the state of the whole.

use leptos::prelude::*;

use super::badge::Tone;
use super::icon::{Icon, IconName};

/// Says that the page is offline, out of date, or in another state that everything on it shares.
#[component]
pub fn Banner(
    /// What its colour means.
    #[prop(optional)]
    tone: Tone,
    /// Drawn before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// What to do about it: a button or a link.
    #[prop(optional, into)]
    action: Option<ViewFn>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="banner" role="status" data-tone=tone.as_str()>
            <Icon name=icon.unwrap_or(IconName::Info)/>
            <div class="banner-words">{children()}</div>
            {action.map(|action| action.run())}
        </div>
    }
}
