//! Describing a deployment.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::ProjectId;

use super::draft::Draft;
use super::fields::{DeploymentFields, Fields};
use crate::queries;
use crate::routes::Route;
use crate::ui::{Dialog, Form, SubmitRow, Toasts};
use crate::widgets::FormErrors;

/// Asks for a deployment and opens its page. What was typed stays until it is made.
#[component]
pub(super) fn CreateDeployment(
    project: ProjectId,
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let fields = Fields::of(Draft::default());
    let create = queries::serving::create_deployment();
    let errors = FormErrors::of(create);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(id)) = create.value().get() {
            fields.fill(Draft::default());
            open.set(false);
            Toasts::current().success("The deployment was added.");
            navigate(&Route::Deployment(project, id).to_string(), NavigateOptions::default());
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
        <Dialog open title="Add deployment" locked=create.pending()>
            {move || open.get().then(|| view! {
                <Form error=errors.summary(Fields::SHOWN) on_submit=submit>
                    <DeploymentFields project fields errors/>
                    <SubmitRow label="Add deployment" busy=create.pending() on_cancel=move |()| open.set(false)/>
                </Form>
            })}
        </Dialog>
    }
}
