//! Making a label, and changing one wherever it is used.

use std::sync::Arc;

use leptos::prelude::*;
use models::label::Label;

use super::draft::Draft;
use crate::queries::{self, ApiError};
use crate::ui::{Dialog, Field, Form, SubmitRow, TextInput, TextKind, Toasts};
use crate::widgets::{EditForm, FormErrors, differences, open_about};

/// The fields whose errors the forms show where they belong.
const SHOWN: &[&str] = &["scope", "name", "value", "color"];

/// What is typed in.
#[derive(Clone, Copy)]
struct Fields {
    scope: RwSignal<String>,
    name: RwSignal<String>,
    value: RwSignal<String>,
    color: RwSignal<String>,
}

impl Fields {
    fn of(draft: Draft) -> Self {
        Self {
            scope: RwSignal::new(draft.scope),
            name: RwSignal::new(draft.name),
            value: RwSignal::new(draft.value),
            color: RwSignal::new(draft.color),
        }
    }

    fn fill(self, draft: Draft) {
        self.scope.set(draft.scope);
        self.name.set(draft.name);
        self.value.set(draft.value);
        self.color.set(draft.color);
    }

    fn draft(self) -> Draft {
        Draft {
            scope: self.scope.get_untracked(),
            name: self.name.get_untracked(),
            value: self.value.get_untracked(),
            color: self.color.get_untracked(),
        }
    }
}

#[component]
fn LabelFields(fields: Fields, errors: FormErrors) -> impl IntoView {
    view! {
        <Field label="Scope" hint=Some("What the name is a choice of, such as problem-type.".to_owned()) error=errors.at("scope")>
            <TextInput value=fields.scope kind=TextKind::Code autofocus=true/>
        </Field>
        <Field label="Name" error=errors.at("name")>
            <TextInput value=fields.name/>
        </Field>
        <Field label="Value" optional=true hint=Some("Makes it a tag, as MLflow has them.".to_owned()) error=errors.at("value")>
            <TextInput value=fields.value/>
        </Field>
        <Field label="Colour" optional=true hint=Some("#rrggbb; by the scope when empty.".to_owned()) error=errors.at("color")>
            <TextInput value=fields.color kind=TextKind::Code/>
        </Field>
    }
}

/// Asks for a new label.
#[component]
pub(super) fn NewLabelDialog(open: RwSignal<bool>) -> impl IntoView {
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title="New label" locked=busy>
            {move || view! { <NewForm open busy/> }}
        </Dialog>
    }
}

#[component]
fn NewForm(open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::of(Draft::default());
    let create = queries::labels::create();
    let errors = FormErrors::of(create);
    Effect::new(move || busy.set(create.pending().get()));
    Effect::new(move || {
        if matches!(*create.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("There is such a label now.");
        }
    });
    let submit = move |()| {
        if let Some(new) = errors.check(fields.draft())
            && !create.pending().get_untracked()
        {
            create.dispatch_local(new);
        }
    };
    view! {
        <Form error=errors.summary(SHOWN) on_submit=submit>
            <LabelFields fields errors/>
            <SubmitRow label="Make label" busy=create.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

/// The form that changes a label, while there is one.
#[component]
pub(super) fn EditLabel(asked: RwSignal<Option<Label>>) -> impl IntoView {
    let open = open_about(asked);
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title="Edit label" locked=busy>
            {move || asked.get_untracked().map(|label| view! { <ChangeForm label open busy/> })}
        </Dialog>
    }
}

#[component]
fn ChangeForm(label: Label, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let id = label.label_id;
    let change = queries::labels::change();
    let seen = RwSignal::new(Arc::new(label));
    let stored = move || Draft::from(&**seen.read_untracked());
    let fields = Fields::of(stored());
    let errors = FormErrors::of(change);
    // A refusal holds what somebody else made of it.
    let latest = Signal::derive(move || match &*change.value().read() {
        Some(Err(ApiError::Stale(now))) => {
            serde_json::from_value(now.clone()).map_or_else(|_| seen.get(), Arc::new)
        }
        Some(Ok(()) | Err(_)) | None => seen.get(),
    });
    let submit = move |()| {
        if let Some(patch) = errors.check(fields.draft()) {
            change.dispatch_local((id, seen.read_untracked().version, patch));
        }
    };
    view! {
        <EditForm
            latest
            seen
            version=|label: &Label| label.version
            changes
            change
            errors
            shown=SHOWN
            open
            busy
            on_take=move |()| fields.fill(stored())
            on_submit=submit
        >
            <LabelFields fields errors/>
        </EditForm>
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Label, now: &Label) -> Vec<String> {
    let (before, now) = (Draft::from(before), Draft::from(now));
    differences([
        ("scope", before.scope, now.scope),
        ("name", before.name, now.name),
        ("value", before.value, now.value),
        ("colour", before.color, now.color),
    ])
}
