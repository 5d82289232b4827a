//! Deleting a connection.

use leptos::prelude::*;
use models::connection::Connection;

use super::super::discard::{Discard, Words};
use super::super::me::me;
use crate::queries;

const WORDS: Words = Words {
    action: "Delete connection",
    done: "The connection was deleted.",
    losses: "Its secrets are deleted with it. Code, data and deployments that name it stay, but find their way in no more.",
};

/// Asks whether to delete `connection`, while there is one. `known` is what the list has now.
#[component]
pub(super) fn DeleteConnection(
    connection: RwSignal<Option<Connection>>,
    known: Signal<Vec<Connection>>,
) -> impl IntoView {
    let me = me();
    let request = move |asked: Connection| {
        // Who was refused because it had changed has read so, and presses again.
        let known = known.get_untracked();
        let latest = known.iter().find(|latest| latest.connection_id == asked.connection_id);
        Some((me()?, asked.connection_id, latest.map_or(asked.version, |latest| latest.version)))
    };
    view! { <Discard thing=connection name words=WORDS write=queries::connections::delete() request/> }
}

fn name(connection: &Connection) -> &str {
    &connection.connection_name
}
