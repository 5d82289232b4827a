//! Changing a connection.

use std::sync::Arc;

use leptos::prelude::*;
use models::connection::Connection;

use super::super::me::me;
use super::draft::Change;
use super::fields::{Fields, Secrets};
use super::form::ConnectionFields;
use crate::queries;
use crate::ui::Dialog;
use crate::widgets::{EditForm, FormErrors, differences, open_about};

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
            {move || connection.get_untracked().map(|base| view! { <ConnectionForm base known open busy/> })}
        </Dialog>
    }
}

#[component]
fn ConnectionForm(
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
    let submit = move |()| {
        let base = Connection::clone(&seen.read_untracked());
        let (id, version) = (base.connection_id, base.version);
        let draft = untrack(|| fields.draft(secrets));
        if let Some((user, patch)) = me().zip(errors.check(Change { draft, base })) {
            change.dispatch_local((user, id, version, patch));
        }
    };
    view! {
        <EditForm
            latest
            seen
            version=|connection: &Connection| connection.version
            changes
            change
            errors
            shown=Fields::SHOWN
            open
            busy
            on_take=move |()| fields.fill(&seen.read_untracked())
            on_submit=submit
        >
            <ConnectionFields fields secrets base=Signal::derive(move || Some(Connection::clone(&seen.read()))) errors/>
        </EditForm>
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
