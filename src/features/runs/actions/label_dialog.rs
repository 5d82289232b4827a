//! Asks which labels many runs are to be given, or to lose.

use leptos::prelude::*;
use models::label::LabelReference;
use models::problem::FieldErrors;
use models::run::BulkRunChange;

use crate::queries;
use crate::ui::{Button, Dialog, Emphasis};
use crate::widgets::{FormErrors, LabelPicker, read_labels};

/// What was typed.
struct Draft(String);

/// The labels that were meant.
struct Labels(Vec<LabelReference>);

impl TryFrom<Draft> for Labels {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let refuse = |message: String| {
            let mut errors = FieldErrors::default();
            errors.add("labels", message);
            errors
        };
        match read_labels(&draft.0) {
            Ok(labels) if labels.is_empty() => Err(refuse("write at least one label".to_owned())),
            Ok(labels) => Ok(Self(labels)),
            Err(error) => Err(refuse(error)),
        }
    }
}

/// A dialog that asks for labels.
#[component]
pub(super) fn LabelDialog(
    /// Whether it is on screen.
    open: RwSignal<bool>,
    /// So many runs: `12 runs`.
    #[prop(into)]
    runs: Signal<String>,
    /// Gives or takes them.
    #[prop(into)]
    on_choose: Callback<BulkRunChange>,
) -> impl IntoView {
    view! {
        <Dialog open title=move || format!("Labels of {}", runs.get()) description=move || Some("Other labels stay as they are.".to_owned())>
            <LabelForm open on_choose/>
        </Dialog>
    }
}

#[component]
fn LabelForm(open: RwSignal<bool>, on_choose: Callback<BulkRunChange>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let errors = FormErrors::of(queries::runs::change_many());
    let choose = move |change: fn(Vec<LabelReference>) -> BulkRunChange| {
        if let Some(Labels(labels)) = errors.check(Draft(typed.get_untracked())) {
            open.set(false);
            on_choose.run(change(labels));
        }
    };
    view! {
        <div class="form">
            <LabelPicker value=typed errors/>
            <div class="run-label-buttons">
                <Button on_click=move |_| choose(BulkRunChange::RemoveLabels)>"Take away"</Button>
                <Button emphasis=Emphasis::Primary on_click=move |_| choose(BulkRunChange::AddLabels)>"Add labels"</Button>
            </div>
        </div>
    }
}
