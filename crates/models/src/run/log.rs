//! Logs of runs: lines, the levels that programs give them, and how they are asked for.

use serde::{Deserialize, Serialize};

use super::LogLevel;

/// How long a log is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogLength {
    /// How many lines it has; a last one without an end counts.
    pub total_lines: u64,
    /// How many bytes it has: the offset of what is appended next.
    pub total_bytes: u64,
}

impl LogLength {
    /// How many bytes a log may have.
    pub const MAX_BYTES: u64 = 512 * 1024 * 1024;
    /// How many bytes a log may have that is written or read as one text.
    pub const MAX_WHOLE: usize = 16 * 1024 * 1024;
    /// How many bytes one call may append.
    pub const MAX_APPENDED: usize = 4 * 1024 * 1024;
    /// How many bytes a line may have; what is longer is read as several lines. The bytes stay as they were sent.
    pub const MAX_LINE: usize = 64 * 1024;
}

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// Its number; the first is 1.
    pub number: u64,
    /// What a terminal would show of it: what follows its last carriage return. Long lines are cut.
    pub text: String,
    /// The level that the program gave it, where one was recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LogLevel>,
    /// How many bytes of it `text` leaves out at its end; they are in the file.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hidden_bytes: u64,
}

impl LogLine {
    /// How many bytes of a line are shown.
    pub const MAX_SHOWN: usize = 4096;
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks so; on 32 bits a reference is the smaller one"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Some lines of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogLines {
    /// How long the whole log is.
    #[serde(flatten)]
    pub length: LogLength,
    /// The lines, in the order of the question.
    pub lines: Vec<LogLine>,
    /// The number of the line from which to ask on: the work of one answer is bounded. Nothing once all was looked at.
    pub next: Option<u64>,
}

/// Which lines are asked for, in the query of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct LogLinesQuery {
    /// The number of the first line; 1 when it is missing.
    #[cfg_attr(feature = "openapi", param(minimum = 1))]
    pub from: Option<u64>,
    /// How many lines, 1 to 2,000; 500 when it is missing.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 2000))]
    pub count: Option<u64>,
    /// How many of the last lines, in place of `from` and `count`.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 2000))]
    pub tail: Option<u64>,
    /// Only lines of these levels, such as `error,critical`.
    pub levels: Option<String>,
}

/// What is looked for in a log, in the query of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query, rename_all = "camelCase"))]
pub struct LogSearchQuery {
    /// The text, letter by letter; 1 to 200 characters.
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 200))]
    pub text: String,
    /// The number of the line to begin at; where it is missing, the first, or the last when it goes backwards.
    #[cfg_attr(feature = "openapi", param(minimum = 1))]
    pub from: Option<u64>,
    /// How many lines to find, 1 to 1,000; 1 when it is missing.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 1000))]
    pub count: Option<u64>,
    /// Where to.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(inline, required = false))]
    pub direction: LogDirection,
    /// Whether capital and small letters are the same.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(required = false))]
    pub ignore_case: bool,
    /// Only lines of these levels, such as `error,critical`.
    pub levels: Option<String>,
}

/// Which way a log is gone through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum LogDirection {
    /// Towards its end.
    #[default]
    Next,
    /// Towards its begin.
    Previous,
}
