//! What another system is asked.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use hyper::{HeaderMap, Method};
use models::connection::{AuthMethod, ConnectionWithSecrets, TestOutcome};
use models::secret::Secret;
use url::Url;
use zeroize::Zeroizing;

use super::verdict;
use crate::egress::Reply;

/// What an answer means, and what to do.
pub(super) type Verdict = (TestOutcome, &'static str);

/// What another system is asked, and how its answer is judged.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// How many bytes of the answer are read; 0 where its status says it all.
    pub(super) limit: usize,
    pub(super) judge: fn(&Reply) -> Verdict,
}

const NO_PASSWORD: &str = "Enter login name and password, then try again: they are not stored.";
const NO_TOKEN: &str = "Enter the token, then try again: none is stored.";
const ODD: &str =
    "The stored secret has characters that cannot be sent. Enter it again, without line breaks.";

impl Question {
    /// A request without body, judged by its status.
    pub(super) fn get(url: Url, authorization: Option<HeaderValue>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static("mantik"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json, */*;q=0.1"));
        headers.extend(authorization.map(|value| (AUTHORIZATION, value)));
        Self { method: Method::GET, url, headers, body: Bytes::new(), limit: 0, judge: verdict::by_status }
    }

    /// The site's REST API says as whom it sees the caller.
    pub(super) fn unicore(connection: &ConnectionWithSecrets, url: Url) -> Result<Self, &'static str> {
        let authorization = authorization(connection, None)?;
        Ok(Self { limit: 256 * 1024, judge: verdict::of_unicore, ..Self::get(url, Some(authorization)) })
    }

    /// The site's token endpoint gives a token to the client (RFC 6749, section 4.4). It is not read.
    pub(super) fn firecrest(connection: &ConnectionWithSecrets, url: Url) -> Result<Self, &'static str> {
        let login = connection.login_name.as_deref().ok_or(NO_PASSWORD)?;
        let secret = connection.password.as_ref().ok_or(NO_PASSWORD)?;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        form.append_pair("client_id", login).append_pair("client_secret", secret.expose());
        let mut question = Self::get(url, None);
        question.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let (method, body, judge) =
            (Method::POST, form.finish().into(), verdict::of_token_endpoint as fn(&_) -> _);
        Ok(Self { method, body, judge, ..question })
    }
}

/// The header that proves who the owner is. With `token_user` a token goes as that user's password, as git wants it.
pub(in crate::services) fn authorization(
    connection: &ConnectionWithSecrets,
    token_user: Option<&str>,
) -> Result<HeaderValue, &'static str> {
    let login = connection.login_name.as_deref();
    match (&connection.auth_method, token_user) {
        (AuthMethod::Token, None) => header("Bearer ", token(connection)?.expose()),
        (AuthMethod::Token, Some(user)) => basic(login.unwrap_or(user), token(connection)?),
        (AuthMethod::PrivateKey, _) => {
            Err("A private key is for SSH; this system takes a password or a token.")
        }
        (AuthMethod::UsernamePassword | AuthMethod::Unknown(_), _) => {
            basic(login.ok_or(NO_PASSWORD)?, connection.password.as_ref().ok_or(NO_PASSWORD)?)
        }
    }
}

fn token(connection: &ConnectionWithSecrets) -> Result<&Secret, &'static str> {
    connection.token.as_ref().ok_or(NO_TOKEN)
}

fn basic(login: &str, secret: &Secret) -> Result<HeaderValue, &'static str> {
    let pair = Zeroizing::new(format!("{login}:{}", secret.expose()));
    header("Basic ", &Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes())))
}

fn header(scheme: &str, text: &str) -> Result<HeaderValue, &'static str> {
    let text = Zeroizing::new(format!("{scheme}{}", text.trim_end()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| ODD)?;
    value.set_sensitive(true);
    Ok(value)
}
