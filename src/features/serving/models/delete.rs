//! Deleting a saved model.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::ProjectId;
use models::model::SavedModel;
use models::permission::Action;

use super::super::parts::why_not;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Confirm, IconName, Menu, MenuItem, Toasts};

/// The menu that deletes a saved model.
#[component]
pub(super) fn DeleteModel(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let delete = queries::serving::delete_model();
    let why_not = why_not(project, Action::EditRuns);
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The saved model was deleted.");
            let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&Route::SavedModels(project).to_string(), replace);
        }
    });
    let send = move |()| {
        let model = model.get_untracked();
        delete.dispatch_local((project, model.model_id, model.version));
    };
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    view! {
        <Menu label="More" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not on_select=move |()| open.set(true)>"Delete"</MenuItem>
        </Menu>
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", model.read().name))
            action="Delete"
            busy=delete.pending()
            error
            on_confirm=send
        >
            <p>"Its deployments and its image go with it. The run that trained it stays, with its artifacts. This cannot be undone."</p>
        </Confirm>
    }
}
