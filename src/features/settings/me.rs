//! Whose settings they are.

use models::id::UserId;

use crate::session::Session;

/// Who is signed in.
pub(super) fn me() -> impl Fn() -> Option<UserId> + Copy + Send + Sync + 'static {
    let session = Session::current();
    move || Some(session.user()?.user_id)
}
