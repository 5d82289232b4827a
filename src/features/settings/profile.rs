//! The person's name and e-mail address.

use std::sync::Arc;

use leptos::prelude::*;
use models::person::UserPatch;
use models::problem::FieldErrors;
use models::settings::{UserSettings, UserSettingsPatch};

use super::conflict::{Conflict, follow, summary};
use super::me::me;
use crate::queries;
use crate::ui::{Field, Form, Panel, SubmitRow, TextInput, TextKind, Toasts};
use crate::widgets::{FormErrors, Loaded};

/// What the person is called, and where she is reached.
#[component]
pub(super) fn Profile() -> impl IntoView {
    let query = queries::settings::get(me());
    view! {
        <Loaded query count=4 let:settings>
            <Panel title="Profile">
                <ProfileForm settings/>
            </Panel>
        </Loaded>
    }
}

#[component]
fn ProfileForm(settings: Signal<Arc<UserSettings>>) -> impl IntoView {
    let stored = Draft::of(&settings.read_untracked());
    let (name, email) = (RwSignal::new(stored.name), RwSignal::new(stored.email));
    let draft = move || Draft { name: name.get().trim().to_owned(), email: email.get().trim().to_owned() };
    let fill = move |draft: Draft| {
        name.set(draft.name);
        email.set(draft.email);
    };
    let theirs = follow(settings, Draft::of, draft, fill);
    let change = queries::settings::change();
    let errors = FormErrors::of(change);
    let me = me();
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            theirs.set(None);
            Toasts::current().success("Your profile was saved.");
        }
    });
    let submit = move |()| {
        if let Some((user, patch)) = me().zip(errors.check(untrack(draft)))
            && !change.pending().get_untracked()
        {
            change.dispatch_local((user, settings.read_untracked().version, patch));
        }
    };
    let unchanged = Signal::derive(move || {
        (draft() == Draft::of(&settings.read())).then(|| "Nothing is changed.".to_owned())
    });
    let error = summary(errors.summary(&["user.name", "user.email"]), change, theirs);
    view! {
        <div class="settings-form">
            <Form error on_submit=submit>
                <Conflict theirs words=Draft::words on_take=fill/>
                <Field label="User name" hint=Some("What you sign in with, without blanks.".to_owned()) error=errors.at("user.name")>
                    <TextInput value=name kind=TextKind::Code autocomplete="username"/>
                </Field>
                <Field
                    label="E-mail"
                    hint=Some("Told to administrators, and to people who share a project with you.".to_owned())
                    error=errors.at("user.email")
                >
                    <TextInput value=email kind=TextKind::Email autocomplete="email"/>
                </Field>
                <SubmitRow label="Save profile" busy=change.pending() disabled_reason=unchanged/>
            </Form>
        </div>
    }
}

/// The profile as it is typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    name: String,
    email: String,
}

impl Draft {
    fn of(settings: &UserSettings) -> Self {
        let user = &settings.user;
        Self { name: user.name.clone(), email: user.email.clone().unwrap_or_default() }
    }

    fn words(&self) -> String {
        format!("The name is now “{}”, the address “{}”.", self.name, self.email)
    }
}

impl TryFrom<Draft> for UserSettingsPatch {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("user.name", draft.name.parse());
        let email = errors.keep("user.email", draft.email.parse());
        if !errors.is_empty() {
            return Err(errors);
        }
        let user = UserPatch { name, email, ..UserPatch::default() };
        Ok(Self { user: Some(user), ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_sent_as_a_change_of_the_person_alone() {
        let draft = Draft { name: "ann".to_owned(), email: "ann@example.org".to_owned() };
        let patch = UserSettingsPatch::try_from(draft).unwrap();
        assert_eq!(patch.user.unwrap().name.unwrap().as_str(), "ann");
        assert!(patch.password.is_none() && patch.payment_info.is_none());
    }

    #[test]
    fn each_bad_field_is_told_at_its_place() {
        let draft = Draft { name: "a b".to_owned(), email: "nowhere".to_owned() };
        let errors = UserSettingsPatch::try_from(draft).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["user.email", "user.name"]);
    }
}
