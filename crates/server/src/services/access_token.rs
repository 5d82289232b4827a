//! Tokens that come with a repository, as the 2022 interface and clients up to 0.5.0 send them.

use models::code::{NewCodeRepository, Platform};
use models::connection::ConnectionProvider;
use models::data::{DataPlatform, NewDataRepository};
use models::deployment::NewDeployment;
use models::id::ConnectionId;
use models::model::NewSavedModel;
use models::problem::FieldErrors;
use models::secret::Secret;
use models::text::{Name, Uri};

use super::connections::keep_access_token;
use crate::AppState;
use crate::error::Error;
use crate::store::Actor;

/// A request that may carry the token of a repository.
pub trait CarriesAccessToken {
    /// The token, if there is one and it can be used.
    ///
    /// # Errors
    /// What is wrong with it.
    fn take_access_token(&mut self) -> Result<Option<AccessToken>, FieldErrors>;

    /// Names a connection instead.
    fn name_connection(&mut self, connection: ConnectionId);
}

/// A token, and the repository that it opens.
#[derive(Debug)]
pub struct AccessToken {
    repository: String,
    uri: String,
    provider: ConnectionProvider,
    token: Secret,
}

impl AccessToken {
    fn new(repository: &Name, uri: &Uri, provider: ConnectionProvider, token: Secret) -> Self {
        Self { repository: repository.as_str().to_owned(), uri: uri.as_str().to_owned(), provider, token }
    }
}

/// Keeps the token that a request carries as a connection of its sender, and has the request name that.
///
/// # Errors
/// [`Error::Invalid`] when the token can not be used; [`Error::Unavailable`].
pub async fn adopt_access_token(
    state: &AppState,
    actor: &Actor,
    new: &mut impl CarriesAccessToken,
) -> Result<Option<ConnectionId>, Error> {
    let Some(carried) = new.take_access_token()? else { return Ok(None) };
    let AccessToken { repository, uri, provider, token } = carried;
    let id = keep_access_token(state, actor.clone(), &repository, &uri, provider, &token).await?;
    new.name_connection(id);
    Ok(Some(id))
}

impl CarriesAccessToken for NewCodeRepository {
    fn take_access_token(&mut self) -> Result<Option<AccessToken>, FieldErrors> {
        self.check()?;
        let provider = match self.platform() {
            Platform::GitHub => ConnectionProvider::GitHub,
            Platform::GitLab => ConnectionProvider::GitLab,
            Platform::Bitbucket => ConnectionProvider::Bitbucket,
            Platform::Unknown(_) => ConnectionProvider::Other,
        };
        let token = self.access_token.take();
        Ok(token.map(|token| AccessToken::new(&self.code_repository_name, &self.uri, provider, token)))
    }

    fn name_connection(&mut self, connection: ConnectionId) {
        self.connection_id = Some(connection);
    }
}

impl CarriesAccessToken for NewDataRepository {
    fn take_access_token(&mut self) -> Result<Option<AccessToken>, FieldErrors> {
        let provider = match self.platform() {
            DataPlatform::GitHub => ConnectionProvider::GitHub,
            DataPlatform::GitLab => ConnectionProvider::GitLab,
            DataPlatform::Bitbucket => ConnectionProvider::Bitbucket,
            DataPlatform::S3 | DataPlatform::Other | DataPlatform::Unknown(_) => ConnectionProvider::Other,
        };
        if self.access_token.is_some() && self.connection_id.is_some() {
            return Err(FieldErrors::at("accessToken", "leave this out; the connection has the token"));
        }
        let token = self.access_token.take();
        Ok(token.map(|token| AccessToken::new(&self.data_repository_name, &self.uri, provider, token)))
    }

    fn name_connection(&mut self, connection: ConnectionId) {
        self.connection_id = Some(connection);
    }
}

macro_rules! carries_none {
    ($($request:ident),*) => {$(
        impl CarriesAccessToken for $request {
            fn take_access_token(&mut self) -> Result<Option<AccessToken>, FieldErrors> {
                Ok(None)
            }

            fn name_connection(&mut self, _: ConnectionId) {}
        }
    )*};
}

carries_none!(NewSavedModel, NewDeployment);
