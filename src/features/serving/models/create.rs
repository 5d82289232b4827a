//! Adding a saved model to a project.

use leptos::prelude::*;
use models::id::ProjectId;

use super::draft::Draft;
use super::fields::{Fields, ModelFields};
use crate::queries;
use crate::routes::Route;
use crate::widgets::{CreateDialog, FormErrors};

/// Asks for a saved model and opens its page. What was typed stays until it is made.
#[component]
pub(super) fn CreateModel(
    project: ProjectId,
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let fields = Fields::of(Draft::default());
    let create = queries::serving::create_model();
    let errors = FormErrors::of(create);
    let submit = move |()| {
        if let Some(new) = errors.check(fields.draft()) {
            create.dispatch_local((project, new));
        }
    };
    view! {
        <CreateDialog
            title="Add saved model"
            done="The saved model was added."
            create
            errors
            shown=Fields::SHOWN
            open
            route=move |id| Route::SavedModel(project, id)
            on_made=move |()| fields.fill(Draft::default())
            on_submit=submit
        >
            <ModelFields project fields errors/>
        </CreateDialog>
    }
}
