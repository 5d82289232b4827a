//! Who calls, and what she may do.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use models::id::{ProjectId, RunId};
use models::permission::Action;
use models::token::TokenScope;

use super::error::{Code, TrackingError, or_missing};
use crate::auth::{Access, SignedIn};
use crate::error::Error;
use crate::store::{RunRecord, Store};

/// Who calls.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) signed_in: SignedIn,
    pub(super) store: Store,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    Store: FromRef<S>,
{
    type Rejection = TrackingError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, TrackingError> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        if !signed_in.has_scope(&[TokenScope::Mlflow, TokenScope::Write]) {
            let message = "This token lacks the scope `mlflow`. Make another one in your settings.";
            return Err(TrackingError::new(Code::PermissionDenied, message));
        }
        Ok(Self { signed_in, store: Store::from_ref(state) })
    }
}

impl Caller {
    /// The project for which the caller speaks: that of her token, or else her own.
    pub(super) fn home(&self) -> Result<ProjectId, TrackingError> {
        let own = self.signed_in.only_project().or(self.signed_in.user.personal_project_id);
        let message = "You have no project of your own. Use a token that belongs to a project.";
        own.ok_or_else(|| TrackingError::new(Code::PermissionDenied, message))
    }

    /// Whether the caller may do this in a project.
    pub(super) async fn may(&self, project: ProjectId, action: Action) -> Result<bool, TrackingError> {
        match self.signed_in.project(&self.store, project, action).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound | Error::Forbidden(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Refuses what the caller may not do in a project; what she may not see does not exist for her.
    pub(super) async fn require(
        &self,
        project: ProjectId,
        action: Action,
        missing: impl FnOnce() -> TrackingError,
    ) -> Result<Access, TrackingError> {
        self.signed_in
            .project(&self.store, project, action)
            .await
            .map_err(|error| if error == Error::NotFound { missing() } else { error.into() })
    }

    /// A run, when the caller may do this in its project.
    pub(super) async fn run(&self, id: &str, action: Action) -> Result<RunRecord, TrackingError> {
        if id.is_empty() {
            return Err(TrackingError::required("run_id"));
        }
        let missing = || TrackingError::missing(format!("Run with id={id} not found"));
        let number: RunId = id.parse().map_err(|_| missing())?;
        let run = self.store.run_by_id(number).await.map_err(or_missing(missing))?;
        self.require(run.project_id, action, missing).await?;
        Ok(run)
    }
}
