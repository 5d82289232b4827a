//! People, for those who administer the server.

use models::id::UserId;
use models::page::{Page, PageQuery};
use models::person::{CreatedUser, NewUser, SignInLink, UserRecord};

use super::{Query, Topic, Write, read, write};
use crate::api;

/// A page of the people whose names or addresses hold a text, by name.
pub fn list(search: impl Fn() -> (String, PageQuery) + Send + Sync + 'static) -> Query<Page<UserRecord>> {
    read(|_| Topic::Users, api::users::list, search)
}

/// Adds a person; its answer is the only one that holds her link.
pub fn create() -> Write<NewUser, CreatedUser> {
    write(|_| vec![Topic::Users], api::users::create)
}

/// Puts a link that works once in the place of a person's password.
pub fn link() -> Write<UserId, SignInLink> {
    write(|_| Vec::new(), api::users::link)
}

/// Keeps a person out.
pub fn disable() -> Write<UserId, ()> {
    write(|_| vec![Topic::Users], api::users::disable)
}

/// Lets a person sign in again.
pub fn enable() -> Write<UserId, ()> {
    write(|_| vec![Topic::Users], api::users::enable)
}
