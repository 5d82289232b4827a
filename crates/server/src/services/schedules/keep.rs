//! Waits for the times of schedules.

use std::time::Duration;

use models::event::EventTopic;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::act::run_due;
use crate::events::Numbered;
use crate::{AppState, clock};

/// The longest sleep: the clock of the machine may be put forward, and a server without news of others looks itself.
const LONGEST: Duration = Duration::from_secs(30);
/// The shortest, so that what fails is not tried without end.
const SHORTEST: Duration = Duration::from_secs(1);

/// Acts for schedules as long as the server runs. Each server of a database does; each time is acted for by one.
pub async fn keep_schedules(state: AppState) {
    let (_, mut news) = state.store().events().subscribe(None);
    let keep = async {
        loop {
            if let Err(error) = run_due(&state, clock::now()).await {
                tracing::warn!(%error, "cannot read the schedules; trying again");
            }
            let wait = until_next(&state).await;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = changed(&mut news) => {}
            }
        }
    };
    state.shutdown().run_until_cancelled(keep).await;
}

async fn until_next(state: &AppState) -> Duration {
    let Ok(Some(next)) = state.store().next_scheduled_time().await else { return LONGEST };
    let wait = u64::try_from(next.millis_since(clock::now())).unwrap_or_default();
    // What is due already and was not done is tried again, but not at once.
    Duration::from_millis(wait).clamp(SHORTEST, LONGEST)
}

/// Returns when a schedule has changed, or when that may have been missed.
async fn changed(news: &mut Receiver<Numbered>) {
    loop {
        match news.recv().await {
            Ok(told) if told.event.topic == EventTopic::Schedules => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
