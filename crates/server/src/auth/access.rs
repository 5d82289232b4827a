//! What the caller may do in the project that a path names.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use models::id::ProjectId;
use models::permission::{Action, Role};

use crate::error::Error;

/// What the caller may do in the project that the path names. As an argument of a handler it is what the route's
/// guard found: that the project exists, that she may see it, and that her role suffices for the route's action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// The project.
    pub project_id: ProjectId,
    /// Her role in it.
    pub role: Role,
}

impl Access {
    /// Refuses what needs a greater role than the route itself.
    ///
    /// # Errors
    /// [`Error::Forbidden`]
    pub fn require(self, action: Action) -> Result<(), Error> {
        self.role.why_not(action).map_or(Ok(()), |reason| Err(Error::Forbidden(reason)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Access {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get().copied().ok_or(Error::NotFound)
    }
}
