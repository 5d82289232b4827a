//! Refusals in MLflow's shape.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use models::problem::{Problem, ProblemCode};
use serde::Serialize;

use crate::blobs::BlobError;
use crate::error::Error;
use crate::http::Json;
use crate::store::StoreError;

/// Why a request was refused, as MLflow's clients understand it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TrackingError {
    pub(super) code: Code,
    pub(super) message: String,
}

/// MLflow's kinds of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    BadRequest,
    InvalidParameterValue,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
    EndpointNotFound,
    NotImplemented,
    Unauthenticated,
    PermissionDenied,
    ResourceConflict,
    RequestLimitExceeded,
    InternalError,
    TemporarilyUnavailable,
    /// More bytes than allowed.
    TooLarge,
    /// No room left on the disk.
    Full,
}

impl Code {
    /// The spelling on the wire, and the status of the answer.
    fn spelled(self) -> (&'static str, StatusCode) {
        match self {
            Self::BadRequest => ("BAD_REQUEST", StatusCode::BAD_REQUEST),
            Self::InvalidParameterValue => ("INVALID_PARAMETER_VALUE", StatusCode::BAD_REQUEST),
            Self::ResourceAlreadyExists => ("RESOURCE_ALREADY_EXISTS", StatusCode::BAD_REQUEST),
            Self::ResourceDoesNotExist => ("RESOURCE_DOES_NOT_EXIST", StatusCode::NOT_FOUND),
            Self::EndpointNotFound => ("ENDPOINT_NOT_FOUND", StatusCode::NOT_FOUND),
            Self::NotImplemented => ("NOT_IMPLEMENTED", StatusCode::NOT_IMPLEMENTED),
            Self::Unauthenticated => ("UNAUTHENTICATED", StatusCode::UNAUTHORIZED),
            Self::PermissionDenied => ("PERMISSION_DENIED", StatusCode::FORBIDDEN),
            Self::ResourceConflict => ("RESOURCE_CONFLICT", StatusCode::CONFLICT),
            Self::RequestLimitExceeded => ("REQUEST_LIMIT_EXCEEDED", StatusCode::TOO_MANY_REQUESTS),
            Self::InternalError => ("INTERNAL_ERROR", StatusCode::INTERNAL_SERVER_ERROR),
            Self::TemporarilyUnavailable => ("TEMPORARILY_UNAVAILABLE", StatusCode::SERVICE_UNAVAILABLE),
            Self::TooLarge => ("INVALID_PARAMETER_VALUE", StatusCode::PAYLOAD_TOO_LARGE),
            Self::Full => ("RESOURCE_LIMIT_EXCEEDED", StatusCode::INSUFFICIENT_STORAGE),
        }
    }
}

impl TrackingError {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A value is not allowed.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidParameterValue, message)
    }

    /// There is no such thing, or the caller may not know of it.
    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(Code::ResourceDoesNotExist, message)
    }

    /// A parameter was not sent.
    pub(super) fn required(name: &str) -> Self {
        Self::invalid(format!(
            "Missing value for required parameter '{name}'. See the API docs for more information about request parameters."
        ))
    }
}

/// The refusal that stands for an error of the store; what is not there is worded by `missing`.
pub(super) fn or_missing(
    missing: impl FnOnce() -> TrackingError,
) -> impl FnOnce(StoreError) -> TrackingError {
    move |error| if matches!(error, StoreError::NotFound) { missing() } else { error.into() }
}

/// The body of a refusal.
#[derive(Debug, Serialize)]
struct Body {
    error_code: &'static str,
    message: String,
}

impl IntoResponse for TrackingError {
    fn into_response(self) -> Response {
        let (error_code, status) = self.code.spelled();
        (status, Json(Body { error_code, message: self.message })).into_response()
    }
}

impl From<StoreError> for TrackingError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::missing("There is nothing here, or you may not see it."),
            StoreError::Conflict(message) | StoreError::Invalid { message, .. } => Self::invalid(message),
            StoreError::Stale
            | StoreError::Full
            | StoreError::Unavailable
            | StoreError::Corrupt(_)
            | StoreError::Database(_) => Error::from(error).into(),
        }
    }
}

impl From<BlobError> for TrackingError {
    fn from(error: BlobError) -> Self {
        let message = error.to_string();
        match error {
            BlobError::TooLarge { .. } => Self::new(Code::TooLarge, message),
            BlobError::BrokenOff => Self::new(Code::BadRequest, message),
            BlobError::Full | BlobError::OverQuota { .. } => Self::new(Code::Full, message),
            BlobError::Uncounted(error) => error.into(),
            BlobError::Disk(_) => Error::internal(message).into(),
        }
    }
}

impl From<Error> for TrackingError {
    fn from(error: Error) -> Self {
        Self::new(code(&error.code()), error.to_string())
    }
}

fn code(code: &ProblemCode) -> Code {
    match code {
        ProblemCode::BadRequest | ProblemCode::UnsupportedMediaType => Code::BadRequest,
        ProblemCode::Unauthenticated => Code::Unauthenticated,
        ProblemCode::Forbidden | ProblemCode::ConfirmationRequired | ProblemCode::WrongHost => {
            Code::PermissionDenied
        }
        ProblemCode::NotFound => Code::ResourceDoesNotExist,
        ProblemCode::MethodNotAllowed => Code::EndpointNotFound,
        ProblemCode::Conflict | ProblemCode::Stale => Code::ResourceConflict,
        ProblemCode::TooLarge => Code::TooLarge,
        ProblemCode::Invalid | ProblemCode::VersionRequired => Code::InvalidParameterValue,
        ProblemCode::TooManyRequests => Code::RequestLimitExceeded,
        ProblemCode::Unavailable | ProblemCode::FailedDependency => Code::TemporarilyUnavailable,
        ProblemCode::InsufficientStorage => Code::Full,
        ProblemCode::Internal | ProblemCode::Unknown(_) => Code::InternalError,
    }
}

/// Whether what is at `path` speaks MLflow's language.
#[must_use]
pub(crate) fn is_tracking(path: &str) -> bool {
    path.starts_with("/tracking/") || path.starts_with("/api/2.0/") || path.starts_with("/api/3.0/")
}

/// The body of a refusal that was met before any handler of MLflow's interface.
#[must_use]
pub(crate) fn refusal(problem: &Problem) -> impl IntoResponse + use<> {
    let (error_code, _) = code(&problem.code).spelled();
    Json(Body { error_code, message: problem.message() })
}
