//! What is seldom done with a project.

use leptos::prelude::*;
use models::permission::Action;
use models::project::Project;

use crate::queries::Query;
use crate::ui::{IconName, Menu, MenuItem};
use crate::widgets::DeleteProject;

/// What is seldom done with a project: deleting it.
#[component]
pub(super) fn ProjectMenu(query: Query<Project>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let why_not = Signal::derive(move || query.value.get()?.current_user_role.why_not(Action::DeleteProject));
    view! {
        <Menu label="More" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not on_select=move |()| asking.set(true)>
                "Delete project"
            </MenuItem>
        </Menu>
        <DeleteProject query open=asking/>
    }
}
