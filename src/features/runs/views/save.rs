//! Saving the table under a name.

use leptos::prelude::*;
use models::permission::Action;
use models::problem::FieldErrors;
use models::run_view::{NewRunView, RunTableSetup};

use super::acts::Acts;
use crate::queries::{self, ApiError};
use crate::ui::{Checkbox, Dialog, Field, Form, SubmitRow, TextInput, Toasts};
use crate::widgets::{FormErrors, why_not};

/// A view as it is asked for.
struct Draft {
    name: String,
    table: RunTableSetup,
    is_shared: bool,
}

impl TryFrom<Draft> for NewRunView {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        match errors.keep("name", draft.name.parse()) {
            Some(name) => Ok(Self { name, table: draft.table, is_shared: draft.is_shared }),
            None => Err(errors),
        }
    }
}

/// Asks under which name to save how the table is set up.
#[component]
pub(super) fn SaveView(acts: Acts) -> impl IntoView {
    let (open, busy) = (acts.saving, RwSignal::new(false));
    view! {
        <Dialog
            open
            title="Save as new view"
            description=Some("A view keeps the filter, the groups, the order and the columns. It shows the runs that match whenever it is opened.".to_owned())
            locked=busy
        >
            {move || view! { <SaveForm acts busy/> }}
        </Dialog>
    }
}

#[component]
fn SaveForm(acts: Acts, busy: RwSignal<bool>) -> impl IntoView {
    let address = acts.address;
    let create = queries::views::create();
    let errors = FormErrors::of(create);
    let (name, is_shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    let may_not_share = why_not(acts.project, Action::ShareViews);
    Effect::new(move || busy.set(create.pending().get()));
    Effect::new(move || {
        if let Some(Ok(view)) = &*create.value().read() {
            acts.saving.set(false);
            Toasts::current().success(format!("“{}” was saved.", view.name));
            address.belong_to(Some(view.view_id));
        }
    });
    let submit = move |()| {
        let before = address.view.get_untracked();
        let table = address.url.get_untracked().setup(before.as_ref().map(|view| &view.table));
        let draft = Draft { name: name.get_untracked(), table, is_shared: is_shared.get_untracked() };
        if let Some(new) = errors.check::<_, NewRunView>(draft)
            && !create.pending().get_untracked()
        {
            create.dispatch((acts.project, new));
        }
    };
    // What contradicts other views is the name.
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
    view! {
        <Form error on_submit=submit>
            <Field label="Name" error=refused>
                <TextInput value=name placeholder="Best by data" autofocus=true/>
            </Field>
            {move || match may_not_share.get() {
                None => view! {
                    <Checkbox checked=is_shared hint="They open it; you and who maintains the project change it.">"Share with the project"</Checkbox>
                }.into_any(),
                Some(reason) => view! { <p class="small muted">"You alone will see it. " {reason}</p> }.into_any(),
            }}
            <SubmitRow label="Save view" busy=create.pending() on_cancel=move |()| acts.saving.set(false)/>
        </Form>
    }
}
