//! A repository at another server.

use std::net::SocketAddr;

use hyper::header::HeaderValue;
use url::Position;

use super::GitError;
use crate::egress::{Egress, EgressError, Target};

/// A repository at another server: its address is checked and resolved, and git connects to that very address.
#[derive(Debug, Clone)]
pub struct Remote {
    target: Target,
    address: SocketAddr,
    authorization: Option<HeaderValue>,
}

impl Remote {
    /// Checks and resolves an address; `authorization` is the header that opens the repository.
    ///
    /// # Errors
    /// [`GitError::Address`] when it is not one that is asked; [`GitError::Unreachable`] when it leads nowhere, or inside.
    pub async fn find(
        egress: &Egress,
        uri: &str,
        authorization: Option<HeaderValue>,
    ) -> Result<Self, GitError> {
        let target = egress.target(uri).map_err(|error| match error {
            EgressError::Address(reason) => {
                GitError::Address(format!("Change the address of the repository: {reason}."))
            }
            EgressError::Failed => GitError::Unreachable,
        })?;
        if !target.secure && !target.is_allowed {
            let reason = "Change the address of the repository: use one that begins with https://.";
            return Err(GitError::Address(reason.to_owned()));
        }
        let address = egress.resolve(&target).await.map_err(|_| GitError::Unreachable)?;
        Ok(Self { target, address, authorization })
    }

    /// Where it is, as git is told.
    pub(super) fn url(&self) -> &str {
        &self.target.url[..Position::AfterPath]
    }

    /// What git must know to reach it.
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        let scheme = if self.target.secure { "https" } else { "http" };
        let place = &self.target.place;
        let resolved = match self.address {
            SocketAddr::V4(address) => format!("{}:{}:{}", place.host, place.port, address.ip()),
            SocketAddr::V6(address) => format!("{}:{}:[{}]", place.host, place.port, address.ip()),
        };
        let mut settings = vec![
            (format!("protocol.{scheme}.allow"), "always".to_owned()),
            ("http.curloptResolve".to_owned(), resolved),
        ];
        if let Some(value) = self.authorization.as_ref().and_then(|value| value.to_str().ok()) {
            settings.push(("http.extraHeader".to_owned(), format!("Authorization: {value}")));
        }
        settings
    }
}
