//! What to do when somebody else has changed a view that is to be updated.

use leptos::prelude::*;

use super::acts::Acts;
use super::changes::changes;
use crate::ui::{Button, Dialog, Emphasis};
use crate::widgets::open_about;

/// Says what somebody else has changed, and asks whose table the view shall have.
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
    let footer = move || {
        view! {
            <Button disabled_reason=Signal::derive(move || update.busy().get().then(|| "It is under way.".to_owned())) on_click=move |_| update.take_theirs()>
                "Show theirs"
            </Button>
            <Button emphasis=Emphasis::Primary busy=update.busy() on_click=move |_| update.overwrite()>"Update all the same"</Button>
        }
    };
    view! {
        <Dialog
            open
            title="Somebody else has changed this view"
            description=Some("Your table is on screen still. What has changed since you began:".to_owned())
            locked=update.busy()
            footer=footer
        >
            <ul class="changes">{told}</ul>
        </Dialog>
    }
}
