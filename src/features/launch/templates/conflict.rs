//! What to do when somebody else has changed a template that is to be updated.

use leptos::prelude::*;

use super::acts::Acts;
use super::changes::changes;
use crate::ui::{Button, Dialog, Emphasis};
use crate::widgets::open_about;

/// Says what somebody else has changed, and asks what the template shall hold.
#[component]
pub(super) fn Conflict(acts: Acts) -> impl IntoView {
    let update = acts.update;
    let open = open_about(update.overtaken);
    Effect::new(move || {
        if update.overtaken.read().is_none() {
            open.set(false);
        }
    });
    let told = move || {
        let now = update.overtaken.get()?;
        let lines = update.base().map(|before| changes(&before, &now)).unwrap_or_default();
        Some(lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view())
    };
    let under_way = Signal::derive(move || update.busy().get().then(|| "It is under way.".to_owned()));
    let footer = move || {
        view! {
            <Button disabled_reason=under_way on_click=move |_| acts.take_theirs()>"Take theirs"</Button>
            <Button emphasis=Emphasis::Primary busy=update.busy() on_click=move |_| update.overwrite()>
                "Update all the same"
            </Button>
        }
    };
    view! {
        <Dialog
            open
            title="Somebody else has changed this template"
            description=Some("What you typed is in the form still. What has changed since you began:".to_owned())
            locked=update.busy()
            footer=footer
        >
            <ul class="changes">{told}</ul>
        </Dialog>
    }
}
