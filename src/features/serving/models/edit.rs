//! Changing a saved model.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::SavedModel;
use models::permission::Action;

use super::draft::Draft;
use super::fields::{Fields, ModelFields};
use crate::queries;
use crate::ui::{Button, Dialog, IconName};
use crate::widgets::{EditForm, FormErrors, differences, why_not};

/// The button that changes a saved model, and its dialog.
#[component]
pub(super) fn EditModel(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = why_not(project, Action::EditRuns);
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title="Edit saved model" locked=busy>
            {move || view! { <ModelForm project model open busy/> }}
        </Dialog>
    }
}

#[component]
fn ModelForm(
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
    let submit = move |()| {
        if let Some(patch) = errors.check(fields.draft()) {
            let (id, version) = seen.with_untracked(|model| (model.model_id, model.version));
            change.dispatch_local((project, id, version, patch));
        }
    };
    view! {
        <EditForm
            latest=model
            seen
            version=|model: &SavedModel| model.version
            changes
            change
            errors
            shown=Fields::SHOWN
            open
            busy
            on_take=move |()| fields.fill(stored())
            on_submit=submit
        >
            <ModelFields project fields errors/>
        </EditForm>
    }
}

fn changes(before: &SavedModel, now: &SavedModel) -> Vec<String> {
    let definition = |model: &SavedModel| {
        model.model_repository.as_ref().map_or_else(String::new, |made| made.name.clone())
    };
    let definitions = (definition(before), definition(now));
    let (before, now) = (Draft::from(before), Draft::from(now));
    differences([
        ("name", before.name, now.name),
        ("run", before.run, now.run),
        ("address", before.uri, now.uri),
        ("storage", before.location, now.location),
        ("definition", definitions.0, definitions.1),
        ("list of parameters", before.parameters, now.parameters),
        ("image", before.image, now.image),
    ])
}
