//! Saving the model that a run has trained.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::{ProjectId, RunId};
use models::model::NewSavedModel;
use models::problem::FieldErrors;

use super::FormErrors;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Dialog, Field, Form, SubmitRow, TextInput, Toasts};

/// Asks for a name, saves the model that the run has trained, and opens its page.
#[component]
pub fn SaveModel(
    /// The project.
    project: ProjectId,
    /// The run.
    run: RunId,
    /// A name that suits.
    suggestion: String,
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let name = RwSignal::new(suggestion);
    let create = queries::serving::create_model();
    let errors = FormErrors::of(create);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(id)) = create.value().get() {
            open.set(false);
            Toasts::current().success("The model was saved.");
            navigate(&Route::SavedModel(project, id).to_string(), NavigateOptions::default());
        }
    });
    let submit = move |()| {
        let draft = Draft { name: name.get_untracked(), run };
        if let Some(new) = errors.check::<_, NewSavedModel>(draft)
            && !create.pending().get_untracked()
        {
            create.dispatch_local((project, new));
        }
    };
    view! {
        <Dialog open title="Save model" locked=create.pending()>
            <Form error=errors.summary(&["name"]) on_submit=submit>
                <p>"The model is what the run has logged among its artifacts. It keeps its way back to the run, its code and its data."</p>
                <Field label="Name" error=errors.at("name")>
                    <TextInput value=name autofocus=true/>
                </Field>
                <SubmitRow label="Save model" busy=create.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        </Dialog>
    }
}

/// A saved model as it was typed in.
struct Draft {
    name: String,
    run: RunId,
}

impl TryFrom<Draft> for NewSavedModel {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", draft.name.parse());
        name.ok_or(errors).map(|name| Self {
            name,
            uri: None,
            location: None,
            connection_id: None,
            mlflow_parameters: None,
            run_id: Some(draft.run),
            model_repository_id: None,
            image_reference: None,
        })
    }
}
