//! Takes runs along as a file.

use serde::{Deserialize, Serialize};

use super::RunSelection;
use crate::query::{Field, RunQuery, SortKey};

/// Asks for a file with the values of runs, a line or an object each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunExportRequest {
    /// Which runs.
    pub selection: RunSelection,
    /// The fields, in order, behind the id of the run; at most [`RunQuery::MAX_COLUMNS`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub columns: Vec<Field>,
    /// The keys by which the runs are ordered; newest first where these do not decide. At most
    /// [`RunQuery::MAX_SORT_KEYS`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 8))]
    pub sort: Vec<SortKey>,
    /// How they are written.
    pub format: ExportFormat,
}

/// How runs are written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// A table with commas, the names of the fields above (RFC 4180). A text that a spreadsheet would take for a formula
    /// has an apostrophe before it.
    Csv,
    /// One list of objects.
    Json,
    /// An object on each line.
    JsonLines,
}

impl ExportFormat {
    /// What the name of the file ends with.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }

    /// The media type of the file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::JsonLines => "application/jsonl",
        }
    }
}

impl RunExportRequest {
    /// Why it is too much, with the dotted name of the property; `None` when it is not.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        let too_many = |name, length: usize, most| {
            (length > most).then(|| (name, format!("name at most {most} fields")))
        };
        self.selection
            .why_not()
            .or_else(|| too_many("columns", self.columns.len(), RunQuery::MAX_COLUMNS))
            .or_else(|| too_many("sort", self.sort.len(), RunQuery::MAX_SORT_KEYS))
    }
}
