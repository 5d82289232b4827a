//! What to do when somebody else has changed a saved thing that is to be updated.

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::Meanwhile;
use crate::ui::{Button, Dialog, Emphasis};
use crate::widgets::open_about;

/// Says what somebody else has changed, and asks what the saved thing shall hold.
#[component]
pub fn OvertakenDialog<T: Clone + DeserializeOwned + Send + Sync + 'static>(
    meanwhile: Meanwhile<T>,
    title: &'static str,
    /// Where the person's own changes are.
    description: &'static str,
    /// What differs between two versions, in sentences.
    changes: fn(&T, &T) -> Vec<String>,
    #[prop(into)] busy: Signal<bool>,
    /// What the button says that takes their version.
    take: &'static str,
    #[prop(into)] on_take: Callback<T>,
    /// Updates this version of the thing all the same.
    #[prop(into)]
    on_overwrite: Callback<T>,
) -> impl IntoView {
    let overtaken = meanwhile.overtaken;
    let open = open_about(overtaken);
    Effect::new(move || {
        if overtaken.read().is_none() {
            open.set(false);
        }
    });
    let told = move || {
        let now = overtaken.get()?;
        let lines = meanwhile.base().map(|before| changes(&before, &now)).unwrap_or_default();
        Some(lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view())
    };
    let take_theirs = move |_| {
        if let Some(theirs) = overtaken.get_untracked() {
            overtaken.set(None);
            on_take.run(theirs);
        }
    };
    let overwrite = move |_| {
        if let Some(theirs) = overtaken.get_untracked() {
            on_overwrite.run(theirs);
        }
    };
    let under_way = Signal::derive(move || busy.get().then(|| "It is under way.".to_owned()));
    let footer = move || {
        view! {
            <Button disabled_reason=under_way on_click=take_theirs>{take}</Button>
            <Button emphasis=Emphasis::Primary busy on_click=overwrite>"Update all the same"</Button>
        }
    };
    view! {
        <Dialog open title description=Some(description.to_owned()) locked=busy footer>
            <ul class="changes">{told}</ul>
        </Dialog>
    }
}
