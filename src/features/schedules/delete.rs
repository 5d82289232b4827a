//! Deleting a schedule.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::schedule::Schedule;

use crate::queries;
use crate::routes::Route;
use crate::widgets::{DeleteMenu, why_not};

/// The menu that deletes a schedule.
#[component]
pub(super) fn DeleteSchedule(project: ProjectId, schedule: Signal<Arc<Schedule>>) -> impl IntoView {
    let delete = queries::schedules::delete();
    let send = move |()| {
        let schedule = schedule.get_untracked();
        delete.dispatch_local((project, schedule.schedule_id, schedule.version));
    };
    view! {
        <DeleteMenu
            name=Signal::derive(move || schedule.read().name.clone())
            word="schedule"
            losses="Its history goes with it. The runs that it has started stay. This cannot be undone."
            why_not=why_not(project, Action::SubmitRuns)
            delete
            list=Route::Schedules(project)
            on_confirm=send
        />
    }
}
