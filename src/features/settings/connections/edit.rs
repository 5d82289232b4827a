//! Changing a connection.

use std::sync::Arc;

use leptos::prelude::*;
use models::connection::Connection;

use super::super::me::me;
use super::draft::Change;
use super::fields::{Fields, Secrets};
use super::form::ConnectionFields;
use crate::queries::{self, ApiError};
use crate::ui::{Dialog, Form, SubmitRow, Toasts};
use crate::widgets::open_about;
use crate::widgets::{FormErrors, Overtaken, differences};

/// The form that changes `connection`, while there is one. `known` is what the list has now.
#[component]
pub(super) fn EditConnection(
    connection: RwSignal<Option<Connection>>,
    known: Signal<Vec<Connection>>,
) -> impl IntoView {
    let open = open_about(connection);
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title="Edit connection" locked=busy>
            {move || connection.get_untracked().map(|base| view! { <EditForm base known open busy/> })}
        </Dialog>
    }
}

#[component]
fn EditForm(
    base: Connection,
    known: Signal<Vec<Connection>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let fields = Fields::of(&base);
    let secrets = Secrets::empty();
    let base = Arc::new(base);
    let seen = RwSignal::new(base.clone());
    let latest = Signal::derive(move || {
        let is_it = |latest: &Connection| latest.connection_id == base.connection_id;
        known.get().into_iter().find(is_it).map_or_else(|| base.clone(), Arc::new)
    });
    let change = queries::connections::change();
    let errors = FormErrors::of(change);
    let me = me();
    Effect::new(move || busy.set(change.pending().get()));
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The connection was saved.");
        }
    });
    let submit = move |()| {
        let base = Connection::clone(&seen.read_untracked());
        let (id, version) = (base.connection_id, base.version);
        let draft = untrack(|| fields.draft(secrets));
        if let Some((user, patch)) = me().zip(errors.check(Change { draft, base }))
            && !change.pending().get_untracked()
        {
            change.dispatch_local((user, id, version, patch));
        }
    };
    let refused = Signal::derive(move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_)))));
    let summary = errors.summary(Fields::SHOWN);
    let error = Signal::derive(move || if refused.get() { None } else { summary.get() });
    view! {
        <Form error on_submit=submit>
            <Overtaken
                latest
                seen
                version=|connection: &Connection| connection.version
                refused
                changes
                on_take=move |()| fields.fill(&seen.read_untracked())
            />
            <ConnectionFields fields secrets base=Signal::derive(move || Some(Connection::clone(&seen.read()))) errors/>
            <SubmitRow label="Save" busy=change.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Connection, now: &Connection) -> Vec<String> {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    let secret = |connection: &Connection| format!("{:?}\n{:?}", connection.auth_method, connection.secrets);
    differences([
        ("name", before.connection_name.clone(), now.connection_name.clone()),
        ("system", before.connection_provider.to_string(), now.connection_provider.to_string()),
        ("address", or_none(&before.uri), or_none(&now.uri)),
        ("login name", or_none(&before.login_name), or_none(&now.login_name)),
        ("secret, or the way in,", secret(before), secret(now)),
    ])
}
