//! Giving a template another name.

use std::sync::Arc;

use leptos::prelude::*;
use models::problem::FieldErrors;
use models::run_template::{RunTemplate, RunTemplatePatch};

use super::acts::Acts;
use super::changes::changes;
use crate::queries::{self, ApiError};
use crate::ui::{Dialog, Field, TextInput};
use crate::widgets::{EditForm, FormErrors, open_about};

/// A name as it was typed in.
struct Draft(String);

impl TryFrom<Draft> for RunTemplatePatch {
    type Error = FieldErrors;

    fn try_from(Draft(name): Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        match errors.keep("name", name.parse()) {
            Some(name) => Ok(Self { name: Some(name), ..Self::default() }),
            None => Err(errors),
        }
    }
}

/// Asks for another name of the template, while one is asked for.
#[component]
pub(super) fn RenameTemplate(acts: Acts) -> impl IntoView {
    let open = open_about(acts.renaming);
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title="Rename the template" locked=busy>
            {move || acts.renaming.get_untracked().map(|template| view! { <NameForm acts template open busy/> })}
        </Dialog>
    }
}

#[component]
fn NameForm(acts: Acts, template: RunTemplate, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let (project, id) = (acts.launch.project, template.template_id);
    let name = RwSignal::new(template.name.clone());
    let seen = RwSignal::new(Arc::new(template));
    let change = queries::templates::change();
    let errors = FormErrors::of(change);
    // A refusal holds what somebody else made of it.
    let latest = Signal::derive(move || match &*change.value().read() {
        Some(Err(ApiError::Stale(now))) => {
            serde_json::from_value(now.clone()).map_or_else(|_| seen.get(), Arc::new)
        }
        Some(Ok(()) | Err(_)) | None => seen.get(),
    });
    let submit = move |()| {
        if let Some(patch) = errors.check(Draft(name.get_untracked())) {
            change.dispatch((project, id, seen.read_untracked().version, patch));
        }
    };
    view! {
        <EditForm
            latest
            seen
            version=|template: &RunTemplate| template.version
            changes
            change
            errors
            shown=&["name"]
            open
            busy
            on_take=move |()| name.set(seen.read_untracked().name.clone())
            on_submit=submit
        >
            <Field label="Name" error=errors.at("name")>
                <TextInput value=name autofocus=true/>
            </Field>
        </EditForm>
    }
}
