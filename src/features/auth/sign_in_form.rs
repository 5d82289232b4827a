//! The form that signs in, on its page and in the dialog over a page whose session has ended.

use std::time::Duration;

use leptos::prelude::*;
use models::session::SignIn;

use crate::api::ApiError;
use crate::queries;
use crate::session::Session;
use crate::ui::{Checkbox, Field, Form, PasswordInput, SubmitRow, TextInput, TextKind};

/// Asks for name and password. What was typed stays when it is refused.
#[component]
pub(crate) fn SignInForm(
    /// Who signs in again; asked for when missing.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let username = RwSignal::new(name.clone().unwrap_or_default());
    let password = RwSignal::new(String::new());
    let remember = RwSignal::new(false);
    let session = Session::current();
    let sign_in = queries::session::sign_in();
    let outcome = sign_in.value();
    let wait = countdown(move || match outcome.get() {
        Some(Err(ApiError::TooManyRequests { seconds })) => Some(seconds),
        _ => None,
    });
    Effect::new(move || {
        if matches!(*outcome.read(), Some(Ok(()))) {
            session.announce();
        }
    });
    let error = Signal::derive(move || match outcome.get()? {
        Ok(()) => None,
        Err(ApiError::TooManyRequests { .. }) => (wait.get() > 0).then(|| "Too many tries.".to_owned()),
        Err(error) => Some(error.to_string()),
    });
    let why_not =
        Signal::derive(move || (wait.get() > 0).then(|| format!("You can try again in {} s.", wait.get())));
    let label = Signal::derive(move || match wait.get() {
        0 => "Sign in".to_owned(),
        seconds => format!("Sign in (in {seconds} s)"),
    });
    let submit = move |()| {
        if wait.get_untracked() == 0 && !sign_in.pending().get_untracked() {
            let (username, password) = (username.get_untracked(), password.get_untracked());
            sign_in.dispatch_local(SignIn { username, password, remember: remember.get_untracked() });
        }
    };
    view! {
        <Form error on_submit=submit>
            <Field label="User name or e-mail">
                <TextInput value=username kind=TextKind::Code autocomplete="username" autofocus=name.is_none()/>
            </Field>
            <Field label="Password"><PasswordInput value=password/></Field>
            <Checkbox checked=remember>"Stay signed in on this device"</Checkbox>
            <SubmitRow label busy=sign_in.pending() disabled_reason=why_not/>
        </Form>
    }
}

/// Seconds that are left of a wait; it begins anew when `seconds` gives a number.
fn countdown(seconds: impl Fn() -> Option<u32> + 'static) -> RwSignal<u32> {
    let left = RwSignal::new(0);
    Effect::new(move || left.set(seconds().unwrap_or(0)));
    let tick = set_interval_with_handle(
        move || {
            left.try_update(|left| *left = left.saturating_sub(1));
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    left
}
