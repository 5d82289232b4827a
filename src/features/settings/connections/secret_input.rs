//! A secret that can be set and never be read.

use leptos::prelude::*;
use models::connection::SecretState;

use super::fields::{Fields, Secrets};
use super::secret::{SecretFate, SecretKind};
use crate::ui::{Button, Field, PasswordInput, Size, TextArea, TextKind};
use crate::widgets::{FormErrors, RelativeTime};

/// The secret of the chosen way in: what is known of the stored one, or where a new one is typed.
#[component]
pub(super) fn SecretInput(
    kind: SecretKind,
    fields: Fields,
    secrets: Secrets,
    /// What is known of the stored one.
    stored: SecretState,
    /// Whether the stored one is lost, because the connection leads elsewhere.
    moves: Signal<bool>,
    errors: FormErrors,
) -> impl IntoView {
    let is_set = stored.set;
    let stored = StoredValue::new(stored);
    let fate = secrets.fate;
    // A memo: typing must not make the input anew.
    let shown = Memo::new(move |_| match fate.get() {
        SecretFate::Removed if is_set => SecretFate::Removed,
        SecretFate::Kept if is_set && !moves.get() => SecretFate::Kept,
        SecretFate::Kept | SecretFate::Replaced | SecretFate::Removed => SecretFate::Replaced,
    });
    let keep = move || {
        secrets.typed(kind).set(String::new());
        fate.set(SecretFate::Kept);
    };
    move || match shown.get() {
        SecretFate::Kept => view! { <Stored kind fields fate stored=stored.get_value()/> }.into_any(),
        SecretFate::Removed => view! {
            <div class="settings-secret">
                <span class="settings-secret-title">{move || kind.title(&fields.provider())}</span>
                <span class="muted">"Removed when you save."</span>
                <Button size=Size::Small on_click=move |_| keep()>"Keep it"</Button>
            </div>
        }
        .into_any(),
        SecretFate::Replaced => view! {
            <Typed kind fields secrets errors moves=Signal::derive(move || is_set && moves.get())/>
            {move || (is_set && !moves.get()).then(|| view! {
                <Button size=Size::Small on_click=move |_| keep()>"Keep the stored one"</Button>
            })}
        }
        .into_any(),
    }
}

#[component]
fn Stored(
    kind: SecretKind,
    fields: Fields,
    fate: RwSignal<SecretFate>,
    stored: SecretState,
) -> impl IntoView {
    let title = move || kind.title(&fields.provider());
    view! {
        <div class="settings-secret">
            <span class="settings-secret-title">{title}</span>
            <span class="muted">
                {stored.hint.map(|hint| view! { <span class="mono">{hint}</span> ", " })}
                "set " <RelativeTime at=stored.updated_at/>
            </span>
            <Button size=Size::Small on_click=move |_| fate.set(SecretFate::Replaced)>"Replace"</Button>
            <Button size=Size::Small on_click=move |_| fate.set(SecretFate::Removed)>"Remove"</Button>
        </div>
    }
}

#[component]
fn Typed(
    kind: SecretKind,
    fields: Fields,
    secrets: Secrets,
    errors: FormErrors,
    moves: Signal<bool>,
) -> impl IntoView {
    let label = Signal::derive(move || kind.title(&fields.provider()).to_owned());
    let hint = Signal::derive(move || Some(hint(kind, moves.get()).to_owned()));
    let value = secrets.typed(kind);
    view! {
        <Field label hint error=errors.at(kind.field())>
            {match kind {
                SecretKind::PrivateKey => view! { <TextArea value kind=TextKind::Code rows=5/> }.into_any(),
                SecretKind::Password | SecretKind::Token => {
                    view! { <PasswordInput value autocomplete="off"/> }.into_any()
                }
            }}
        </Field>
    }
}

fn hint(kind: SecretKind, moves: bool) -> &'static str {
    match (kind, moves) {
        (_, true) => {
            "Enter it again. What is stored was for another system, name or address, and is not sent elsewhere."
        }
        (SecretKind::PrivateKey, false) => "In PEM or OpenSSH form. It is sealed, and never shown again.",
        (SecretKind::Password | SecretKind::Token, false) => "It is sealed, and never shown again.",
    }
}
