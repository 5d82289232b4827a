//! Mounts what is in view, and keeps the room of what is not.

use leptos::{html, prelude::*};

use crate::ui::observe::watch_visibility;

/// From how far outside the view its children are mounted.
const MARGIN: &str = "300px";

/// Mounts its children while they are in view or near it, so that a page of two hundred charts costs as much
/// as the few that are seen.
#[component]
pub fn WhenVisible(
    /// The room that is kept, as a CSS length.
    #[prop(into)]
    height: String,
    /// What is mounted.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let visible = RwSignal::new(false);
    Effect::new(move || {
        if let Some(element) = node.get() {
            watch_visibility(&element, MARGIN, move |now| visible.set(now));
        }
    });
    view! {
        <div class="when-visible" node_ref=node style:min-height=height>
            <Show when=move || visible.get()>{children()}</Show>
        </div>
    }
}
