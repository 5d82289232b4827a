//! Saving what the form holds under a name.

use leptos::prelude::*;
use models::permission::Action;
use models::problem::FieldErrors;
use models::run_template::{NewRunTemplate, RunDraft};

use super::super::secrecy::holds_secrets;
use super::acts::Acts;
use super::draft::kept;
use crate::queries::{self, ApiError};
use crate::ui::{Checkbox, Dialog, Field, Form, SubmitRow, TextInput, Toasts};
use crate::widgets::{FormErrors, why_not};

/// A template as it is asked for.
struct Asked {
    name: String,
    draft: RunDraft,
    is_shared: bool,
}

impl TryFrom<Asked> for NewRunTemplate {
    type Error = FieldErrors;

    fn try_from(asked: Asked) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        match errors.keep("name", asked.name.parse()) {
            Some(name) => Ok(Self { name, draft: asked.draft, is_shared: asked.is_shared }),
            None => Err(errors),
        }
    }
}

/// Asks under which name to save what the form holds.
#[component]
pub(super) fn SaveTemplate(acts: Acts) -> impl IntoView {
    let (open, busy) = (acts.saving, RwSignal::new(false));
    view! {
        <Dialog
            open
            title="Save as template"
            description=Some("A template keeps what the form holds, finished or not, but no name of a run. A branch is followed: it is looked up when the run is started.".to_owned())
            locked=busy
        >
            {move || view! { <SaveForm acts busy/> }}
        </Dialog>
    }
}

#[component]
fn SaveForm(acts: Acts, busy: RwSignal<bool>) -> impl IntoView {
    let (launch, draft) = (acts.launch, acts.launch.draft);
    let create = queries::templates::create();
    let errors = FormErrors::of(create);
    let (name, is_shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    let may_not_share = why_not(launch.project, Action::ShareViews);
    Effect::new(move || busy.set(create.pending().get()));
    Effect::new(move || {
        if let Some(Ok(template)) = &*create.value().read() {
            acts.saving.set(false);
            Toasts::current().success(format!("“{}” was saved.", template.name));
            acts.belong_to(Some(template.template_id));
        }
    });
    let submit = move |()| {
        let draft = kept(&draft.read_untracked());
        let asked = Asked { name: name.get_untracked(), draft, is_shared: is_shared.get_untracked() };
        if let Some(new) = errors.check::<_, NewRunTemplate>(asked)
            && !create.pending().get_untracked()
        {
            create.dispatch((launch.project, new));
        }
    };
    // What contradicts other templates is the name.
    let taken = Signal::derive(move || match &*create.value().read() {
        Some(Err(ApiError::Conflict(reason))) => Some(reason.clone()),
        Some(Ok(_) | Err(_)) | None => None,
    });
    let of_name = errors.at("name");
    let refused = Signal::derive(move || of_name.get().or_else(|| taken.get()));
    let summary = errors.summary(&["name"]);
    let error = Signal::derive(move || {
        summary
            .get()
            .map(|text| if taken.read().is_some() { "Some fields need attention.".to_owned() } else { text })
    });
    let has_secrets = Memo::new(move |_| holds_secrets(&draft.read()));
    let secrets = move || {
        let words = "What looks like a secret is left out; whoever uses the template types it again.";
        has_secrets.get().then(|| view! { <p class="small muted">{words}</p> })
    };
    view! {
        <Form error on_submit=submit>
            <Field label="Name" error=refused>
                <TextInput value=name placeholder="Nightly training" autofocus=true/>
            </Field>
            {secrets}
            {move || match may_not_share.get() {
                None => view! {
                    <Checkbox checked=is_shared hint="They begin runs with it, through connections of their own; you and who maintains the project change it.">"Share with the project"</Checkbox>
                }.into_any(),
                Some(reason) => view! { <p class="small muted">"You alone will see it. " {reason}</p> }.into_any(),
            }}
            <SubmitRow label="Save template" busy=create.pending() on_cancel=move |()| acts.saving.set(false)/>
        </Form>
    }
}
