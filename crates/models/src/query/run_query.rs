//! A whole question about runs.

use serde::{Deserialize, Serialize};

use super::Field;

/// Which runs, in which groups, in which order, with which columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RunQuery {
    /// A filter in the query language, at most 4096 bytes; empty for all runs.
    #[cfg_attr(feature = "openapi", schema(max_length = 4096))]
    pub filter: String,
    /// The keys by which the runs are grouped, outermost first; at most [`RunQuery::MAX_GROUPS`].
    #[cfg_attr(feature = "openapi", schema(max_items = 8))]
    pub group_by: Vec<Field>,
    /// The keys by which the runs are ordered; newest first where these do not decide. At most [`RunQuery::MAX_SORT_KEYS`].
    #[cfg_attr(feature = "openapi", schema(max_items = 8))]
    pub sort: Vec<SortKey>,
    /// The fields whose values travel, at most [`RunQuery::MAX_COLUMNS`].
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub columns: Vec<Field>,
}

impl RunQuery {
    /// How many keys may group.
    pub const MAX_GROUPS: usize = 8;
    /// How many keys may sort.
    pub const MAX_SORT_KEYS: usize = 8;
    /// How many fields may travel.
    pub const MAX_COLUMNS: usize = 200;

    /// Why the lists are too long, with the name of the property; `None` when they are not.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        [
            ("groupBy", self.group_by.len(), Self::MAX_GROUPS),
            ("sort", self.sort.len(), Self::MAX_SORT_KEYS),
            ("columns", self.columns.len(), Self::MAX_COLUMNS),
        ]
        .into_iter()
        .find(|(_, length, most)| length > most)
        .map(|(name, _, most)| (name, format!("name at most {most} fields")))
    }
}

/// A field to sort by. Missing values and NaN come last in either direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SortKey {
    /// The field.
    pub field: Field,
    /// Whether the greatest comes first.
    #[serde(default)]
    pub descending: bool,
}
