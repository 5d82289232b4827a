//! The models that were saved from a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::SavedModel;
use models::permission::Action;
use models::run::Run;

use crate::routes::Route;
use crate::ui::{Button, IconName, Link, Panel, Size};
use crate::widgets::{ImageBadge, SaveModel, why_not};

/// The models that were saved from the run, and a button that saves one.
#[component]
pub(super) fn SavedModels(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let saved = Memo::new(move |_| run.read().saved_models.clone());
    let open = RwSignal::new(false);
    let why_not = why_not(project, Action::EditRuns);
    let save = move || {
        view! {
            <Button size=Size::Small icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>
                "Save model"
            </Button>
        }
    };
    let list = move || {
        let models = saved.get();
        if models.is_empty() {
            return view! { <p class="small faint">"None was saved from this run."</p> }.into_any();
        }
        let model = |model| view! { <Saved project model/> };
        view! { <ul class="run-list">{models.into_iter().map(model).collect_view()}</ul> }.into_any()
    };
    let (id, name) = run.with_untracked(|run| (run.run_id, run.name.clone()));
    view! {
        <Panel title="Saved models" actions=save>{list}</Panel>
        <SaveModel project run=id suggestion=name open/>
    }
}

#[component]
fn Saved(project: ProjectId, model: SavedModel) -> impl IntoView {
    view! {
        <li class="run-item">
            <div class="cluster" data-gap="small">
                <Link href=Route::SavedModel(project, model.model_id).to_string()>{model.name}</Link>
                <ImageBadge status=Signal::stored(model.status)/>
            </div>
            <div class="run-item-about"><span class="mono">{model.uri}</span></div>
        </li>
    }
}
