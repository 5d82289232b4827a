//! Groups and organizations.

use models::page::{Page, PageQuery};
use models::team::TeamKind;
use models::text::Name;
use uuid::Uuid;

use super::{Query, Topic, Write, read, remove, write};
use crate::api;

pub use crate::api::teams::{Team, TeamPatch};

/// A page of the groups or organizations that the person belongs to, by name.
pub fn list(page: impl Fn() -> (TeamKind, PageQuery) + Send + Sync + 'static) -> Query<Page<Team>> {
    read(|_| Topic::Teams, api::teams::list, page)
}

/// A group or an organization.
pub fn get(which: impl Fn() -> (TeamKind, Uuid) + Send + Sync + 'static) -> Query<Team> {
    read(|(kind, id)| Topic::Team(*kind, *id), api::teams::get, which)
}

/// Makes one.
pub fn create() -> Write<(TeamKind, Name), Uuid> {
    write(|_| vec![Topic::Teams], api::teams::create)
}

/// Changes one, of the version that was seen.
pub fn change() -> Write<(TeamKind, Uuid, i64, TeamPatch), ()> {
    write(|(kind, id, ..)| vec![Topic::Team(*kind, *id), Topic::Teams], api::teams::change)
}

/// Deletes one, of the version that was seen.
pub fn delete() -> Write<(TeamKind, Uuid, i64), ()> {
    remove(|(kind, id, _)| vec![Topic::Team(*kind, *id)], |_| vec![Topic::Teams], api::teams::delete)
}

/// Leaves one.
pub fn leave() -> Write<(TeamKind, Uuid), ()> {
    remove(|(kind, id)| vec![Topic::Team(*kind, *id)], |_| vec![Topic::Teams], api::teams::leave)
}
