//! Gives labels to the runs that are selected, or takes labels from them.

use leptos::prelude::*;
use models::label::LabelReference;
use models::run::BulkRunChange;

use super::words;
use crate::ui::{Choice, Dialog, Form, Segmented, SubmitRow};
use crate::widgets::{LabelPicker, read_labels};

/// Asks which labels the runs are to get, or to lose.
#[component]
pub(super) fn LabelDialog(
    /// Whether it is on screen.
    open: RwSignal<bool>,
    /// How many runs are meant.
    #[prop(into)]
    count: Signal<u64>,
    /// Begins the change.
    on_submit: Callback<BulkRunChange>,
) -> impl IntoView {
    view! {
        <Dialog open title=move || format!("Label {}", words::runs(count.get()))>
            <LabelForm open count on_submit/>
        </Dialog>
    }
}

#[component]
fn LabelForm(open: RwSignal<bool>, count: Signal<u64>, on_submit: Callback<BulkRunChange>) -> impl IntoView {
    let (adds, typed) = (RwSignal::new(true), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    // What is corrected is no longer called wrong.
    Effect::watch(move || typed.get(), move |_, _, _| wrong.set(None), false);
    let submit = move |()| match change(&typed.read_untracked(), adds.get_untracked()) {
        Ok(change) => {
            open.set(false);
            on_submit.run(change);
        }
        Err(told) => wrong.set(Some(told)),
    };
    let action = move || {
        let runs = words::runs(count.get());
        if adds.get() { format!("Add to {runs}") } else { format!("Remove from {runs}") }
    };
    view! {
        <Form on_submit=submit>
            <Segmented
                label="What is done with the labels"
                value=adds
                choices=vec![Choice::new(true, "Add"), Choice::new(false, "Remove")]
            />
            <LabelPicker value=typed error=wrong optional=false/>
            <SubmitRow label=Signal::derive(action) on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

/// The change that was asked for, or what is wrong with the labels.
fn change(lines: &str, adds: bool) -> Result<BulkRunChange, String> {
    let labels = read_labels(lines)?;
    match labels.len() {
        0 => Err("Name a label.".to_owned()),
        n if n > LabelReference::MAX_PER_OBJECT => {
            Err(format!("Name at most {} labels.", LabelReference::MAX_PER_OBJECT))
        }
        _ if adds => Ok(BulkRunChange::AddLabels(labels)),
        _ => Ok(BulkRunChange::RemoveLabels(labels)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_added_or_taken() {
        assert!(matches!(change("a: b", true), Ok(BulkRunChange::AddLabels(labels)) if labels.len() == 1));
        assert!(
            matches!(change("a: b\nc: d", false), Ok(BulkRunChange::RemoveLabels(labels)) if labels.len() == 2)
        );
        assert_eq!(change(" ", true), Err("Name a label.".to_owned()));
        assert!(change("b", true).is_err());
    }
}
