//! Markdown as others will read it, while it is typed.

use std::time::Duration;

use leptos::prelude::*;

use super::{Loaded, Markdown, settled};
use crate::queries;

/// How long to wait for the next letter before the preview follows.
const PAUSE: Duration = Duration::from_millis(300);

/// What is typed, as others will read it; `children` stand where nothing is.
#[component]
pub fn MarkdownPreview(
    /// The Markdown.
    text: RwSignal<String>,
    /// What stands where nothing is typed.
    children: ChildrenFn,
) -> impl IntoView {
    let settled = settled::<String>(text.into(), PAUSE);
    let described = Memo::new(move |_| !settled.read().trim().is_empty());
    let query = queries::markdown::document(move || Some(settled.get()).filter(|_| described.get()));
    move || match described.get() {
        true => view! {
            <Loaded query count=3 let:document>
                <Markdown document=Signal::derive(move || document.read().as_ref().clone())/>
            </Loaded>
        }
        .into_any(),
        false => children().into_any(),
    }
}
