//! Tells one listener what changes in what she may see, as long as she is signed in.

use std::collections::HashSet;
use std::time::Duration;

use models::event::{Event, EventTopic};
use models::id::{ProjectId, UserId};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at};
use uuid::Uuid;

use crate::auth::{Credential, SignedIn};
use crate::clock;
use crate::error::Error;
use crate::events::Numbered;
use crate::http::Place;
use crate::state::AppState;
use crate::store::StoreError;

/// How often it is checked that the listener is still signed in, when her session ends on another server.
const CHECK_EVERY: Duration = Duration::from_secs(15);
/// How many messages wait for a slow connection.
const BUFFER: usize = 64;

/// Who listens, and to what.
#[derive(Debug)]
pub struct Listener {
    /// Who she is.
    pub signed_in: SignedIn,
    /// The projects she asked for; all that she may see when missing.
    pub projects: Option<Vec<ProjectId>>,
    /// The last message that she has had before she lost the connection.
    pub last_id: Option<String>,
    /// Her right to a stream.
    pub place: Place<UserId>,
}

/// What a listener is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `change` or `reset`.
    pub name: &'static str,
    /// JSON.
    pub data: String,
    /// By what she can ask for what comes after.
    pub id: Option<String>,
}

/// Starts telling; the channel closes when her session or the server ends.
///
/// # Errors
/// [`Error::Unavailable`]
pub async fn listen(state: &AppState, listener: Listener) -> Result<mpsc::Receiver<Message>, Error> {
    let (sender, receiver) = mpsc::channel(BUFFER);
    let (missed, events) = state.store().events().subscribe(listener.last_id.as_deref());
    let ended = state.streams().ended();
    let mut telling = Telling { state: state.clone(), visible: HashSet::new(), listener, sender };
    telling.look().await?;
    tokio::spawn(async move {
        let state = telling.state.clone();
        tokio::select! {
            () = telling.run(missed, events, ended) => {}
            () = state.shutdown().cancelled() => {}
        }
    });
    Ok(receiver)
}

struct Telling {
    state: AppState,
    visible: HashSet<ProjectId>,
    listener: Listener,
    sender: mpsc::Sender<Message>,
}

/// The listener has gone, or may not listen any more.
struct Over;

impl Telling {
    async fn run(
        mut self,
        missed: Option<Vec<Numbered>>,
        mut events: broadcast::Receiver<Numbered>,
        mut ended: broadcast::Receiver<Uuid>,
    ) {
        let mut checks = interval_at(Instant::now() + CHECK_EVERY, CHECK_EVERY);
        let mut going = self.tell_missed(missed).await;
        while going.is_ok() {
            going = tokio::select! {
                event = events.recv() => self.hear(event).await,
                session = ended.recv() => if session == Ok(self.session()) { Err(Over) } else { Ok(()) },
                _ = checks.tick() => self.check().await,
                () = self.sender.closed() => Err(Over),
            };
        }
    }

    async fn tell_missed(&mut self, missed: Option<Vec<Numbered>>) -> Result<(), Over> {
        let Some(missed) = missed else { return self.reset().await };
        for event in missed {
            self.tell(event).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, event: Result<Numbered, RecvError>) -> Result<(), Over> {
        match event {
            Ok(event) => self.tell(event).await,
            Err(RecvError::Lagged(_)) => self.reset().await,
            Err(RecvError::Closed) => Err(Over),
        }
    }

    async fn tell(&mut self, Numbered { number, event }: Numbered) -> Result<(), Over> {
        if event.topic == EventTopic::Invitations && !self.is_own(&event) {
            return Ok(());
        }
        let was_visible = self.visible.contains(&event.project_id);
        if event.topic == EventTopic::Project {
            // It may have come, gone, or been opened or closed to her.
            self.look().await.map_err(|_| Over)?;
        }
        if !was_visible && !self.visible.contains(&event.project_id) {
            return Ok(());
        }
        let data = serde_json::to_string(&event).map_err(|_| Over)?;
        let id = Some(self.state.store().events().id_of(number));
        self.send(Message { name: "change", data, id }).await
    }

    /// Whether an event about a person is about the one who listens: the project is her personal one.
    fn is_own(&self, event: &Event) -> bool {
        self.listener.signed_in.user.personal_project_id == Some(event.project_id)
    }

    async fn reset(&mut self) -> Result<(), Over> {
        self.look().await.map_err(|_| Over)?;
        self.send(Message { name: "reset", data: "{}".to_owned(), id: None }).await
    }

    async fn send(&self, message: Message) -> Result<(), Over> {
        self.sender.send(message).await.map_err(|_| Over)
    }

    /// Looks which projects she may see now.
    async fn look(&mut self) -> Result<(), StoreError> {
        let signed_in = &self.listener.signed_in;
        let visible = self.state.store().visible_projects(signed_in.user.user_id).await?;
        let only = signed_in.only_project();
        let wanted = |project: &ProjectId| {
            only.is_none_or(|only| only == *project)
                && self.listener.projects.as_ref().is_none_or(|wanted| wanted.contains(project))
        };
        self.visible = visible.into_iter().filter(wanted).collect();
        Ok(())
    }

    async fn check(&self) -> Result<(), Over> {
        let is_live = match &self.listener.signed_in.credential {
            Credential::Browser { session_id, .. } | Credential::Client { session_id, .. } => {
                let session = self.state.store().session(*session_id, clock::now()).await;
                // A database that is away is no reason to send people out.
                session.map_or(true, |session| session.is_some_and(|session| !session.user.is_disabled))
            }
            Credential::Token { token_id, .. } => {
                self.state.store().is_api_token_live(*token_id, clock::now()).await.unwrap_or(true)
            }
        };
        let has_ended = clock::now() >= self.listener.signed_in.expires_at;
        if is_live && !has_ended { Ok(()) } else { Err(Over) }
    }

    fn session(&self) -> Uuid {
        match &self.listener.signed_in.credential {
            Credential::Browser { session_id, .. } | Credential::Client { session_id, .. } => *session_id,
            Credential::Token { token_id, .. } => token_id.0,
        }
    }
}
