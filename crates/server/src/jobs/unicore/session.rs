//! The sites of runs, opened with the connections of their owners and kept open as long as these stay as they are.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use models::audit::AuditAction;
use models::backend_config::ComputeSystem;
use models::id::{ConnectionId, RunId, UserId};

use crate::AppState;
use crate::error::Error;
use crate::jobs::Refusal;
use crate::jobs::prepare::config_of;
use crate::services::open_site;
use crate::store::{Actor, RunRecord, StoreError};
use crate::unicore::{Site, SiteError};

/// A site, asked for a run.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) site: Site,
    /// What the connection is called.
    name: String,
    connection: ConnectionId,
    /// The version of the connection with which it was opened.
    version: i64,
}

/// The sites of runs.
#[derive(Debug)]
pub(super) struct Sessions {
    state: AppState,
    open: Mutex<HashMap<RunId, Session>>,
}

impl Sessions {
    pub(super) fn new(state: AppState) -> Self {
        Self { state, open: Mutex::default() }
    }

    /// The site of a run. Secrets are read again once their owner has changed the connection, and that is written down.
    ///
    /// # Errors
    /// [`Refusal`]
    pub(super) async fn of(&self, id: RunId) -> Result<Session, Refusal> {
        let known = self.locked().get(&id).cloned();
        let run = match (self.state.store().run_by_id(id).await, &known) {
            // It was deleted, and what is left of it shall end.
            (Err(StoreError::NotFound), Some(session)) => return Ok(session.clone()),
            (found, _) => found?,
        };
        let connection = run.connection.ok_or_else(gone)?;
        let shown = match self.state.store().connection(run.user.user_id, connection).await {
            Err(StoreError::NotFound) => return Err(gone()),
            other => other?,
        };
        if let Some(session) = known
            && (session.connection, session.version) == (connection, shown.version)
        {
            return Ok(session);
        }
        let session = self.open(&run, connection, shown.connection_name).await?;
        self.locked().insert(id, session.clone());
        Ok(session)
    }

    /// Closes the site of a run.
    pub(super) fn forget(&self, run: RunId) {
        self.locked().remove(&run);
    }

    async fn open(&self, run: &RunRecord, id: ConnectionId, name: String) -> Result<Session, Refusal> {
        let Some(ComputeSystem::Unicore { api_url }) = config_of(run).map(|config| config.system) else {
            return Err(Refusal::lasting("The backend config cannot be read. Submit the run anew."));
        };
        let owner: UserId = run.user.user_id;
        let actor = Actor { user_id: owner, credential: "run".to_owned(), request_id: run.id.to_string() };
        match open_site(&self.state, actor, id, &api_url, AuditAction::MachineAsked).await {
            Ok((version, site)) => Ok(Session { site, name, connection: id, version }),
            Err(Error::Invalid(problems)) => {
                let reasons: Vec<String> = problems.into_iter().map(|problem| problem.msg).collect();
                let reasons = reasons.join("; ");
                Err(Refusal::awaited(format!("The connection “{name}” does not open the site: {reasons}.")))
            }
            Err(Error::NotFound) => Err(gone()),
            Err(error) => Err(Refusal::passing(error.to_string())),
        }
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<RunId, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// What keeps the site from being asked, for people; asked again later.
    pub(super) fn refusal(&self, error: &SiteError) -> Refusal {
        let host = self.site.host();
        match error {
            SiteError::Denied => Refusal::awaited(format!(
                "{host} refuses the credentials of the connection “{}”. Enter them anew in your settings; the run goes on by \
                 itself then.",
                self.name
            )),
            SiteError::Missing | SiteError::Odd => Refusal::awaited(format!(
                "There is a server at {host}, but it does not answer as UNICORE does at the address of the backend config."
            )),
            SiteError::Unanswered | SiteError::Refused(_) | SiteError::Failed(_) => {
                Refusal::awaited(format!("{host} {error}."))
            }
        }
    }
}

fn gone() -> Refusal {
    Refusal::lasting(
        "The connection of this run was deleted, so the site cannot be asked about it any more. Should it be executed there, it \
         goes on. Choose another connection for a new run.",
    )
}
