//! Changing a schedule.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::schedule::{Schedule, SchedulePatch};

use super::draft::{Changed, Draft};
use super::fields::{Fields, ScheduleFields};
use crate::queries;
use crate::ui::{Button, Dialog, DialogWidth, IconName};
use crate::widgets::{EditForm, FormErrors, differences, why_not};

/// The button that changes a schedule, and its dialog.
#[component]
pub(super) fn EditSchedule(project: ProjectId, schedule: Signal<Arc<Schedule>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = why_not(project, Action::SubmitRuns);
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title="Edit schedule" width=DialogWidth::Wide locked=busy>
            {move || view! { <ScheduleForm project schedule open busy/> }}
        </Dialog>
    }
}

#[component]
fn ScheduleForm(
    project: ProjectId,
    schedule: Signal<Arc<Schedule>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(schedule.get_untracked());
    let stored = move || Draft::from(&**seen.read_untracked());
    let fields = Fields::of(stored());
    let change = queries::schedules::change();
    let errors = FormErrors::of(change);
    let submit = move |()| {
        let seen = seen.get_untracked();
        let (id, version) = (seen.schedule_id, seen.version);
        let changed = Changed { draft: fields.draft(), seen: (*seen).clone() };
        if let Some(patch) = errors.check::<_, SchedulePatch>(changed) {
            change.dispatch_local((project, id, version, patch));
        }
    };
    view! {
        <EditForm
            latest=schedule
            seen
            version=|schedule: &Schedule| schedule.version
            changes
            change
            errors
            shown=Fields::SHOWN
            open
            busy
            on_take=move |()| fields.fill(stored())
            on_submit=submit
        >
            <ScheduleFields project fields errors/>
        </EditForm>
    }
}

fn changes(before: &Schedule, now: &Schedule) -> Vec<String> {
    let state = |schedule: &Schedule| if schedule.paused { "paused" } else { "on" }.to_owned();
    let request = |schedule: &Schedule| {
        schedule.request.as_ref().and_then(|request| serde_json::to_string(request).ok()).unwrap_or_default()
    };
    differences([
        ("state", state(before), state(now)),
        ("name", before.name.clone(), now.name.clone()),
        ("time", before.sentence.clone(), now.sentence.clone()),
        ("policy for missed times", before.missed_times.to_string(), now.missed_times.to_string()),
        ("run", request(before), request(now)),
    ])
}
