//! Making a connection.

use leptos::prelude::*;

use super::super::me::me;
use super::fields::{Fields, Secrets};
use super::form::ConnectionFields;
use crate::queries;
use crate::ui::{Dialog, Form, SubmitRow, Toasts};
use crate::widgets::FormErrors;

/// Asks for a new connection. What was typed stays until it is made, but for the secret, which goes with the dialog.
#[component]
pub(super) fn CreateConnection(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::empty();
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title="New connection" locked=busy>
            <CreateForm fields open busy/>
        </Dialog>
    }
}

#[component]
fn CreateForm(fields: Fields, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let secrets = Secrets::empty();
    let create = queries::connections::create();
    let errors = FormErrors::of(create);
    let me = me();
    Effect::new(move || busy.set(create.pending().get()));
    Effect::new(move || {
        if matches!(*create.value().read(), Some(Ok(()))) {
            fields.clear();
            open.set(false);
            Toasts::current().success("The connection was added. Test it to see whether it opens its door.");
        }
    });
    let submit = move |()| {
        let draft = untrack(|| fields.draft(secrets));
        if let Some((user, new)) = me().zip(errors.check(draft))
            && !create.pending().get_untracked()
        {
            create.dispatch_local((user, new));
        }
    };
    view! {
        <Form error=errors.summary(Fields::SHOWN) on_submit=submit>
            <ConnectionFields fields secrets base=Signal::stored(None) errors/>
            <SubmitRow label="Add connection" busy=create.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}
