//! Files that a browser would run.

use leptos::prelude::*;

use super::file::Shown;
use super::lines::TextPreview;
use super::words::NothingToSee;
use crate::ui::{Button, Size};

/// Says why the file is not shown as what it is; its source can be read.
#[component]
pub(super) fn Active(file: Shown, what: &'static str) -> impl IntoView {
    let is_source = RwSignal::new(false);
    let title = format!("{what} is not run here");
    let text = "It could act in your name. Download it to open it on your own machine, or read its source.";
    move || {
        if is_source.get() {
            return view! { <TextPreview file/> }.into_any();
        }
        view! {
            <NothingToSee file title=title.clone() text>
                <Button size=Size::Small on_click=move |_| is_source.set(true)>"Show the source"</Button>
            </NothingToSee>
        }
        .into_any()
    }
}
