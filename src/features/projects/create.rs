//! Making a project.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::queries;
use crate::routes::Route;
use crate::ui::{ChoiceCards, Dialog, Form, SubmitRow, Toasts};
use crate::widgets::{FormErrors, ProjectDraft, ProjectFields, visibilities};

/// Asks for a new project and opens it. What was typed stays until it is made.
#[component]
pub(super) fn CreateProject(
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let fields = ProjectDraft::empty();
    let create = queries::projects::create();
    let errors = FormErrors::of(create);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(project)) = create.value().get() {
            fields.clear();
            open.set(false);
            Toasts::current().success("The project was created.");
            navigate(&Route::Project(project).to_string(), leptos_router::NavigateOptions::default());
        }
    });
    let submit = move |()| {
        if let Some(request) = errors.check(fields.draft())
            && !create.pending().get_untracked()
        {
            create.dispatch_local(request);
        }
    };
    view! {
        <Dialog open title="New project" locked=create.pending()>
            <Form error=errors.summary(ProjectDraft::SHOWN) on_submit=submit>
                <ProjectFields fields errors autofocus=true/>
                <ChoiceCards label="Who can see it" value=fields.public choices=visibilities()/>
                <SubmitRow label="Create project" busy=create.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        </Dialog>
    }
}
