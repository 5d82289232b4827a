//! The button that changes a project, and its dialog.

use leptos::prelude::*;
use models::permission::Action;
use models::project::Project;

use crate::queries::Query;
use crate::ui::{Button, Dialog, IconName};
use crate::widgets::{EditProjectForm, ProjectDraft};

/// Changes the project's name, summary, description and visibility.
#[component]
pub(super) fn EditProject(query: Query<Project>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = Signal::derive(move || query.value.get()?.current_user_role.why_not(Action::EditProject));
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title="Edit project" locked=busy>
            {move || query.value.get_untracked().map(|base| {
                let fields = ProjectDraft::of(&base);
                let close = move |()| open.set(false);
                view! { <EditProjectForm query base fields busy on_saved=close on_cancel=close/> }
            })}
        </Dialog>
    }
}
