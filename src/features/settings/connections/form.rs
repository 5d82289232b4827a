//! The fields of a new and of a changed connection.

use leptos::prelude::*;
use models::connection::{AuthMethod, Connection, ConnectionProvider};

use super::fields::{Fields, Secrets};
use super::secret::SecretKind;
use super::secret_input::SecretInput;
use super::words::{method_title, methods, provider_title, words};
use crate::ui::{Field, Select, SelectOption, TextInput, TextKind};
use crate::widgets::FormErrors;

/// The fields of a connection: only those that its system and its way in need. `base` is what is stored.
#[component]
pub(super) fn ConnectionFields(
    fields: Fields,
    secrets: Secrets,
    base: Signal<Option<Connection>>,
    errors: FormErrors,
) -> impl IntoView {
    let words = move || words(&fields.provider());
    let takes_login = Memo::new(move |_| fields.method().needs().contains(&"loginName"));
    view! {
        <Field label="Name" error=errors.at("connectionName")>
            <TextInput value=fields.name autofocus=true/>
        </Field>
        <Field label="System" error=errors.at("connectionProvider")>
            <Select value=fields.provider options=Signal::derive(move || providers(&fields.provider()))/>
        </Field>
        <Field
            label=Signal::derive(move || words().address.to_owned())
            optional=true
            hint=Signal::derive(move || Some(words().address_hint.to_owned()))
            error=errors.at("uri")
        >
            <TextInput value=fields.uri kind=TextKind::Url/>
        </Field>
        <Method fields errors/>
        {move || takes_login.get().then(|| view! {
            <Field label=Signal::derive(move || words().login.to_owned()) error=errors.at("loginName")>
                <TextInput value=fields.login kind=TextKind::Code/>
            </Field>
        })}
        <Secret fields secrets base errors/>
    }
}

/// The way in; nothing is asked where there is but one.
#[component]
fn Method(fields: Fields, errors: FormErrors) -> impl IntoView {
    let options = Memo::new(move |_| {
        let (provider, chosen) = (fields.provider(), fields.method());
        let mut known = methods(&provider);
        if !known.contains(&chosen) {
            known.push(chosen);
        }
        let option =
            |method: &AuthMethod| SelectOption::new(method.as_str(), method_title(&provider, method));
        known.iter().map(option).collect::<Vec<_>>()
    });
    let has_choice = Memo::new(move |_| options.read().len() > 1);
    move || {
        has_choice.get().then(|| {
            view! {
                <Field label="How you prove who you are" error=errors.at("authMethod")>
                    <Select value=fields.method options/>
                </Field>
            }
        })
    }
}

#[component]
fn Secret(
    fields: Fields,
    secrets: Secrets,
    base: Signal<Option<Connection>>,
    errors: FormErrors,
) -> impl IntoView {
    let moves =
        Memo::new(move |_| base.read().as_ref().is_some_and(|base| fields.draft(secrets).moves(base)));
    let known = Memo::new(move |_| {
        let kind = SecretKind::of(&fields.method())?;
        let stored = base.read().as_ref().map(|base| kind.state(&base.secrets).clone());
        Some((kind, stored.unwrap_or_default()))
    });
    move || {
        known.get().map(|(kind, stored)| {
            view! { <SecretInput kind fields secrets stored moves=moves.into() errors/> }
        })
    }
}

fn providers(chosen: &ConnectionProvider) -> Vec<SelectOption> {
    let mut known = ConnectionProvider::KNOWN.to_vec();
    if !known.contains(chosen) {
        known.push(chosen.clone());
    }
    let option =
        |provider: &ConnectionProvider| SelectOption::new(provider.as_str(), provider_title(provider));
    known.iter().map(option).collect()
}
