//! The labels of the run, and changing them.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::run::Run;

use super::edit::EditPart;
use crate::features::runs::part::Part;
use crate::ui::{Button, Emphasis, IconName, Size};
use crate::widgets::{LabelList, LabelPicker, why_not};

/// The labels, with a button that changes them.
#[component]
pub(super) fn RunLabels(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let labels = Memo::new(move |_| run.read().labels.clone());
    let reason = why_not(project, Action::EditRuns);
    let open = RwSignal::new(false);
    let words = move || if labels.read().is_empty() { "Add labels" } else { "Edit labels" };
    view! {
        <div class="run-labels">
            <LabelList labels/>
            <Button
                size=Size::Small
                emphasis=Emphasis::Ghost
                icon=IconName::Tag
                disabled_reason=reason
                on_click=move |_| open.set(true)
            >
                {words}
            </Button>
        </div>
        <EditPart project run part=Part::Labels title="Labels of the run" open field/>
    }
}

fn field(typed: RwSignal<String>, error: Signal<Option<String>>) -> AnyView {
    view! { <LabelPicker value=typed error/> }.into_any()
}
