//! What stands before each handler: who asks, and may she?

use axum::extract::{FromRequestParts as _, RawPathParams, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use models::id::UserId;
use models::permission::{Action, Rule};

use super::signed_in::is_reading;
use super::{SignedIn, authenticate};
use crate::clock;
use crate::error::Error;
use crate::http::Site;
use crate::state::AppState;
use crate::store::{Standing, Team};

/// What a route's guard knows.
#[derive(Debug, Clone)]
pub struct Guard {
    /// What all requests share.
    pub state: AppState,
    /// What the route does.
    pub action: Action,
    /// Whether it needs to be confirmed that it is the person herself.
    pub is_sensitive: bool,
}

/// Marks a request that came together with others: it may not change anything.
#[derive(Debug, Clone, Copy)]
pub struct AskedTogether;

/// Lets a request through to its handler if the caller may do what the route does. The handler finds
/// [`SignedIn`](super::SignedIn) and, for a route in a project, [`Access`](super::Access).
///
/// # Errors
/// [`Error::Unauthenticated`], [`Error::Forbidden`], and [`Error::NotFound`] for what the caller may not see.
pub async fn authorize(State(guard): State<Guard>, request: Request, next: Next) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    if parts.extensions.get::<AskedTogether>().is_some() && !guard.is_reading(&parts.method) {
        return Err(Error::BadRequest(
            "Only what reads can be asked for together. Send this alone.".to_owned(),
        ));
    }
    if guard.action.rule() != Rule::Anyone {
        guard.admit(&mut parts).await?;
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}

impl Guard {
    /// Whether a request changes nothing. Signing in does, and needs nobody's leave.
    fn is_reading(&self, method: &Method) -> bool {
        let asks = self.action.rule() != Rule::Anyone && is_reading(self.action);
        *method == Method::GET || (*method == Method::POST && asks)
    }

    async fn admit(&self, parts: &mut Parts) -> Result<(), Error> {
        let site = parts.extensions.get::<Site>().cloned();
        let signed_in = authenticate(&self.state, &parts.headers, site.as_ref()).await?;
        signed_in.check_scope(self.action)?;
        match self.action.rule() {
            Rule::Anyone | Rule::SignedIn => {}
            Rule::Oneself if parameter::<UserId>(parts, "user").await? == signed_in.user.user_id => {}
            Rule::Oneself => return Err(Error::NotFound),
            Rule::OneselfOrAdministrator if signed_in.user.is_admin => {}
            Rule::OneselfOrAdministrator
                if parameter::<UserId>(parts, "user").await? == signed_in.user.user_id => {}
            Rule::OneselfOrAdministrator => return Err(Error::NotFound),
            Rule::Administrator if signed_in.user.is_admin => {}
            Rule::Administrator => {
                return Err(Error::Forbidden("Only administrators of this server may do this.".to_owned()));
            }
            Rule::Member | Rule::Lead => self.check_standing(parts, &signed_in).await?,
            Rule::Role(_) => {
                let project_id = parameter(parts, "project").await?;
                let access = signed_in.project(self.state.store(), project_id, self.action).await?;
                parts.extensions.insert(access);
            }
        }
        if self.is_sensitive {
            signed_in.check_confirmed(self.state.store(), clock::now()).await?;
        }
        parts.extensions.insert(signed_in);
        Ok(())
    }

    async fn check_standing(&self, parts: &mut Parts, signed_in: &SignedIn) -> Result<(), Error> {
        let team = team(parts).await?;
        let standing = self.state.store().standing(team, signed_in.user.user_id).await?;
        match standing.ok_or(Error::NotFound)? {
            Standing::Member if self.action.rule() == Rule::Lead => {
                let kind = if matches!(team, Team::Group(_)) {
                    "the admin of this group"
                } else {
                    "the contact of this organization"
                };
                Err(Error::Forbidden(format!("Only {kind} may do this.")))
            }
            Standing::Member | Standing::Lead => Ok(()),
        }
    }
}

/// The group or organization in the path.
async fn team(parts: &mut Parts) -> Result<Team, Error> {
    match parameter(parts, "group").await {
        Ok(group) => Ok(Team::Group(group)),
        Err(_) => parameter(parts, "organization").await.map(Team::Organization),
    }
}

/// An id in the path. One that cannot be read identifies nothing.
async fn parameter<T: std::str::FromStr>(parts: &mut Parts, name: &str) -> Result<T, Error> {
    let parameters = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::NotFound)?;
    let found = parameters.iter().find(|(found, _)| *found == name);
    found.and_then(|(_, text)| text.parse().ok()).ok_or(Error::NotFound)
}
