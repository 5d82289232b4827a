//! Putting one label in the place of another.

use leptos::prelude::*;
use models::id::LabelId;
use models::label::{Label, LabelSearch};
use models::page::PageQuery;

use crate::queries;
use crate::ui::{Dialog, Field, Form, Select, SelectOption, SubmitRow, Toasts};
use crate::widgets::open_about;

/// Labels that can be chosen from.
const CHOICES: PageQuery = PageQuery { startindex: 0, pagelength: 200 };

/// Asks into which label `asked` is merged, while there is one.
#[component]
pub(super) fn MergeLabels(asked: RwSignal<Option<Label>>) -> impl IntoView {
    let open = open_about(asked);
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title="Merge labels" locked=busy>
            {move || asked.get_untracked().map(|label| view! { <MergeForm label open busy/> })}
        </Dialog>
    }
}

#[component]
fn MergeForm(label: Label, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let into = RwSignal::new(String::new());
    let own = label.label_id;
    let merge = queries::labels::merge();
    Effect::new(move || busy.set(merge.pending().get()));
    let found = queries::labels::search(|| (LabelSearch::default(), CHOICES));
    let options = Signal::derive(move || {
        let page = found.value.get();
        let others = page.iter().flat_map(|page| &page.items).filter(|label| label.label_id != own);
        let option = |label: &Label| SelectOption::new(label.label_id.to_string(), words(label));
        others.map(option).collect::<Vec<_>>()
    });
    Effect::new(move || {
        if matches!(*merge.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The labels were merged.");
        }
    });
    let missing =
        Signal::derive(move || into.read().is_empty().then(|| "Choose the label that stays.".to_owned()));
    let submit = move |()| {
        let chosen = into.get_untracked().parse::<LabelId>().ok();
        if let Some(chosen) = chosen.filter(|_| !merge.pending().get_untracked()) {
            merge.dispatch_local((own, chosen));
        }
    };
    let error = Signal::derive(move || Some(merge.value().get()?.err()?.to_string()));
    let text = format!(
        "Whatever has {} gets the other label instead, and {} is deleted. This cannot be undone.",
        words(&label),
        words(&label)
    );
    view! {
        <Form error on_submit=submit>
            <p>{text}</p>
            <Field label="Label that stays">
                <Select value=into options placeholder="Choose"/>
            </Field>
            <SubmitRow label="Merge" busy=merge.pending() disabled_reason=missing on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

fn words(label: &Label) -> String {
    match &label.value {
        Some(value) => format!("{}: {} = {value}", label.scope, label.name),
        None => format!("{}: {}", label.scope, label.name),
    }
}
