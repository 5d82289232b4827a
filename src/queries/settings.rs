//! What a person sets for herself.

use models::audit::AuditEvent;
use models::id::{SessionId, UserId};
use models::page::{Page, PageQuery};
use models::person::PasswordChange;
use models::session::OpenSession;
use models::settings::{UserSettings, UserSettingsPatch};

use super::{Query, Topic, Write, read_when, write};
use crate::api;

/// A person's settings; nothing is asked while nobody is named.
pub fn get(user: impl Fn() -> Option<UserId> + Send + Sync + 'static) -> Query<UserSettings> {
    read_when(|_| Topic::Settings, api::settings::get, user)
}

/// Changes settings, of the version that was seen.
pub fn change() -> Write<(UserId, i64, UserSettingsPatch), ()> {
    write(|_| vec![Topic::Settings, Topic::Session, Topic::Audit], api::settings::change)
}

/// Changes the password; all other sessions end.
pub fn change_password() -> Write<(UserId, PasswordChange), ()> {
    write(|_| vec![Topic::Sessions, Topic::Audit], api::settings::change_password)
}

/// Where a person is signed in.
pub fn sessions(user: impl Fn() -> Option<UserId> + Send + Sync + 'static) -> Query<Page<OpenSession>> {
    read_when(|_| Topic::Sessions, api::settings::sessions, user)
}

/// Signs out in one place.
pub fn end_session() -> Write<(UserId, SessionId), ()> {
    write(|_| vec![Topic::Sessions], api::settings::end_session)
}

/// Signs out everywhere else.
pub fn end_other_sessions() -> Write<UserId, ()> {
    write(|_| vec![Topic::Sessions], api::settings::end_other_sessions)
}

/// A page of what was done with a person's secrets and settings, the last first.
pub fn audit(
    which: impl Fn() -> Option<(UserId, PageQuery)> + Send + Sync + 'static,
) -> Query<Page<AuditEvent>> {
    read_when(|_| Topic::Audit, api::settings::audit, which)
}
