//! Making a group or an organization.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::problem::FieldErrors;
use models::team::TeamKind;
use models::text::Name;

use super::words::words;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Dialog, Field, Form, SubmitRow, TextInput, Toasts};
use crate::widgets::FormErrors;

/// Asks for the name of a new one and opens its page. What was typed stays until it is made.
#[component]
pub(super) fn CreateTeam(
    kind: TeamKind,
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let create = queries::teams::create();
    let errors = FormErrors::of(create);
    let navigate = use_navigate();
    let words = words(kind);
    Effect::new(move || {
        if let Some(Ok(id)) = create.value().get() {
            name.set(String::new());
            open.set(false);
            Toasts::current().success(format!("The {} was created.", words.one));
            navigate(&Route::Team(kind, id).to_string(), NavigateOptions::default());
        }
    });
    let submit = move |()| {
        if let Some(TypedName(name)) = errors.check(Draft(name.get_untracked()))
            && !create.pending().get_untracked()
        {
            create.dispatch_local((kind, name));
        }
    };
    view! {
        <Dialog open title=words.add locked=create.pending()>
            <Form error=errors.summary(&["name"]) on_submit=submit>
                <Field label="Name" hint=Some("You invite its members next.".to_owned()) error=errors.at("name")>
                    <TextInput value=name autofocus=true/>
                </Field>
                <SubmitRow label=format!("Create {}", words.one) busy=create.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        </Dialog>
    }
}

/// A name as it was typed in.
pub(super) struct Draft(pub(super) String);

/// A name that can be used.
pub(super) struct TypedName(pub(super) Name);

impl TryFrom<Draft> for TypedName {
    type Error = FieldErrors;

    fn try_from(Draft(name): Draft) -> Result<Self, FieldErrors> {
        name.parse().map(Self).map_err(|error| FieldErrors::at("name", error))
    }
}
