//! All icons.

use leptos::prelude::*;

use crate::ui::{Icon, IconName, Logo, Spinner};

#[component]
pub(super) fn Icons() -> impl IntoView {
    let icon = |name: &IconName| {
        view! { <li class="gallery-icon"><Icon name=*name/><span>{format!("{name:?}")}</span></li> }
    };
    view! {
        <ul class="gallery-icons">
            <li class="gallery-icon"><Logo/><span>"Logo"</span></li>
            <li class="gallery-icon"><Spinner/><span>"Spinner"</span></li>
            {IconName::ALL.iter().map(icon).collect_view()}
        </ul>
    }
}
