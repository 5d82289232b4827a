//! Where something lies.

use leptos::prelude::*;

use crate::ui::ExternalLink;
use crate::ui::format::NOTHING;
use crate::ui::link::web_host;

/// Where it lies: a link out where a browser can go there.
#[must_use]
pub fn place(uri: Option<String>) -> AnyView {
    match uri {
        Some(uri) if web_host(&uri).is_some() => {
            let text = uri.trim_start_matches("https://").trim_end_matches('/').to_owned();
            view! { <ExternalLink href=uri text/> }.into_any()
        }
        Some(uri) => view! { <span class="mono small">{uri}</span> }.into_any(),
        None => view! { <span class="faint">{NOTHING}</span> }.into_any(),
    }
}
