//! Why a call gave no value.

use models::problem::{FieldErrors, Problem, ProblemCode};
use serde_json::Value;

/// Why a call gave no value. Each variant is a case that some view treats differently; its words are its `Display`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ApiError {
    /// The server could not be reached, or said that it cannot work just now.
    #[error("The server cannot be reached. Check your connection, or try again in a moment.")]
    Offline,
    /// No answer came in time. A write may have been done all the same.
    #[error("The server took too long to answer. Check whether it was done before you try again.")]
    TimedOut,
    /// Nobody is signed in any more.
    #[error("You are signed out. Sign in to go on.")]
    Unauthorized,
    /// The role does not suffice; says which one would.
    #[error("{0}")]
    Forbidden(String),
    /// The server wants it confirmed that it is the person herself.
    #[error("This needs your password. Send it again to be asked for it.")]
    Unconfirmed,
    /// There is no such thing, or the person may not know of it.
    #[error("Not here, or not yours to see.")]
    NotFound,
    /// It contradicts what is stored, such as a name that is taken.
    #[error("{0}")]
    Conflict(String),
    /// Somebody else changed it in the meantime; holds what the server has now.
    #[error("Somebody else changed this in the meantime.")]
    Stale(Value),
    /// Fields were refused; the sentence tells what holds for all of them.
    #[error("{1}")]
    Invalid(FieldErrors, String),
    /// Too many requests.
    #[error("Too many tries. Wait {seconds} s, then try again.")]
    TooManyRequests {
        /// How long to wait.
        seconds: u32,
    },
    /// The request, or what is stored with it, is too large; says the limit.
    #[error("{0}")]
    TooLarge(String),
    /// The server refused for another reason.
    #[error("{detail}")]
    Refused {
        /// What happened and what to do.
        detail: String,
        /// Names the request in the server's log.
        request_id: Option<String>,
    },
    /// The answer was not what this version expects; says what was wrong with it.
    #[error("The server answered in a way that this page does not understand. Reload the page to update it.")]
    Unreadable(String),
    /// A defect of the server.
    #[error("Something went wrong on the server.")]
    Failed {
        /// Names the request in the server's log.
        request_id: Option<String>,
    },
}

impl ApiError {
    /// What an answer with a status of 400 or more means. `retry_after` is that header's value in seconds.
    #[must_use]
    pub fn from_answer(status: u16, retry_after: Option<u32>, body: &str) -> Self {
        let problem = serde_json::from_str::<Problem>(body).ok();
        let request_id = problem.as_ref().and_then(|problem| problem.request_id.clone());
        let is_unconfirmed =
            problem.as_ref().is_some_and(|problem| problem.code == ProblemCode::ConfirmationRequired);
        let detail = || {
            problem.as_ref().map_or_else(|| format!("The server refused this ({status})."), Problem::message)
        };
        match status {
            401 => Self::Unauthorized,
            403 if is_unconfirmed => Self::Unconfirmed,
            403 => Self::Forbidden(detail()),
            404 => Self::NotFound,
            409 => Self::Conflict(detail()),
            412 | 428 => Self::Stale(serde_json::from_str(body).unwrap_or_default()),
            413 | 415 | 507 => Self::TooLarge(detail()),
            429 => Self::TooManyRequests { seconds: retry_after.unwrap_or(1).max(1) },
            502..=504 => Self::Offline,
            500.. => Self::Failed { request_id },
            _ => match problem.as_ref().map(Problem::field_errors) {
                Some(fields) if !fields.is_empty() => {
                    Self::Invalid(fields, "Some fields need attention.".to_owned())
                }
                _ if status == 422 => Self::Invalid(FieldErrors::default(), detail()),
                _ => Self::Refused { detail: detail(), request_id },
            },
        }
    }

    /// What names the request in the server's log.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused { request_id, .. } | Self::Failed { request_id } => request_id.as_deref(),
            Self::Offline
            | Self::TimedOut
            | Self::Unauthorized
            | Self::Forbidden(_)
            | Self::Unconfirmed
            | Self::NotFound
            | Self::Conflict(_)
            | Self::Stale(_)
            | Self::Invalid(..)
            | Self::TooManyRequests { .. }
            | Self::TooLarge(_)
            | Self::Unreadable(_) => None,
        }
    }

    /// Whether the same request may well succeed later, without anybody changing it.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::TimedOut
                | Self::Failed { .. }
                | Self::Unreadable(_)
                | Self::TooManyRequests { .. }
        )
    }

    /// What is wrong with which field; empty when no field is to blame.
    #[must_use]
    pub fn field_errors(&self) -> FieldErrors {
        if let Self::Invalid(fields, _) = self { fields.clone() } else { FieldErrors::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_fields_keep_their_names() {
        let body = r#"{"detail":[{"loc":["body","name"],"msg":"enter a value","type":"value_error"}],"code":"invalid"}"#;
        let error = ApiError::from_answer(422, None, body);
        assert_eq!(error.field_errors().get("name"), Some("enter a value"));
    }

    #[test]
    fn a_refusal_says_what_the_server_said() {
        let body = r#"{"detail":"The name is taken.","code":"conflict","requestId":"r1"}"#;
        assert_eq!(ApiError::from_answer(409, None, body).to_string(), "The name is taken.");
        assert_eq!(ApiError::from_answer(405, None, body).request_id(), Some("r1"));
    }

    #[test]
    fn to_be_asked_for_the_password_is_no_refusal() {
        let body = r#"{"detail":"Confirm it.","code":"confirmation_required"}"#;
        assert_eq!(ApiError::from_answer(403, None, body), ApiError::Unconfirmed);
        let body = r#"{"detail":"You may not.","code":"forbidden"}"#;
        assert_eq!(ApiError::from_answer(403, None, body), ApiError::Forbidden("You may not.".to_owned()));
    }

    #[test]
    fn an_answer_that_is_no_problem_is_still_worded() {
        assert_eq!(ApiError::from_answer(418, None, "<html>").to_string(), "The server refused this (418).");
        assert_eq!(ApiError::from_answer(500, None, "<html>"), ApiError::Failed { request_id: None });
    }

    #[test]
    fn a_stale_answer_holds_what_is_stored_now() {
        let error = ApiError::from_answer(412, None, r#"{"name":"Weather","version":4}"#);
        assert_eq!(error, ApiError::Stale(serde_json::json!({ "name": "Weather", "version": 4 })));
    }

    #[test]
    fn a_wait_is_at_least_a_second() {
        assert_eq!(ApiError::from_answer(429, Some(0), ""), ApiError::TooManyRequests { seconds: 1 });
        assert_eq!(ApiError::from_answer(429, Some(30), ""), ApiError::TooManyRequests { seconds: 30 });
    }
}
