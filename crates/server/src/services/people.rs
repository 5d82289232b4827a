//! People: adding and changing them, their passwords, and ways in for who has none.

use models::id::UserId;
use models::person::{CreatedUser, NewUser, PasswordChange, SignInLink, UserPatch};
use models::session::why_not_password;
use models::time::UnixMillis;
use uuid::Uuid;

use super::check_own_password;
use crate::auth::{SignedIn, sha256};
use crate::error::Error;
use crate::state::AppState;
use crate::store::{Actor, NewAccount, UserChange};
use crate::{clock, random};

/// How long who was let in by an administrator has to use the link, in milliseconds.
const LINK: i64 = 3 * 24 * 3_600_000;

/// Changes the caller's own password; all her other sessions end.
///
/// # Errors
/// [`Error::Invalid`] for a weak password, and when the one until now is wrong.
pub async fn change_password(
    state: &AppState,
    signed_in: &SignedIn,
    actor: Actor,
    network: Option<String>,
    change: PasswordChange,
) -> Result<(), Error> {
    let user = &signed_in.user;
    let hash = checked(state, change.password.expose(), async {
        if !state.store().has_password(user.user_id).await? {
            return Ok(());
        }
        let current = change.current_password.as_ref().map_or("", |current| current.expose());
        check_own_password(state, user, network, "currentPassword", current.to_owned()).await
    });
    let keep = signed_in.session_id();
    let ended = state.store().set_password(user.user_id, hash.await?, keep, Some(actor)).await?;
    end(state, &ended);
    Ok(())
}

/// The hash of a new password, if it is strong enough and `permitted`.
async fn checked(
    state: &AppState,
    password: &str,
    permitted: impl Future<Output = Result<(), Error>>,
) -> Result<String, Error> {
    if let Some(reason) = why_not_password(password) {
        return Err(Error::invalid("password", reason));
    }
    permitted.await?;
    state.passwords().hash(password.to_owned()).await
}

/// Adds a person. Without a password she gets a link by which she signs in once, to choose one.
///
/// # Errors
/// [`Error::Conflict`] when the name or the address is taken; [`Error::Invalid`] for a weak password.
pub async fn create_user(state: &AppState, origin: &str, new: NewUser) -> Result<CreatedUser, Error> {
    let password_hash = match &new.password {
        Some(password) => checked(state, password.expose(), async { Ok(()) }).await?,
        None => String::new(),
    };
    let has_password = !password_hash.is_empty();
    let account =
        NewAccount { name: new.name.into(), email: new.email.into(), password_hash, is_admin: new.is_admin };
    let user_id = state.store().create_account(account).await?.user_id;
    let link = if has_password { None } else { Some(link(state, origin, user_id).await?) };
    Ok(CreatedUser { user_id, link })
}

/// Takes a person's password away, and makes a link by which she signs in once, to choose another.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when she may not sign in.
pub async fn replace_password_by_link(
    state: &AppState,
    origin: &str,
    user_id: UserId,
) -> Result<SignInLink, Error> {
    if state.store().account(user_id).await?.is_disabled {
        return Err(Error::Conflict("This person may not sign in. Let her in first.".to_owned()));
    }
    end(state, &state.store().set_password(user_id, String::new(), None, None).await?);
    link(state, origin, user_id).await
}

async fn link(state: &AppState, origin: &str, user_id: UserId) -> Result<SignInLink, Error> {
    let token = random::secret();
    let expires_at = UnixMillis(clock::now().0 + LINK);
    state.store().create_sign_in_link(sha256(&token), user_id, expires_at).await?;
    Ok(SignInLink { url: format!("{origin}/link?token={token}"), expires_at })
}

/// Changes a person. What only administrators may change is refused to others, and a password of one's own is changed
/// in another way.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Conflict`] when the name or the address is taken; [`Error::Invalid`].
pub async fn change_user(
    state: &AppState,
    signed_in: &SignedIn,
    user_id: UserId,
    patch: UserPatch,
) -> Result<(), Error> {
    if (patch.is_admin.is_some() || patch.password.is_some()) && !signed_in.user.is_admin {
        return Err(Error::Forbidden("Only administrators of this server may do this.".to_owned()));
    }
    if patch.password.is_some() && user_id == signed_in.user.user_id {
        return Err(Error::invalid("password", "change your own password with the one until now"));
    }
    let password_hash = match &patch.password {
        Some(password) => Some(checked(state, password.expose(), async { Ok(()) }).await?),
        None => None,
    };
    let change = UserChange {
        name: patch.name.map(Into::into),
        email: patch.email.map(Into::into),
        is_admin: patch.is_admin,
        password_hash,
    };
    end(state, &state.store().change_user(user_id, signed_in.user.user_id, change).await?);
    Ok(())
}

/// Closes the event streams of sessions and tokens that have ended.
pub fn end(state: &AppState, ended: &[Uuid]) {
    ended.iter().for_each(|id| state.streams().end(*id));
}
