//! What has changed, told to whoever listens on this server; over PostgreSQL also to those on other servers.

use models::event::Event;
use sqlx::{PgPool, postgres::PgListener};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::broadcast;

use crate::store::{Changes, Connection, Sql, StoreError};

/// How many events a listener may fall behind, and how many one who comes back can be told.
const RECENT: usize = 1024;
const CHANNEL: &str = "mantik_events";

/// An event and its place in the order in which this server tells events.
#[derive(Debug, Clone)]
pub struct Numbered {
    /// Counts from 1, as long as the server runs.
    pub number: u64,
    /// The event.
    pub event: Event,
}

/// The events of this server. All clones are one.
#[derive(Debug, Clone)]
pub struct Events(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Told apart from an earlier start of the server, whose numbers mean nothing now.
    boot: u64,
    recent: Mutex<VecDeque<Numbered>>,
    sender: broadcast::Sender<Numbered>,
}

impl Default for Events {
    fn default() -> Self {
        let sender = broadcast::Sender::new(RECENT);
        Self(Arc::new(Inner { boot: rand::random(), recent: Mutex::default(), sender }))
    }
}

impl Events {
    /// Tells an event to all who listen.
    pub fn tell(&self, event: Event) {
        let mut recent = self.0.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let number = recent.back().map_or(1, |last| last.number + 1);
        let numbered = Numbered { number, event };
        if recent.len() == RECENT {
            recent.pop_front();
        }
        recent.push_back(numbered.clone());
        // Sent under the lock, so that numbers arrive in order. Nobody listening is no error.
        let _ = self.0.sender.send(numbered);
    }

    /// What is told from now on, and what was told after `last_id`; `None` where that is no longer known.
    #[must_use]
    pub fn subscribe(&self, last_id: Option<&str>) -> (Option<Vec<Numbered>>, broadcast::Receiver<Numbered>) {
        let recent = self.0.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = self.0.sender.subscribe();
        let Some(last_id) = last_id else { return (Some(Vec::new()), receiver) };
        let missed = self.number_of(last_id).and_then(|number| {
            let first = recent.front().map_or(1, |first| first.number);
            (number + 1 >= first)
                .then(|| recent.iter().filter(|past| past.number > number).cloned().collect())
        });
        (missed, receiver)
    }

    /// The id under which an event travels.
    #[must_use]
    pub fn id_of(&self, number: u64) -> String {
        format!("{:x}-{number}", self.0.boot)
    }

    fn number_of(&self, id: &str) -> Option<u64> {
        let (boot, number) = id.split_once('-')?;
        (u64::from_str_radix(boot, 16).ok()? == self.0.boot).then(|| number.parse().ok())?
    }
}

/// Makes an event known to all servers of the database, once the transaction is committed.
pub(crate) async fn notify(connection: &mut Connection, event: &Event) -> Result<(), StoreError> {
    let payload = serde_json::to_string(event)?;
    connection.execute(Sql::new("SELECT pg_notify($1, $2)").with(CHANNEL).with(payload)).await.map(drop)
}

/// Tells what any server of the database makes known.
pub(crate) fn listen(pool: PgPool, changes: Changes) {
    changes.set_deaf(true);
    tokio::spawn(async move {
        while !pool.is_closed() {
            if let Err(error) = receive(&pool, &changes).await {
                tracing::warn!(%error, "lost the event channel; connecting again");
            }
            changes.set_deaf(true);
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

async fn receive(pool: &PgPool, changes: &Changes) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    changes.set_deaf(false);
    // An interruption that the listener would mend by itself is one in which changes were missed.
    while let Some(notification) = listener.try_recv().await? {
        match serde_json::from_str(notification.payload()) {
            Ok(event) => changes.tell(event),
            Err(error) => tracing::warn!(%error, "passed over an event of another version"),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::{event::EventTopic, id::ProjectId};

    #[test]
    fn one_who_comes_back_hears_what_was_missed() {
        let events = Events::default();
        for _ in 0..3 {
            events.tell(event());
        }
        let (missed, _) = events.subscribe(Some(&events.id_of(1)));
        assert_eq!(missed.unwrap().iter().map(|event| event.number).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn one_who_was_away_too_long_is_told_so() {
        let events = Events::default();
        for _ in 0..RECENT + 2 {
            events.tell(event());
        }
        assert!(events.subscribe(Some(&events.id_of(1))).0.is_none());
        assert!(events.subscribe(Some("0-1")).0.is_none(), "the id of another start");
    }

    fn event() -> Event {
        Event { project_id: ProjectId(uuid::Uuid::nil()), topic: EventTopic::Project, run_id: None }
    }
}
