//! Changes of a person's own settings.

use models::id::PaymentInfoId;
use models::person::UserPatch;
use models::settings::{NewPaymentInfo, UserSettingsPatch};
use uuid::Uuid;

use super::check_own_password;
use super::connections::sealed;
use crate::error::Error;
use crate::secrets::{Place, SecretField};
use crate::state::AppState;
use crate::store::{Account, Actor, PaymentChange, SettingsChange, StoreError};

/// How long the name of a way to pay may be that this version does not know, in bytes.
const MAX_METHOD: usize = 100;

/// Changes the settings of the person who is signed in as `account`, if they still are of version `expected`. With a new
/// password all her sessions end but `session`.
///
/// # Errors
/// [`Error::Invalid`] when the password until now is wrong, or something else is; [`Error::TooManyRequests`] after many
/// wrong passwords.
pub async fn change_settings(
    state: &AppState,
    (actor, account, session): (Actor, &Account, Option<Uuid>),
    network: Option<String>,
    patch: UserSettingsPatch,
    expected: Option<i64>,
) -> Result<(), Error> {
    patch.check()?;
    let mut change = SettingsChange::default();
    if let Some(user) = patch.user {
        check_person(account, &user)?;
        change.name = user.name.map(String::from).filter(|name| *name != account.name);
        change.email = user.email.map(String::from).filter(|email| *email != account.email);
    }
    if let (Some(new), Some(current)) = (&patch.password, &patch.current_password) {
        check_own_password(state, account, network, "currentPassword", current.expose().to_owned()).await?;
        change.password = Some((state.passwords().hash(new.expose().to_owned()).await?, session));
    }
    if let Some(info) = patch.payment_info {
        change.payment = payment(state, &actor, info).await?;
    }
    match state.store().change_user_settings(actor.clone(), change, expected).await {
        Err(StoreError::Stale) => Err(Error::stale(state.store().user_settings(actor.user_id).await)),
        other => Ok(other?),
    }
}

/// What a person may not change of herself.
fn check_person(account: &Account, user: &UserPatch) -> Result<(), Error> {
    if user.is_admin.is_some_and(|is_admin| is_admin != account.is_admin) {
        return Err(Error::Forbidden("Nobody makes an administrator of herself.".to_owned()));
    }
    if user.password.is_some() {
        return Err(Error::invalid("user.password", "send it as `password`, with `currentPassword`"));
    }
    Ok(())
}

/// What is to be changed of how she pays; `None` where there is nothing to remove.
async fn payment(
    state: &AppState,
    actor: &Actor,
    new: Option<NewPaymentInfo>,
) -> Result<Option<Option<PaymentChange>>, Error> {
    let now = state.store().user_settings(actor.user_id).await?.payment_info;
    let Some(new) = new else { return Ok(now.map(|_| None)) };
    if new.payment_method.as_str().is_empty() || new.payment_method.as_str().len() > MAX_METHOD {
        return Err(Error::invalid("paymentInfo.paymentMethod", format!("use 1 to {MAX_METHOD} characters")));
    }
    let id = now.as_ref().map_or_else(|| PaymentInfoId(Uuid::now_v7()), |info| info.payment_info_id);
    let place = Place { row_id: id.0, field: SecretField::PaymentDetails, owner: actor.user_id };
    // Who sends an answer back sends the hint, which is no new reference.
    let told = now.map(|info| info.payment_details).unwrap_or_default();
    let reference = new.payment_details.as_ref().filter(|details| details.expose() != told);
    let reference = reference.map(|details| sealed(&state.safe(), details, place)).transpose()?;
    let (address, method) = (new.address.into(), new.payment_method);
    Ok(Some(Some(PaymentChange { id, address, method, reference })))
}
