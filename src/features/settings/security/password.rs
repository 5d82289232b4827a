//! Changing the password.

use leptos::prelude::*;
use models::person::PasswordChange;
use models::problem::FieldErrors;
use models::secret::Secret;
use models::session::{MIN_PASSWORD_LENGTH, why_not_password};

use super::super::me::me;
use crate::queries;
use crate::ui::{Field, Form, Panel, PasswordInput, SubmitRow, Toasts};
use crate::widgets::FormErrors;

/// Asks for the password until now and for a new one; the rules stand beside it from the start.
#[component]
pub(super) fn Password() -> impl IntoView {
    let [current, new] = [(); 2].map(|()| RwSignal::new(String::new()));
    let change = queries::settings::change_password();
    let errors = FormErrors::of(change);
    let me = me();
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            current.set(String::new());
            new.set(String::new());
            Toasts::current().success("The password was changed. You are signed out everywhere else.");
        }
    });
    let submit = move |()| {
        let [current, new] = [current, new].map(|text| text.get_untracked());
        if let Some((user, wanted)) = me().zip(errors.check(Draft { current, new }))
            && !change.pending().get_untracked()
        {
            change.dispatch_local((user, wanted));
        }
    };
    let rule = format!(
        "At least {MIN_PASSWORD_LENGTH} characters; a few words are fine. Nothing else is asked of it."
    );
    view! {
        <Panel title="Password" text="A new password signs you out everywhere else.">
            <div class="settings-form">
                <Form error=errors.summary(&["currentPassword", "password"]) on_submit=submit>
                    <Field
                        label="Current password"
                        hint=Some("Leave it empty if you came by a link and have none yet.".to_owned())
                        error=errors.at("currentPassword")
                    >
                        <PasswordInput value=current/>
                    </Field>
                    <Field label="New password" hint=Some(rule) error=errors.at("password")>
                        <PasswordInput value=new autocomplete="new-password"/>
                    </Field>
                    <SubmitRow label="Change password" busy=change.pending()/>
                </Form>
            </div>
        </Panel>
    }
}

/// The passwords as they are typed in.
struct Draft {
    current: String,
    new: String,
}

impl TryFrom<Draft> for PasswordChange {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        if let Some(reason) = why_not_password(&draft.new) {
            return Err(FieldErrors::at("password", reason));
        }
        let password = Secret::try_from(draft.new).map_err(|error| FieldErrors::at("password", error))?;
        Ok(Self { current_password: Secret::try_from(draft.current).ok(), password })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_password_is_refused_at_once() {
        let draft = Draft { current: "old".to_owned(), new: "short".to_owned() };
        assert!(PasswordChange::try_from(draft).unwrap_err().get("password").is_some());
    }

    #[test]
    fn who_has_no_password_yet_sends_none() {
        let draft = Draft { current: String::new(), new: "correct horse battery".to_owned() };
        assert_eq!(PasswordChange::try_from(draft).unwrap().current_password, None);
    }
}
