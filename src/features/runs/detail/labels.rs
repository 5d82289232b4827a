//! The labels of the run, and changing them.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::problem::FieldErrors;
use models::run::{Run, RunPatch};

use crate::queries;
use crate::ui::{Button, Dialog, Emphasis, IconName, Size};
use crate::widgets::{
    EditForm, FormErrors, LabelList, LabelPicker, differences, label_lines, read_labels, why_not,
};

/// The labels, with a button that changes them.
#[component]
pub(super) fn RunLabels(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let labels = Memo::new(move |_| run.read().labels.clone());
    let reason = why_not(project, Action::EditRuns);
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
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
        <Dialog open title="Labels of the run" locked=busy><LabelsForm project run open busy/></Dialog>
    }
}

#[component]
fn LabelsForm(
    project: ProjectId,
    run: Signal<Arc<Run>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(run.get_untracked());
    let typed = RwSignal::new(label_lines(&seen.read_untracked().labels));
    let change = queries::runs::change();
    let errors = FormErrors::of(change);
    let submit = move |()| {
        if let Some(patch) = errors.check(Draft(typed.get_untracked())) {
            let (id, version) = seen.with_untracked(|seen| (seen.run_id, seen.version));
            change.dispatch_local((project, id, version, patch));
        }
    };
    view! {
        <EditForm
            latest=run
            seen
            version=|run: &Run| run.version
            changes
            change
            errors
            shown=&["labels"]
            open
            busy
            on_take=move |()| typed.set(label_lines(&seen.read_untracked().labels))
            on_submit=submit
        >
            <LabelPicker value=typed error=errors.at("labels")/>
        </EditForm>
    }
}

/// What was typed, a label a line.
struct Draft(String);

impl TryFrom<Draft> for RunPatch {
    type Error = FieldErrors;

    fn try_from(Draft(lines): Draft) -> Result<Self, FieldErrors> {
        let labels = read_labels(&lines).map_err(|error| FieldErrors::at("labels", error))?;
        Ok(Self { labels: Some(labels), ..Self::default() })
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Run, now: &Run) -> Vec<String> {
    differences([
        ("list of labels", label_lines(&before.labels), label_lines(&now.labels)),
        ("name", before.name.clone(), now.name.clone()),
    ])
}
