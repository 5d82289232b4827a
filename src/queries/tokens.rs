//! API tokens.

use models::id::{ApiTokenId, UserId};
use models::page::Page;
use models::token::{ApiToken, CreatedApiToken, NewApiToken};

use super::{Query, Topic, Write, read_when, write};
use crate::api;

/// A person's tokens, newest first; nothing is asked while nobody is named.
pub fn list(user: impl Fn() -> Option<UserId> + Send + Sync + 'static) -> Query<Page<ApiToken>> {
    read_when(|_| Topic::Tokens, api::tokens::list, user)
}

/// Makes an API token; its answer is the only one that holds the secret.
pub fn create() -> Write<(UserId, NewApiToken), CreatedApiToken> {
    write(|_| vec![Topic::Tokens], api::tokens::create)
}

/// Deletes a token; it stops working at once.
pub fn delete() -> Write<(UserId, ApiTokenId), ()> {
    write(|_| vec![Topic::Tokens], api::tokens::delete)
}
