//! A person's connections to other systems.

use models::connection::{Connection, ConnectionPatch, ConnectionTest, NewConnection};
use models::id::{ConnectionId, UserId};
use models::page::{Page, PageQuery};

use super::{Query, Topic, Write, read_when, write};
use crate::api;

/// A page of a person's connections, by name; nothing is asked while nobody is named.
pub fn list(
    which: impl Fn() -> Option<(UserId, PageQuery)> + Send + Sync + 'static,
) -> Query<Page<Connection>> {
    read_when(|_| Topic::Connections, api::connections::list, which)
}

/// Makes a connection.
pub fn create() -> Write<(UserId, NewConnection), ()> {
    write(|_| changed(), api::connections::create)
}

/// Changes a connection, of the version that was seen.
pub fn change() -> Write<(UserId, ConnectionId, i64, ConnectionPatch), ()> {
    write(|_| changed(), api::connections::change)
}

/// Deletes a connection with its secrets, of the version that was seen.
pub fn delete() -> Write<(UserId, ConnectionId, i64), ()> {
    write(|_| changed(), api::connections::delete)
}

/// Has the server try a connection out.
pub fn test() -> Write<(UserId, ConnectionId), ConnectionTest> {
    write(|_| vec![Topic::Audit], api::connections::test)
}

fn changed() -> Vec<Topic> {
    vec![Topic::Connections, Topic::Audit]
}
