//! Changing a saved model.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::SavedModel;
use models::permission::Action;

use super::super::parts::why_not;
use super::draft::Draft;
use super::fields::{Fields, ModelFields};
use crate::queries::{self, ApiError};
use crate::ui::{Button, Dialog, Form, IconName, SubmitRow, Toasts};
use crate::widgets::{FormErrors, Overtaken, differences};

/// The button that changes a saved model, and its dialog.
#[component]
pub(super) fn EditModel(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = why_not(project, Action::EditRuns);
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title="Edit saved model" locked=busy>
            {move || view! { <EditForm project model open busy/> }}
        </Dialog>
    }
}

#[component]
fn EditForm(
    project: ProjectId,
    model: Signal<Arc<SavedModel>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(model.get_untracked());
    let stored = move || Draft::from(&**seen.read_untracked());
    let fields = Fields::of(stored());
    let change = queries::serving::change_model();
    let errors = FormErrors::of(change);
    Effect::new(move || busy.set(change.pending().get()));
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Saved.");
        }
    });
    let submit = move |()| {
        if let Some(patch) = errors.check(fields.draft())
            && !change.pending().get_untracked()
        {
            let (id, version) = seen.with_untracked(|model| (model.model_id, model.version));
            change.dispatch_local((project, id, version, patch));
        }
    };
    let refused = Signal::derive(move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_)))));
    let summary = errors.summary(Fields::SHOWN);
    let error = Signal::derive(move || if refused.get() { None } else { summary.get() });
    view! {
        <Form error on_submit=submit>
            <Overtaken
                latest=model
                seen
                version=|model: &SavedModel| model.version
                refused
                changes
                on_take=move |()| fields.fill(stored())
            />
            <ModelFields project fields errors/>
            <SubmitRow label="Save" busy=change.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

fn changes(before: &SavedModel, now: &SavedModel) -> Vec<String> {
    let (before, now) = (Draft::from(before), Draft::from(now));
    differences([
        ("name", before.name, now.name),
        ("run", before.run, now.run),
        ("address", before.uri, now.uri),
        ("storage", before.location, now.location),
        ("definition", before.definition, now.definition),
        ("list of parameters", before.parameters, now.parameters),
    ])
}
