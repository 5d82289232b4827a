//! What to do when somebody else has changed a view that is to be updated.

use leptos::prelude::*;
use models::run_view::RunView;

use super::acts::Acts;
use super::changes::changes;
use crate::widgets::saved::OvertakenDialog;

/// Says what somebody else has changed, and asks whose table the view shall have.
#[component]
pub(super) fn Conflict(acts: Acts) -> impl IntoView {
    let update = acts.update;
    view! {
        <OvertakenDialog
            meanwhile=update.meanwhile
            title="Somebody else has changed this view"
            description="Your table is on screen still. What has changed since you began:"
            changes
            busy=update.busy()
            take="Show theirs"
            on_take=move |theirs: RunView| acts.address.open(Some(theirs.view_id))
            on_overwrite=move |theirs| update.send(&theirs)
        />
    }
}
