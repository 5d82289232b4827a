//! Who is signed in, and by what.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use models::id::{ApiTokenId, ProjectId};
use models::permission::Action;
use models::time::UnixMillis;
use models::token::TokenScope;
use uuid::Uuid;

use super::Access;
use crate::error::Error;
use crate::store::{Account, Projects, Store};

/// How long a confirmation is good for, in milliseconds.
const CONFIRMED_FOR: i64 = 10 * 60_000;

/// Who is signed in. As an argument of a handler it is what the route's guard found.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub user: Account,
    /// By what she proved it.
    pub credential: Credential,
    /// When the proof ends.
    pub expires_at: UnixMillis,
}

/// By what a person proves who she is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The cookie of a browser's session.
    Browser {
        /// Identifies the session.
        session_id: Uuid,
        /// When she last gave her password in it.
        confirmed_at: UnixMillis,
    },
    /// The access token of a session of the `mantik` client.
    Client {
        /// Identifies the session.
        session_id: Uuid,
        /// When it was opened with the password.
        confirmed_at: UnixMillis,
    },
    /// An API token.
    Token {
        /// Identifies the token.
        token_id: ApiTokenId,
        /// What it is good for.
        scopes: Vec<TokenScope>,
        /// The only project it is good for.
        project_id: Option<ProjectId>,
    },
}

impl SignedIn {
    /// The only project that the credential is good for.
    #[must_use]
    pub fn only_project(&self) -> Option<ProjectId> {
        if let Credential::Token { project_id, .. } = self.credential { project_id } else { None }
    }

    /// The session that the request came through; a token has none.
    #[must_use]
    pub fn session_id(&self) -> Option<Uuid> {
        match self.credential {
            Credential::Browser { session_id, .. } | Credential::Client { session_id, .. } => {
                Some(session_id)
            }
            Credential::Token { .. } => None,
        }
    }

    /// Whether the credential is good for one of `scopes`. Who signed in with a password has all.
    #[must_use]
    pub fn has_scope(&self, scopes: &[TokenScope]) -> bool {
        match &self.credential {
            Credential::Browser { .. } | Credential::Client { .. } => true,
            Credential::Token { scopes: given, .. } => given.iter().any(|scope| scopes.contains(scope)),
        }
    }

    /// Refuses an action that the credential is not meant for, whatever its owner may do.
    ///
    /// # Errors
    /// [`Error::Forbidden`]
    pub fn check_scope(&self, action: Action) -> Result<(), Error> {
        if self.only_project().is_some() && reaches_beyond_projects(action) {
            return Err(Error::Forbidden("This token is good for one project alone.".to_owned()));
        }
        let scopes = scopes_for(action);
        match scopes {
            _ if self.has_scope(scopes) => Ok(()),
            [] => Err(Error::Forbidden("No API token may do this. Sign in with your password.".to_owned())),
            [first, ..] => {
                let first = serde_json::to_string(first).unwrap_or_default();
                Err(Error::Forbidden(format!(
                    "This token is not meant for that; it needs the scope {first}."
                )))
            }
        }
    }

    /// Refuses when it may be somebody else who uses her browser, or her access token: she gave her password too long ago. Who
    /// was let in by a link and has none yet cannot be asked for it. An API token's scopes say what it is good for.
    ///
    /// # Errors
    /// [`Error::Unconfirmed`]
    pub async fn check_confirmed(&self, store: &Store, now: UnixMillis) -> Result<(), Error> {
        let (Credential::Browser { confirmed_at, .. } | Credential::Client { confirmed_at, .. }) =
            self.credential
        else {
            return Ok(());
        };
        if now.millis_since(confirmed_at) < CONFIRMED_FOR || !store.has_password(self.user.user_id).await? {
            return Ok(());
        }
        Err(Error::Unconfirmed)
    }

    /// The projects that the person may see now; only that one, where the credential is good for one alone.
    ///
    /// # Errors
    /// [`Error::Unavailable`]
    pub async fn visible_projects(&self, store: &Store) -> Result<Projects, Error> {
        let mut visible = store.visible_projects(self.user.user_id).await?;
        if let Some(only) = self.only_project() {
            visible.retain(|project| *project == only);
        }
        Ok(visible.into())
    }

    /// What the person may do in a project, if that suffices for `action`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when she may not see it; [`Error::Forbidden`] when her role is too low.
    pub async fn project(
        &self,
        store: &Store,
        project_id: ProjectId,
        action: Action,
    ) -> Result<Access, Error> {
        if self.only_project().is_some_and(|only| only != project_id) {
            return Err(Error::NotFound);
        }
        let role = store.role_in(project_id, self.user.user_id).await?.ok_or(Error::NotFound)?;
        match role.why_not(action) {
            None => Ok(Access { project_id, role }),
            Some(reason) => Err(Error::Forbidden(reason)),
        }
    }
}

/// Whether a token that only reads may do it.
pub(super) fn is_reading(action: Action) -> bool {
    scopes_for(action).contains(&TokenScope::Read)
}

/// The scopes of which a token needs one; none where a token does not suffice.
fn scopes_for(action: Action) -> &'static [TokenScope] {
    use TokenScope::{Mlflow, Predict, Read, SubmitRuns, Write};
    match action {
        Action::ReadServer
        | Action::AskTogether
        | Action::SignIn
        | Action::FollowDownloadLink
        | Action::UseSession => &[Read, Write, Mlflow, SubmitRuns, Predict],
        Action::ReadServerMetrics
        | Action::SearchUsers
        | Action::SearchEverything
        | Action::SearchLabels
        | Action::Administrate
        | Action::ListTeams
        | Action::ViewTeam
        | Action::ListProjects
        | Action::ViewAllRuns
        | Action::ViewProject
        | Action::ViewAccess
        | Action::DownloadArtifacts
        | Action::ReadPredictions => &[Read, Write],
        Action::AskModels => &[Predict, Write],
        Action::SubmitRuns => &[SubmitRuns, Write],
        Action::CreateProject
        | Action::CreateLabels
        | Action::ManageLabels
        | Action::CreateTeam
        | Action::LeaveTeam
        | Action::ManageTeam
        | Action::EditRepositories
        | Action::EditRuns
        | Action::EditAllRuns
        | Action::DeployModels
        | Action::ServeModels
        | Action::KeepViews
        | Action::ShareViews
        | Action::TendViews
        | Action::EditProject
        | Action::TendRuns
        | Action::ManageMembers
        | Action::DeleteProject => &[Write],
        // A token must not be able to make a stronger one.
        Action::ConfirmSession
        | Action::ManageOwnSettings
        | Action::AnswerInvitations
        | Action::EditUser
        | Action::ManageUsers => &[],
        // The secrets are for other systems; only a token that is meant to act there gets them.
        Action::UseConnections => &[SubmitRuns],
    }
}

/// Whether an action is no matter of single projects, so that a token for one alone is not good for it.
fn reaches_beyond_projects(action: Action) -> bool {
    matches!(
        action,
        Action::CreateProject
            | Action::CreateTeam
            | Action::ViewTeam
            | Action::LeaveTeam
            | Action::ManageTeam
            | Action::ManageLabels
            | Action::Administrate
    )
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get().cloned().ok_or(Error::SIGN_IN)
    }
}
