//! Adding a thing to a project.

use leptos::prelude::*;
use models::id::ProjectId;
use models::repository::RepositoryKind;

use super::draft::Draft;
use super::fields::{Fields, RepositoryFields};
use super::words::words;
use crate::queries;
use crate::routes::Route;
use crate::widgets::{CreateDialog, FormErrors};

/// Asks for a new thing and opens its page. What was typed stays until it is made.
#[component]
pub(super) fn CreateRepository(
    project: ProjectId,
    kind: RepositoryKind,
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let fields = Fields::of(Draft::empty(kind));
    let create = queries::repositories::create();
    let errors = FormErrors::of(create);
    let words = words(kind);
    let submit = move |()| {
        if let Some(new) = errors.check(fields.draft()) {
            create.dispatch_local((project, new));
        }
    };
    view! {
        <CreateDialog
            title=words.add
            done=format!("The {} was added.", words.one)
            create
            errors
            shown=Fields::SHOWN
            open
            route=move |id| Route::Repository(project, kind, id)
            on_made=move |()| fields.fill(Draft::empty(kind))
            on_submit=submit
        >
            <RepositoryFields project fields errors/>
        </CreateDialog>
    }
}
