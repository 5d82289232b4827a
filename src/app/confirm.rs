//! Asks for the password before what the server wants confirmed.

use leptos::prelude::*;
use models::session::Confirmation as Password;

use crate::queries;
use crate::queries::confirmation::Confirmation;
use crate::ui::{Dialog, Field, Form, PasswordInput, SubmitRow};
use crate::widgets::FormErrors;

const SHOWN: &[&str] = &["password"];

/// The dialog over whatever waits for it. What was begun goes on when the password is right.
#[component]
pub(super) fn ConfirmIdentity() -> impl IntoView {
    let confirmation = Confirmation::current();
    let open = confirmation.asked();
    let confirm = queries::session::confirm();
    Effect::new(move || {
        if matches!(*confirm.value().read(), Some(Ok(()))) {
            confirmation.settle(true);
        }
    });
    Effect::new(move || {
        // Closed in whatever way: who waits must hear of it.
        if open.get() {
            confirm.clear();
        } else {
            confirmation.settle(false);
        }
    });
    view! {
        <Dialog
            open
            title="Confirm that it is you"
            description=Some("You gave your password a while ago, and this is worth protecting. What you typed is still here.".to_owned())
            locked=confirm.pending()
        >
            <PasswordForm confirm on_cancel=move |()| open.set(false)/>
        </Dialog>
    }
}

#[component]
fn PasswordForm(
    confirm: queries::Write<Password, ()>,
    #[prop(into)] on_cancel: Callback<()>,
) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let errors = FormErrors::of(confirm);
    let submit = move |()| {
        if !confirm.pending().get_untracked() {
            confirm.dispatch_local(Password { password: password.get_untracked() });
        }
    };
    view! {
        <Form error=errors.summary(SHOWN) on_submit=submit>
            <Field label="Password" error=errors.at("password")>
                <PasswordInput value=password/>
            </Field>
            <SubmitRow label="Confirm" busy=confirm.pending() on_cancel/>
        </Form>
    }
}
