//! Where a change becomes known: first to what the store keeps in memory, then to all who listen.

use models::event::Event;

use super::run_columns::RunColumns;
use crate::events::Events;

/// Tells what has changed. All clones are one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub(super) events: Events,
    pub(super) columns: RunColumns,
}

impl Changes {
    /// Makes a change known that is committed.
    pub(crate) fn tell(&self, event: Event) {
        self.note(&event);
        self.events.tell(event);
    }

    /// Takes note of a change of this server that all servers will be told of. It must not be acknowledged before.
    pub(super) fn note(&self, event: &Event) {
        self.columns.note(event);
    }

    /// Other servers make changes that do not become known here, until it is said that they do again.
    pub(crate) fn set_deaf(&self, is_deaf: bool) {
        self.columns.set_deaf(is_deaf);
    }
}
