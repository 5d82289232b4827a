//! Invitations: those to something, and those that wait for a person.

use models::id::{InvitationId, UserId};
use models::invitation::{Invitation, NewInvitation};
use models::page::{Page, PageQuery};

use super::{Query, Topic, Write, read, read_when, write};
use crate::api;

pub use crate::api::invitations::{InvitedTo, Reply};

/// The invitations to something that wait for an answer.
pub fn list(to: impl Fn() -> InvitedTo + Send + Sync + 'static) -> Query<Page<Invitation>> {
    read(|(to, _)| Topic::Invited(*to), api::invitations::list, move || (to(), all()))
}

/// Invites somebody.
pub fn invite() -> Write<(InvitedTo, NewInvitation), Invitation> {
    write(|(to, _)| vec![Topic::Invited(*to)], api::invitations::invite)
}

/// Takes an invitation back.
pub fn withdraw() -> Write<(InvitedTo, InvitationId), ()> {
    write(|(to, _)| vec![Topic::Invited(*to)], api::invitations::withdraw)
}

/// The invitations that wait for a person's answer; nothing is asked while she is not known.
pub fn waiting(user: impl Fn() -> Option<UserId> + Send + Sync + 'static) -> Query<Page<Invitation>> {
    read_when(|_| Topic::Invitations, api::invitations::waiting, move || Some((user()?, all())))
}

/// Answers an invitation.
pub fn reply() -> Write<(UserId, InvitationId, Reply), ()> {
    write(|_| vec![Topic::Invitations, Topic::Teams, Topic::Projects], api::invitations::reply)
}

/// As many as a page holds: nobody has more.
fn all() -> PageQuery {
    PageQuery { startindex: 0, pagelength: PageQuery::MAX_LENGTH }
}
