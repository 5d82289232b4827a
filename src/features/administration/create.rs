//! Adding a person.

use leptos::prelude::*;

use super::draft::Draft;
use super::shown_link::ShownLink;
use crate::queries;
use crate::ui::{Checkbox, Dialog, Field, Form, SubmitRow, TextInput, TextKind};
use crate::widgets::FormErrors;

/// The fields whose errors the form shows where they belong.
const SHOWN: &[&str] = &["name", "email"];

/// Asks for a new person, then shows the link by which she signs in. It is forgotten when the dialog closes.
#[component]
pub(super) fn CreateUser(
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let [name, email] = [(); 2].map(|()| RwSignal::new(String::new()));
    let is_admin = RwSignal::new(false);
    let create = queries::users::create();
    let errors = FormErrors::of(create);
    Effect::new(move || {
        if matches!(*create.value().read(), Some(Ok(_))) {
            name.set(String::new());
            email.set(String::new());
            is_admin.set(false);
        }
    });
    Effect::new(move || {
        if !open.get() {
            create.clear();
        }
    });
    let submit = move |()| {
        let draft = Draft {
            name: name.get_untracked(),
            email: email.get_untracked(),
            is_admin: is_admin.get_untracked(),
        };
        if let Some(user) = errors.check(draft)
            && !create.pending().get_untracked()
        {
            create.dispatch_local(user);
        }
    };
    let close = move |()| open.set(false);
    let made = move || create.value().get().and_then(Result::ok)?.link;
    view! {
        <Dialog open title="Add a person" locked=create.pending()>
            {move || match made() {
                Some(link) => view! { <ShownLink link on_done=close/> }.into_any(),
                None => view! {
                    <Form error=errors.summary(SHOWN) on_submit=submit>
                        <Field label="Name" hint=Some("What the person signs in with and is called.".to_owned()) error=errors.at("name")>
                            <TextInput value=name kind=TextKind::Code autofocus=true/>
                        </Field>
                        <Field label="E-mail address" error=errors.at("email")>
                            <TextInput value=email kind=TextKind::Email/>
                        </Field>
                        <Checkbox checked=is_admin hint="Adds people, keeps them out, and sees all groups.">"Administers the server"</Checkbox>
                        <SubmitRow label="Add" busy=create.pending() on_cancel=close/>
                    </Form>
                }
                .into_any(),
            }}
        </Dialog>
    }
}
