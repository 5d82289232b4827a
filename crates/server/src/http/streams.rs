//! The event streams that are open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use models::id::UserId;
use tokio::sync::broadcast;
use uuid::Uuid;

/// How many streams a user may have open: one for each tab, within reason.
const PER_USER: usize = 8;

/// The event streams that are open. All clones are one.
#[derive(Debug, Clone)]
pub struct Streams {
    open: Arc<Mutex<HashMap<UserId, usize>>>,
    ended: broadcast::Sender<Uuid>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { open: Arc::default(), ended: broadcast::Sender::new(64) }
    }
}

/// The right to one stream; given back when dropped.
#[derive(Debug)]
pub struct Place {
    user_id: UserId,
    streams: Streams,
}

impl Streams {
    /// A place for one more stream of the user; `None` when she has too many.
    #[must_use]
    pub fn enter(&self, user_id: UserId) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let n = open.entry(user_id).or_default();
        if *n == PER_USER {
            return None;
        }
        *n += 1;
        Some(Place { user_id, streams: self.clone() })
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

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = open.get_mut(&self.user_id) {
            *n -= 1;
            if *n == 0 {
                open.remove(&self.user_id);
            }
        }
    }
}
