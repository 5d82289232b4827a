//! Why a site did not do what it was asked for.

use hyper::StatusCode;
use serde_json::Value;

use crate::egress::Reply;

/// How much of what a site says is passed on, in characters.
const MOST: usize = 500;

/// Why a site did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// It was not reached, or says that it cannot answer just now.
    #[error("does not answer")]
    Unanswered,
    /// It does not take the credentials, or who has them may not do this.
    #[error("refuses the credentials")]
    Denied,
    /// It knows no such thing.
    #[error("does not know of it")]
    Missing,
    /// It will not do this; in its own words.
    #[error("says: {0}")]
    Refused(String),
    /// Something failed there, perhaps for a while; in its own words.
    #[error("says: {0}")]
    Failed(String),
    /// It does not answer as UNICORE does.
    #[error("does not answer as UNICORE does")]
    Odd,
}

impl SiteError {
    /// What an answer means that is no success.
    pub(super) fn of(reply: &Reply) -> Self {
        match reply.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Denied,
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::Missing,
            StatusCode::TOO_MANY_REQUESTS
            | StatusCode::REQUEST_TIMEOUT
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => Self::Unanswered,
            status if status.is_client_error() => Self::Refused(words(reply)),
            status if status.is_server_error() => Self::Failed(words(reply)),
            _ => Self::Odd,
        }
    }
}

/// What a site says about an error, as one line.
fn words(reply: &Reply) -> String {
    let answer: Option<Value> = serde_json::from_slice(&reply.body).ok();
    let said = answer.as_ref().and_then(|answer| answer.get("errorMessage")).and_then(Value::as_str);
    match said.map(line).filter(|line| !line.is_empty()) {
        Some(line) => line.trim_end_matches('.').to_owned(),
        None => format!("status {}", reply.status.as_u16()),
    }
}

/// A text of a site as one line that can be shown.
pub(super) fn line(text: &str) -> String {
    let is_hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = text.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::HeaderMap;

    #[test]
    fn a_status_says_what_to_do_next() {
        let of = |status: u16, body: &str| {
            let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
            SiteError::of(&Reply { status, headers, created: None, body: body.to_owned().into() })
        };
        assert_eq!(of(401, ""), SiteError::Denied);
        assert_eq!(of(403, ""), SiteError::Denied);
        assert_eq!(of(404, ""), SiteError::Missing);
        assert_eq!(of(503, "<html>"), SiteError::Unanswered);
        assert_eq!(of(302, ""), SiteError::Odd);
        assert_eq!(of(500, r#"{"errorMessage": "no\nTSI."}"#), SiteError::Failed("no TSI".to_owned()));
        assert_eq!(of(400, "[]"), SiteError::Refused("status 400".to_owned()));
    }
}
