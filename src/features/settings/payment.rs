//! How the person pays.

use std::sync::Arc;

use leptos::prelude::*;
use models::settings::{PaymentMethod, UserSettings, UserSettingsPatch};

use super::conflict::{Conflict, follow, summary};
use super::me::me;
use super::payment_draft::{Draft, WithReference, title};
use crate::queries;
use crate::ui::{
    Button, Choice, ChoiceCards, Confirm, Field, Form, IconName, Panel, PasswordInput, SubmitRow, TextArea,
    Toasts,
};
use crate::widgets::{FormErrors, Loaded};

const SHOWN: &[&str] = &["paymentInfo.address", "paymentInfo.paymentDetails"];

/// How the person pays, and under which reference.
#[component]
pub(super) fn Payment() -> impl IntoView {
    let query = queries::settings::get(me());
    view! {
        <Loaded query count=5 let:settings>
            <Panel title="Payment" actions=move || view! { <RemoveButton settings/> }>
                <PaymentForm settings/>
            </Panel>
        </Loaded>
    }
}

#[component]
fn PaymentForm(settings: Signal<Arc<UserSettings>>) -> impl IntoView {
    let stored = Draft::of(&settings.read_untracked());
    let (method, address) = (RwSignal::new(stored.method), RwSignal::new(stored.address));
    let reference = RwSignal::new(String::new());
    let draft = move || Draft { method: method.get(), address: address.get().trim().to_owned() };
    let fill = move |draft: Draft| {
        method.set(draft.method);
        address.set(draft.address);
    };
    let theirs = follow(settings, Draft::of, draft, fill);
    let change = queries::settings::change();
    let errors = FormErrors::of(change);
    let me = me();
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            theirs.set(None);
            reference.set(String::new());
            Toasts::current().success("How you pay was saved.");
        }
    });
    let submit = move |()| {
        let typed = WithReference { draft: untrack(draft), reference: reference.get_untracked() };
        if let Some((user, patch)) = me().zip(errors.check(typed))
            && !change.pending().get_untracked()
        {
            change.dispatch_local((user, settings.read_untracked().version, patch));
        }
    };
    let hint = Signal::derive(move || Some(reference_hint(&settings.read())));
    let error = summary(errors.summary(SHOWN), change, theirs);
    view! {
        <div class="settings-form">
            <Form error on_submit=submit>
                <Conflict theirs words=Draft::words on_take=fill/>
                <ChoiceCards label="Method" value=method choices=methods()/>
                <Field label="Address" optional=true hint=Some("The postal address for invoices.".to_owned()) error=errors.at("paymentInfo.address")>
                    <TextArea value=address rows=3/>
                </Field>
                <Field label="Reference" optional=true hint error=errors.at("paymentInfo.paymentDetails")>
                    <PasswordInput value=reference autocomplete="off"/>
                </Field>
                <SubmitRow label="Save payment" busy=change.pending()/>
            </Form>
        </div>
    }
}

fn methods() -> Vec<Choice<PaymentMethod>> {
    let choice = |method: PaymentMethod, text: &str, icon: IconName| {
        let label = title(&method).to_owned();
        Choice::new(method, label).text(text).icon(icon)
    };
    vec![
        choice(PaymentMethod::Invoice, "An order number of yours.", IconName::Mail),
        choice(PaymentMethod::ComputeProject, "An account at a compute centre.", IconName::Server),
        choice(PaymentMethod::Card, "Through a payment processor.", IconName::Card),
    ]
}

fn reference_hint(settings: &UserSettings) -> String {
    let stored = settings.payment_info.as_ref().map(|info| info.payment_details.as_str());
    match stored {
        None => "An order number, a compute account, or what the payment processor gave you; never a card number. It is not shown again.".to_owned(),
        Some("") => "Leave it empty to keep what is stored. It is not shown again.".to_owned(),
        Some(end) => format!("Stored: {end}. Leave it empty to keep it. It is not shown again."),
    }
}

/// Removes address, method and reference; there is nothing to press while there is nothing to remove.
#[component]
fn RemoveButton(settings: Signal<Arc<UserSettings>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let change = queries::settings::change();
    let me = me();
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("How you pay was removed.");
        }
    });
    let is_stored = Memo::new(move |_| settings.read().payment_info.is_some());
    let send = move |()| {
        if let Some(user) = me() {
            let patch = UserSettingsPatch { payment_info: Some(None), ..UserSettingsPatch::default() };
            change.dispatch_local((user, settings.read_untracked().version, patch));
        }
    };
    let error = Signal::derive(move || Some(change.value().get()?.err()?.to_string()));
    view! {
        {move || is_stored.get().then(|| view! {
            <Button icon=IconName::Trash on_click=move |_| open.set(true)>"Remove"</Button>
        })}
        <Confirm open title="Remove how you pay?" action="Remove payment" busy=change.pending() error on_confirm=send>
            <p>"Method, address and reference are deleted. You can enter them again."</p>
        </Confirm>
    }
}
