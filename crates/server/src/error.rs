//! Why a request was refused, and the answer that each refusal becomes.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use models::problem::{Detail, FieldErrors, FieldProblem, Problem, ProblemCode};
use serde::Serialize;
use serde_json::Value;

use crate::secrets::SealError;
use crate::store::StoreError;

/// How long who meets an overloaded or broken server is asked to wait, in seconds.
const PAUSE: u64 = 2;

/// Why a request was refused. The texts are for people; causes of defects stay in the log.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The request could not be read.
    #[error("{0}")]
    BadRequest(String),
    /// Nobody is signed in, or the proof is not valid.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// The caller is known and may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// It must be confirmed with the password that it is the person herself.
    #[error("Confirm with your password that it is you; then send this again.")]
    Unconfirmed,
    /// There is no such thing, or the caller may not know of it.
    #[error("There is nothing here, or you may not see it.")]
    NotFound,
    /// The resource knows no such method.
    #[error("This cannot be done here; the header `Allow` says what can.")]
    MethodNotAllowed,
    /// It contradicts what is stored.
    #[error("{0}")]
    Conflict(String),
    /// It was changed since it was read; holds what it is now, or null.
    #[error("Somebody else changed this in the meantime.")]
    Stale(Value),
    /// The body is too large.
    #[error("Send at most {limit} bytes.")]
    TooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
    /// The answer would be too long; the text says how to ask for it otherwise.
    #[error("{0}")]
    TooLongAnswer(&'static str),
    /// The body is not JSON.
    #[error("Send JSON, with the header `Content-Type: application/json`.")]
    UnsupportedMediaType,
    /// The host name is not one that this server serves.
    #[error(
        "This server does not serve that host name. Its operator can allow it with --host or --public-url."
    )]
    WrongHost,
    /// Fields have values that are not allowed.
    #[error("Some fields need attention.")]
    Invalid(Vec<FieldProblem>),
    /// A change must say which version it changes.
    #[error("Say which version this changes, with the header `If-Match`.")]
    VersionRequired,
    /// Too many requests.
    #[error("Too many tries. Wait {seconds} s, then try again.")]
    TooManyRequests {
        /// How long to wait.
        seconds: u64,
    },
    /// Another server, which was to do it, did not.
    #[error("{0}")]
    FailedDependency(String),
    /// A defect of the server; its cause is in the log.
    #[error("Something went wrong on the server. Its log names the cause under the id of this request.")]
    Internal,
    /// The server is overloaded or shutting down, or its database is away.
    #[error("The server cannot do this just now. Try again in a moment.")]
    Unavailable,
    /// There is no room left.
    #[error("The server has no room left. Its operator must make some.")]
    Full,
    /// The project would have more than it may; the text says what to do.
    #[error("{0}")]
    OverQuota(String),
}

impl Error {
    /// Nobody is signed in.
    pub const SIGN_IN: Self = Self::Unauthenticated("Sign in, or send a valid token.");

    /// A field of the body was refused; `field` is dotted.
    #[must_use]
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem::body(field, message)])
    }

    /// A parameter of the URL was refused.
    #[must_use]
    pub fn invalid_query(name: &str, message: impl Into<String>) -> Self {
        let loc = vec!["query".to_owned(), name.to_owned()];
        Self::Invalid(vec![FieldProblem { loc, msg: message.into(), kind: "value_error".to_owned() }])
    }

    /// A change was made for an older version; `current` is the object as it is now.
    #[must_use]
    pub fn stale<T: Serialize>(current: Result<T, StoreError>) -> Self {
        match current {
            Ok(current) => serde_json::to_value(current).map_or_else(Self::internal, Self::Stale),
            Err(error) => error.into(),
        }
    }

    /// A defect of the server, whose cause goes to the log.
    #[must_use]
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let cause = cause.to_string();
        // Whatever it quotes stays within its line of the log.
        tracing::error!(cause = %cause.escape_debug(), "a request failed");
        Self::Internal
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::Unconfirmed => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::FailedDependency(_) => StatusCode::FAILED_DEPENDENCY,
            Self::Stale(_) => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge { .. } | Self::TooLongAnswer(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::VersionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full | Self::OverQuota(_) => StatusCode::INSUFFICIENT_STORAGE,
        }
    }

    /// The kind of problem, for programs.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::BadRequest(_) => ProblemCode::BadRequest,
            Self::Unauthenticated(_) => ProblemCode::Unauthenticated,
            Self::Forbidden(_) => ProblemCode::Forbidden,
            Self::Unconfirmed => ProblemCode::ConfirmationRequired,
            Self::NotFound => ProblemCode::NotFound,
            Self::MethodNotAllowed => ProblemCode::MethodNotAllowed,
            Self::Conflict(_) => ProblemCode::Conflict,
            Self::FailedDependency(_) => ProblemCode::FailedDependency,
            Self::Stale(_) => ProblemCode::Stale,
            Self::TooLarge { .. } | Self::TooLongAnswer(_) => ProblemCode::TooLarge,
            Self::UnsupportedMediaType => ProblemCode::UnsupportedMediaType,
            Self::WrongHost => ProblemCode::WrongHost,
            Self::Invalid(_) => ProblemCode::Invalid,
            Self::VersionRequired => ProblemCode::VersionRequired,
            Self::TooManyRequests { .. } => ProblemCode::TooManyRequests,
            Self::Internal => ProblemCode::Internal,
            Self::Unavailable => ProblemCode::Unavailable,
            Self::Full | Self::OverQuota(_) => ProblemCode::InsufficientStorage,
        }
    }

    fn retry_after(&self) -> Option<u64> {
        if let Self::TooManyRequests { seconds } = self {
            Some(*seconds)
        } else {
            (*self == Self::Unavailable).then_some(PAUSE)
        }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors.iter().map(|(field, message)| FieldProblem::body(field, message)).collect())
    }
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        Self::internal(error)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale => Self::Stale(Value::Null),
            StoreError::Conflict(message) => Self::Conflict(message),
            StoreError::Invalid { field, message } => Self::invalid(field, message),
            StoreError::Full => Self::Full,
            StoreError::Unavailable => Self::Unavailable,
            StoreError::Corrupt(_) | StoreError::Database(_) => Self::internal(error),
        }
    }
}

/// What an answer tells of a refusal. It travels beside the answer until it is known in which shape the caller
/// expects it: the REST API's, or MLflow's.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The problem, without the request's id.
    pub problem: Problem,
    /// The object as it is now, where a change was made for an older version.
    pub current: Value,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if matches!(self, Self::Unauthenticated(_)) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let mut problem = Problem::text(self.code(), self.to_string());
        let mut current = Value::Null;
        if let Self::Invalid(fields) = self {
            problem.detail = Detail::Fields(fields);
        } else if let Self::Stale(object) = self {
            current = object;
        }
        response.extensions_mut().insert(Refusal { problem, current });
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_of_a_defect_is_not_told() {
        let error = Error::from(StoreError::Corrupt("column secret_hash".to_owned()));
        assert_eq!(error, Error::Internal);
        assert!(!error.to_string().contains("secret_hash"));
    }

    #[test]
    fn who_must_wait_is_told_how_long() {
        let response = Error::TooManyRequests { seconds: 8 }.into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "8");
    }
}
