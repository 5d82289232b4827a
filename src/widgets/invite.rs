//! Inviting somebody.

use leptos::prelude::*;
use models::invitation::NewInvitation;
use models::permission::Role;
use models::problem::FieldErrors;
use models::project::RoleGrant;

use super::form_errors::FormErrors;
use super::role::{role_about, role_options};
use crate::queries::{self, invitations::InvitedTo};
use crate::ui::{Button, Dialog, Field, Form, IconName, Select, SubmitRow, TextInput, Toasts};

/// The fields whose errors the form shows where they belong.
const SHOWN: &[&str] = &["name", "email", "role"];

/// The button that invites somebody, and its dialog. What was typed stays until the invitation is made.
#[component]
pub fn InviteButton(
    /// To what.
    to: InvitedTo,
    /// Why the person may not invite; `None` when she may.
    #[prop(into)]
    why_not: Signal<Option<String>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let who = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Researcher.as_str().to_owned());
    let invite = queries::invitations::invite();
    let errors = FormErrors::of(invite);
    Effect::new(move || {
        if matches!(*invite.value().read(), Some(Ok(_))) {
            who.set(String::new());
            open.set(false);
            let text = format!("Invited. The invitation waits {} days for an answer.", NewInvitation::DAYS);
            Toasts::current().success(text);
        }
    });
    let submit = move |()| {
        let role = matches!(to, InvitedTo::Project(_)).then(|| role.get_untracked());
        if let Some(new) = errors.check(Draft { who: who.get_untracked(), role })
            && !invite.pending().get_untracked()
        {
            invite.dispatch_local((to, new));
        }
    };
    view! {
        <Button icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>"Invite"</Button>
        <Dialog open title="Invite somebody" locked=invite.pending()>
            <Form error=errors.summary(SHOWN) on_submit=submit>
                <Who who errors/>
                {matches!(to, InvitedTo::Project(_)).then(|| view! { <RoleField role errors/> })}
                <SubmitRow label="Invite" busy=invite.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        </Dialog>
    }
}

#[component]
fn Who(who: RwSignal<String>, errors: FormErrors) -> impl IntoView {
    let (name, email) = (errors.at("name"), errors.at("email"));
    let error = Signal::derive(move || name.get().or_else(|| email.get()));
    let hint = "Who has no account yet finds the invitation once one is made for this address.";
    view! {
        <Field label="Name or e-mail address" hint=Some(hint.to_owned()) error>
            <TextInput value=who autofocus=true/>
        </Field>
    }
}

#[component]
fn RoleField(role: RwSignal<String>, errors: FormErrors) -> impl IntoView {
    let about = Signal::derive(move || Role::named(&role.read()).map(|role| role_about(role).to_owned()));
    view! {
        <Field label="Role" hint=about error=errors.at("role")>
            <Select value=role options=Signal::stored(role_options())/>
        </Field>
    }
}

/// An invitation as it was typed in; a role is only of one to a project.
struct Draft {
    who: String,
    role: Option<String>,
}

impl TryFrom<Draft> for NewInvitation {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let who = draft.who.trim();
        let (name, email) = if who.contains('@') {
            (None, errors.keep("email", who.parse()))
        } else {
            (errors.keep("name", who.parse()), None)
        };
        let role = draft.role.as_deref().and_then(Role::named);
        if draft.role.is_some() && role.is_none() {
            errors.add("role", "choose a role");
        }
        let grant = RoleGrant { role, allowed_to_edit: None };
        if errors.is_empty() { Ok(Self { user_id: None, name, email, grant }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(who: &str) -> Result<NewInvitation, FieldErrors> {
        NewInvitation::try_from(Draft { who: who.to_owned(), role: None })
    }

    #[test]
    fn an_address_is_told_from_a_name() {
        let by_name = read(" ben ").unwrap();
        assert_eq!(by_name.name.map(String::from).as_deref(), Some("ben"));
        let by_address = read("ben@example.org").unwrap();
        assert_eq!((by_address.name.is_none(), by_address.email.is_some()), (true, true));
    }

    #[test]
    fn what_is_neither_is_refused_where_it_was_typed() {
        assert!(read("").unwrap_err().get("name").is_some());
        assert!(read("ben@").unwrap_err().get("email").is_some());
    }
}
