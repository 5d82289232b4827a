//! What is said about a preview.

use std::sync::Arc;

use leptos::prelude::*;

use super::file::Shown;
use crate::queries::runs::FilePart;
use crate::ui::format::bytes;
use crate::ui::{Button, Icon, IconName, Size};

/// Says how much of the file is shown, and offers more as long as there may be more.
#[component]
pub(super) fn Rest(
    part: Signal<Arc<FilePart>>,
    can_grow: Signal<bool>,
    busy: Signal<bool>,
    #[prop(into)] on_more: Callback<()>,
) -> impl IntoView {
    let said = move || {
        let part = part.read();
        let (shown, total) = (bytes(part.bytes.len() as u64), bytes(part.total));
        if can_grow.get() {
            format!("The first {shown} of {total}.")
        } else {
            format!("The first {shown} of {total}. Download the file for the rest.")
        }
    };
    view! {
        <div class="preview-note" role="status">
            <span>{said}</span>
            <Show when=move || can_grow.get()>
                <Button size=Size::Small busy on_click=move |_| on_more.run(())>"Show more"</Button>
            </Show>
        </div>
    }
}

/// Says why a file is shown otherwise than its name suggests.
#[component]
pub(super) fn Note(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="preview-note" role="status"><Icon name=IconName::Info/> <span>{text}</span></p> }
}

/// Says that there is nothing to be seen, why, and how to get the file all the same.
#[component]
pub(super) fn NothingToSee(
    file: Shown,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// Another button beside the one that downloads.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="preview-nothing">
            <Icon name=IconName::File/>
            <h3>{title}</h3>
            <p>{text}</p>
            <div class="cluster">
                <super::file::DownloadFile file worded=true/>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
