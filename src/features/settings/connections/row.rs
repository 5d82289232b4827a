//! A connection in the list.

use leptos::prelude::*;
use models::connection::Connection;

use super::super::me::me;
use super::secret::SecretKind;
use super::trial::Trial;
use super::words::{method_title, provider_title};
use crate::queries;
use crate::ui::{Badge, Button, IconButton, IconName, Size, Tone};
use crate::widgets::RelativeTime;

/// A connection: where it leads, which secret is stored, whether it works.
#[component]
pub(super) fn ConnectionRow(
    connection: Connection,
    on_edit: Callback<Connection>,
    on_delete: Callback<Connection>,
) -> impl IntoView {
    let test = queries::connections::test();
    let me = me();
    let id = connection.connection_id;
    let try_out = move |_| {
        if let Some(user) = me() {
            test.dispatch_local((user, id));
        }
    };
    let name = connection.connection_name.clone();
    let (edit, delete) = (format!("Edit {name}"), format!("Delete {name}"));
    let about = about(&connection);
    let secret = secret(&connection);
    let provider = provider_title(&connection.connection_provider).to_owned();
    let connection = StoredValue::new(connection);
    view! {
        <li class="settings-row">
            <div class="settings-row-main">
                <span class="settings-row-title"><span>{name}</span> <Badge>{provider}</Badge></span>
                <span class="settings-row-about">{about}</span>
                <span class="settings-row-about">{secret}</span>
            </div>
            <div class="settings-row-actions">
                <Button size=Size::Small busy=test.pending() on_click=try_out>"Test"</Button>
                <IconButton label=edit icon=IconName::Edit size=Size::Small on_click=move |_| on_edit.run(connection.get_value())/>
                <IconButton label=delete icon=IconName::Trash size=Size::Small on_click=move |_| on_delete.run(connection.get_value())/>
            </div>
            <Trial test/>
        </li>
    }
}

/// The way in, the name and the address there.
fn about(connection: &Connection) -> String {
    let method = method_title(&connection.connection_provider, &connection.auth_method);
    [Some(method), connection.login_name.clone(), connection.uri.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What is known of the secret of its way in.
fn secret(connection: &Connection) -> AnyView {
    let Some(kind) = SecretKind::of(&connection.auth_method) else { return ().into_any() };
    let title = kind.title(&connection.connection_provider);
    let state = kind.state(&connection.secrets);
    if !state.set {
        return view! {
            <Badge tone=Tone::Warning icon=IconName::Alert>{format!("{title}: none is stored")}</Badge>
        }
        .into_any();
    }
    let hint = state.hint.clone().map(|hint| view! { " " <span class="mono">{hint}</span> });
    view! { {title} {hint} ", set " <RelativeTime at=state.updated_at/> }.into_any()
}
