//! The end of a project.

use std::sync::Arc;

use leptos::prelude::*;
use models::permission::Action;
use models::project::Project;

use crate::queries::Query;
use crate::ui::{Button, Emphasis, IconName, Panel};
use crate::widgets::{DeleteProject, project_losses};

/// Deleting the project, and what goes with it.
#[component]
pub(super) fn Danger(query: Query<Project>, project: Signal<Arc<Project>>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let why_not = Signal::derive(move || project.read().current_user_role.why_not(Action::DeleteProject));
    view! {
        <Panel title="Delete the project">
            <div class="stack">
                <p>
                    "With it go " {move || project_losses(&project.read())}
                    ". Its members lose their access, and links to it lead nowhere. This cannot be undone."
                </p>
                <div>
                    <Button
                        emphasis=Emphasis::Danger
                        icon=IconName::Trash
                        disabled_reason=why_not
                        on_click=move |_| asking.set(true)
                    >
                        "Delete project"
                    </Button>
                </div>
            </div>
        </Panel>
        <DeleteProject query open=asking/>
    }
}
