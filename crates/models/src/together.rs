//! Several questions in one request: a page asks for what it shows at once.

use serde::{Deserialize, Serialize};

/// How many questions a request may hold.
pub const MAX_QUESTIONS: usize = 16;

/// How something is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// By its address alone.
    Get,
    /// With a question too long for an address; nothing is changed by it.
    Post,
}

/// What would be a request of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// How it is asked.
    pub method: Method,
    /// The path, with the query behind it. It begins with `/api/`.
    #[cfg_attr(feature = "openapi", schema(example = "/api/labels/search?pagelength=5"))]
    pub path: String,
    /// The body of a `POST`: JSON, as a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// What the answer to a request of its own would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The status of HTTP, such as 200 or 404.
    #[cfg_attr(feature = "openapi", schema(minimum = 200, maximum = 599))]
    pub status: u16,
    /// After how many seconds the server wants to be asked again; after a refusal only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// JSON, as a text; empty for an answer without a body.
    pub body: String,
}

/// Questions that are asked at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Questions {
    /// At most 16.
    #[cfg_attr(feature = "openapi", schema(max_items = 16))]
    pub questions: Vec<Question>,
}

/// The answers to questions that were asked at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// In the order of the questions.
    pub answers: Vec<Answer>,
}
