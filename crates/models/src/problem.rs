//! The body of every refusal and failure.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::macros::open_enum;

open_enum! {
    /// What went wrong, for programs.
    ProblemCode {
        /// 400: the request could not be read.
        BadRequest = "bad_request",
        /// 401: nobody is signed in, or the token is no longer valid.
        Unauthenticated = "unauthenticated",
        /// 403: signed in, but the role does not suffice.
        Forbidden = "forbidden",
        /// 403: it must be confirmed with the password that it is the person herself.
        ConfirmationRequired = "confirmation_required",
        /// 404: there is no such thing, or the caller may not know of it.
        NotFound = "not_found",
        /// 405: the resource knows no such method.
        MethodNotAllowed = "method_not_allowed",
        /// 424: another server, which was to do it, did not.
        FailedDependency = "failed_dependency",
        /// 409: it contradicts what is stored, such as a name that is taken.
        Conflict = "conflict",
        /// 412: the object was changed since it was read.
        Stale = "stale",
        /// 413: the body is larger than allowed.
        TooLarge = "too_large",
        /// 415: the body is not of the expected media type.
        UnsupportedMediaType = "unsupported_media_type",
        /// 421: the host name is not one that this server serves.
        WrongHost = "wrong_host",
        /// 422: fields have values that are not allowed.
        Invalid = "invalid",
        /// 428: a change must say which version it changes.
        VersionRequired = "version_required",
        /// 429: too many requests.
        TooManyRequests = "too_many_requests",
        /// 500: a defect of the server.
        Internal = "internal",
        /// 503: the server is overloaded or shutting down.
        Unavailable = "unavailable",
        /// 507: there is no room left.
        InsufficientStorage = "insufficient_storage",
    }
}

/// The body of every answer with a status of 400 or more. The `mantik` client prints `detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// What happened and what to do, for people.
    pub detail: Detail,
    /// The kind of problem, for programs.
    pub code: ProblemCode,
    /// Names this request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// A problem told in one sentence.
    pub fn text(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { detail: Detail::Text(detail.into()), code, request_id: None }
    }

    /// What happened, in one paragraph.
    #[must_use]
    pub fn message(&self) -> String {
        match &self.detail {
            Detail::Text(text) => text.clone(),
            Detail::Fields(fields) => {
                fields.iter().map(|field| field.to_string()).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// The refused fields, by name.
    #[must_use]
    pub fn field_errors(&self) -> FieldErrors {
        match &self.detail {
            Detail::Text(_) => FieldErrors::default(),
            Detail::Fields(fields) => fields.iter().cloned().collect(),
        }
    }
}

/// What happened: one sentence, or one for each refused field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Detail {
    /// One sentence.
    Text(String),
    /// The refused fields.
    Fields(Vec<FieldProblem>),
}

/// A field that was refused, and why. The shape is FastAPI's, which the `mantik` client knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The way to the field: `["body", "name"]` or `["query", "pagelength"]`.
    pub loc: Vec<String>,
    /// What to do.
    pub msg: String,
    /// The kind of mistake.
    #[serde(rename = "type")]
    pub kind: String,
}

impl FieldProblem {
    /// A problem with a field of the body; `path` is dotted, such as `backendConfig.Resources.Queue`.
    pub fn body(path: &str, message: impl Into<String>) -> Self {
        let loc = std::iter::once("body").chain(path.split('.')).map(str::to_owned).collect();
        Self { loc, msg: message.into(), kind: "value_error".to_owned() }
    }
}

impl std::fmt::Display for FieldProblem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.loc.get(1..).unwrap_or_default().join("."), self.msg)
    }
}

/// What is wrong with which field of a form; keyed by the field's dotted name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, String>);

impl FieldErrors {
    /// One refused field.
    pub fn at(field: &str, error: impl ToString) -> Self {
        Self(BTreeMap::from([(field.to_owned(), error.to_string())]))
    }

    /// Adds a refused field; the first message for a field stands.
    pub fn add(&mut self, field: &str, error: impl ToString) {
        self.0.entry(field.to_owned()).or_insert_with(|| error.to_string());
    }

    /// Takes the value, or notes why there is none.
    pub fn keep<T, E: ToString>(&mut self, field: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.add(field, error)).ok()
    }

    /// What is wrong with `field`.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// Whether nothing was refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refused fields and why, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, error)| (field.as_str(), error.as_str()))
    }
}

impl FromIterator<FieldProblem> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldProblem>>(problems: I) -> Self {
        let mut errors = Self::default();
        for problem in problems {
            errors.add(&problem.loc.get(1..).unwrap_or_default().join("."), &problem.msg);
        }
        errors
    }
}
