//! Adding a thing to a project.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use models::id::ProjectId;
use models::repository::RepositoryKind;

use super::draft::Draft;
use super::fields::{Fields, RepositoryFields};
use super::words::words;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Dialog, Form, SubmitRow, Toasts};
use crate::widgets::FormErrors;

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
    let navigate = use_navigate();
    let words = words(kind);
    Effect::new(move || {
        if let Some(Ok(id)) = create.value().get() {
            fields.fill(Draft::empty(kind));
            open.set(false);
            Toasts::current().success(format!("The {} was added.", words.one));
            navigate(
                &Route::Repository(project, kind, id).to_string(),
                leptos_router::NavigateOptions::default(),
            );
        }
    });
    let submit = move |()| {
        if let Some(new) = errors.check(fields.draft())
            && !create.pending().get_untracked()
        {
            create.dispatch_local((project, new));
        }
    };
    view! {
        <Dialog open title=words.add locked=create.pending()>
            <Form error=errors.summary(Fields::SHOWN) on_submit=submit>
                <RepositoryFields project fields errors/>
                <SubmitRow label=words.add busy=create.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        </Dialog>
    }
}
