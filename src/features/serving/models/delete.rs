//! Deleting a saved model.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::SavedModel;
use models::permission::Action;

use crate::queries;
use crate::routes::Route;
use crate::widgets::{DeleteMenu, why_not};

/// The menu that deletes a saved model.
#[component]
pub(super) fn DeleteModel(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let delete = queries::serving::delete_model();
    let send = move |()| {
        let model = model.get_untracked();
        delete.dispatch_local((project, model.model_id, model.version));
    };
    view! {
        <DeleteMenu
            name=Signal::derive(move || model.read().name.clone())
            word="saved model"
            losses="Its deployments and its image go with it. The run that trained it stays, with its artifacts. This cannot be undone."
            why_not=why_not(project, Action::EditRuns)
            delete
            list=Route::SavedModels(project)
            on_confirm=send
        />
    }
}
