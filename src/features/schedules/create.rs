//! Having runs started by themselves.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};

use super::draft::Draft;
use super::fields::{Fields, ScheduleFields};
use crate::queries;
use crate::routes::Route;
use crate::session::Session;
use crate::ui::DialogWidth;
use crate::widgets::{CreateDialog, FormErrors};

/// Asks for a schedule and opens its page. What was typed stays until it is made.
#[component]
pub(super) fn CreateSchedule(
    project: ProjectId,
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
    /// The run whose request is the template.
    template: Signal<Option<RunId>>,
) -> impl IntoView {
    let fields = Fields::of(Draft::default());
    let create = queries::schedules::create();
    let errors = FormErrors::of(create);
    let session = Session::current();
    let run = queries::runs::get_when(move || Some((project, template.get()?)));
    let filled = StoredValue::new(None::<RunId>);
    Effect::new(move || {
        let Some(run) = run.value.get().filter(|run| template.get() == Some(run.run_id)) else { return };
        if filled.get_value() != Some(run.run_id) {
            filled.set_value(Some(run.run_id));
            // What she may not name would be refused.
            let is_hers = session.user().is_some_and(|user| user.user_id == run.user.user_id);
            if let Some(draft) = Draft::like(&run, is_hers) {
                fields.fill(draft);
            }
        }
    });
    let submit = move |()| {
        if let Some(new) = errors.check(fields.draft()) {
            create.dispatch_local((project, new));
        }
    };
    view! {
        <CreateDialog
            title="New schedule"
            done="The schedule was made."
            create
            errors
            shown=Fields::SHOWN
            open
            width=DialogWidth::Wide
            route=move |id| Route::Schedule(project, id)
            on_made=move |()| fields.fill(Draft::default())
            on_submit=submit
        >
            <ScheduleFields project fields errors/>
        </CreateDialog>
    }
}
