//! The access tokens of the `mantik` client: JSON web tokens, signed with HMAC-SHA-256 and with nothing else.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use models::id::UserId;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Keys;

const PURPOSE: &str = "access token";
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const ISSUER: &str = "mantik";
const USE: &str = "access";

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The user; the client reads it without checking the token.
    pub sub: UserId,
    /// The user's name.
    pub username: String,
    /// Always `access`.
    pub token_use: String,
    /// Always `mantik`.
    pub iss: String,
    /// When it was made, in seconds since the Unix epoch.
    pub iat: i64,
    /// When it ends, in seconds since the Unix epoch.
    pub exp: i64,
    /// The session that it belongs to.
    pub jti: Uuid,
}

impl Claims {
    /// What a token says that is made `now`, in milliseconds, and is good for `seconds`.
    #[must_use]
    pub fn new(sub: UserId, username: String, session_id: Uuid, now: UnixMillis, seconds: i64) -> Self {
        let iat = now.0 / 1000;
        Self {
            sub,
            username,
            token_use: USE.to_owned(),
            iss: ISSUER.to_owned(),
            iat,
            exp: iat + seconds,
            jti: session_id,
        }
    }
}

/// Writes and signs a token.
#[must_use]
pub fn write_access_token(keys: &Keys, claims: &Claims) -> String {
    // Claims are plain numbers and texts, which can always be written.
    let payload = serde_json::to_vec(claims).unwrap_or_default();
    let signed =
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(HEADER), BASE64_URL_SAFE_NO_PAD.encode(payload));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(keys.sign(PURPOSE, signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// What a token says, if this server signed it and it has not ended. The header is not asked how to check it.
#[must_use]
pub fn read_access_token(keys: &Keys, token: &str, now: UnixMillis) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
    if !keys.is_signed(PURPOSE, signed.as_bytes(), &signature) {
        return None;
    }
    let (_, payload) = signed.split_once('.')?;
    let claims: Claims = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    (claims.iss == ISSUER && claims.token_use == USE && now.0 / 1000 < claims.exp).then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

    #[test]
    fn a_token_is_good_until_it_ends() {
        let token = write_access_token(&keys(), &claims());
        assert_eq!(read_access_token(&keys(), &token, NOW), Some(claims()));
        assert_eq!(read_access_token(&keys(), &token, UnixMillis(NOW.0 + 3_599_999)), Some(claims()));
        assert_eq!(read_access_token(&keys(), &token, UnixMillis(NOW.0 + 3_600_000)), None);
    }

    #[test]
    fn a_token_that_others_made_is_refused() {
        let token = write_access_token(&keys(), &claims());
        let foreign = write_access_token(&Keys::from([2; 32]), &claims());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (header, payload) = signed.split_once('.').unwrap();
        let unsigned = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        let mut longer = claims();
        longer.exp += 1;
        let longer = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&longer).unwrap());
        for forged in [
            foreign,
            format!("{unsigned}.{payload}."),
            format!("{unsigned}.{payload}.{signature}"),
            format!("{header}.{longer}.{signature}"),
            signed.to_owned(),
            format!("{token}A"),
            "..".to_owned(),
            String::new(),
        ] {
            assert_eq!(read_access_token(&keys(), &forged, NOW), None, "{forged}");
        }
    }

    fn keys() -> Keys {
        Keys::from([1; 32])
    }

    fn claims() -> Claims {
        Claims::new(UserId(Uuid::nil()), "ann".to_owned(), Uuid::nil(), NOW, 3600)
    }
}
