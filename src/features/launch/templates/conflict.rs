//! What to do when somebody else has changed a template that is to be updated.

use leptos::prelude::*;

use super::acts::Acts;
use super::changes::changes;
use crate::widgets::saved::OvertakenDialog;

/// Says what somebody else has changed, and asks what the template shall hold.
#[component]
pub(super) fn Conflict(acts: Acts) -> impl IntoView {
    let update = acts.update;
    view! {
        <OvertakenDialog
            meanwhile=update.meanwhile
            title="Somebody else has changed this template"
            description="What you typed is in the form still. What has changed since you began:"
            changes
            busy=update.busy()
            take="Take theirs"
            on_take=move |theirs| acts.fill(&theirs)
            on_overwrite=move |theirs| update.send(&theirs)
        />
    }
}
