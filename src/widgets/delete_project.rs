//! Deleting a project.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::project::Project;

use crate::queries::{self, Query};
use crate::routes::Route;
use crate::ui::{Confirm, Toasts, format};

/// Asks before a project is deleted, and leads to the list of those that are left.
#[component]
pub fn DeleteProject(
    /// The project.
    query: Query<Project>,
    /// Whether the question is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let delete = queries::projects::delete();
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The project was deleted.");
            navigate(
                &Route::Projects.to_string(),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
    Effect::new(move || {
        if open.get() {
            delete.clear(); // why it failed the last time
        }
    });
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    let name =
        Signal::derive(move || query.value.get().map_or_else(String::new, |project| project.name.clone()));
    let send = move |()| {
        if let Some(project) = query.value.get_untracked() {
            delete.dispatch_local((project.project_id, project.version));
        }
    };
    let losses = move || query.value.get().map(|project| project_losses(&project));
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            action="Delete project"
            type_name=name
            busy=delete.pending()
            error
            on_confirm=send
        >
            <p>"This cannot be undone. With the project go " {losses} "."</p>
        </Confirm>
    }
}

/// What goes with a project, in words.
#[must_use]
pub fn project_losses(project: &Project) -> String {
    let one = |n: u64, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{} {many}", format::integer(n))),
    };
    let length = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let parts: Vec<_> = [
        one(project.run_counts.total(), "run with its artifacts", "runs with their artifacts"),
        one(length(project.experiment_repositories.len()), "experiment", "experiments"),
        one(length(project.model_repositories.len()), "model", "models"),
        one(length(project.code_repositories.len()), "link to code", "links to code"),
        one(length(project.data_repositories.len()), "link to data", "links to data"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "its name and description".to_owned() } else { parts.join(", ") }
}
