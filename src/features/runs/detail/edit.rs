//! The form that changes a text of the run, in a dialog.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::problem::FieldErrors;
use models::run::{Run, RunPatch};

use crate::features::runs::part::Part;
use crate::queries;
use crate::ui::{Dialog, DialogWidth};
use crate::widgets::{EditForm, FormErrors, differences, label_lines};

/// Builds the field in which the text is typed, with what is wrong with it.
pub(super) type BuildField = fn(RwSignal<String>, Signal<Option<String>>) -> AnyView;

/// A dialog that changes a part of the run.
#[component]
pub(super) fn EditPart(
    project: ProjectId,
    run: Signal<Arc<Run>>,
    /// What is changed.
    part: Part,
    /// The heading.
    title: &'static str,
    /// Its width.
    #[prop(optional)]
    width: DialogWidth,
    /// Whether it is on screen.
    open: RwSignal<bool>,
    /// The field.
    field: BuildField,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title width locked=busy>
            <PartForm project run part open busy field/>
        </Dialog>
    }
}

#[component]
fn PartForm(
    project: ProjectId,
    run: Signal<Arc<Run>>,
    part: Part,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    field: BuildField,
) -> impl IntoView {
    let seen = RwSignal::new(run.get_untracked());
    let stored = move || part.text_of(&seen.read_untracked());
    let typed = RwSignal::new(stored());
    let change = queries::runs::change();
    let errors = FormErrors::of(change);
    let submit = move |()| {
        if let Some(patch) = errors.check(Draft(part, typed.get_untracked())) {
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
            shown=&["labels", "note"]
            open
            busy
            on_take=move |()| typed.set(stored())
            on_submit=submit
        >
            {field(typed, errors.at(part.word()))}
        </EditForm>
    }
}

/// What was typed.
struct Draft(Part, String);

impl TryFrom<Draft> for RunPatch {
    type Error = FieldErrors;

    fn try_from(Draft(part, text): Draft) -> Result<Self, FieldErrors> {
        part.patch(&text).map_err(|error| FieldErrors::at(part.word(), error))
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Run, now: &Run) -> Vec<String> {
    differences([
        ("name", before.name.clone(), now.name.clone()),
        ("list of labels", label_lines(&before.labels), label_lines(&now.labels)),
        ("note", before.note.clone(), now.note.clone()),
    ])
}
