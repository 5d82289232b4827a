//! The event streams that are open.

use models::id::UserId;
use tokio::sync::broadcast;
use uuid::Uuid;

use super::places::{Place, Places};

/// How many streams a user may have open: one for each tab, within reason.
const PER_USER: usize = 8;

/// The event streams that are open. All clones are one.
#[derive(Debug, Clone)]
pub struct Streams {
    open: Places<UserId>,
    ended: broadcast::Sender<Uuid>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { open: Places::new(PER_USER, usize::MAX), ended: broadcast::Sender::new(64) }
    }
}

impl Streams {
    /// A place for one more stream of the user; `None` when she has too many.
    #[must_use]
    pub fn enter(&self, user_id: UserId) -> Option<Place<UserId>> {
        self.open.enter(user_id)
    }

    /// Tells streams that a session has ended.
    pub fn end(&self, session_id: Uuid) {
        // Nobody listening is no error.
        let _ = self.ended.send(session_id);
    }

    /// The sessions that end from now on.
    #[must_use]
    pub fn ended(&self) -> broadcast::Receiver<Uuid> {
        self.ended.subscribe()
    }
}
