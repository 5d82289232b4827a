//! Saved views: how the table of runs is set up, kept by name for oneself or for everybody in a project.

use serde::{Deserialize, Serialize};

use crate::id::{RunId, RunViewId, UserId};
use crate::lenient::JsonObject;
use crate::permission::{Action, Role};
use crate::person::User;
use crate::query::{Field, RunQuery, SortKey, parse};
use crate::sparkline::SparklinesRequest;
use crate::text::ViewName;
use crate::time::UnixMillis;

/// How the table of runs is set up: what it asks for, and how it shows the answer.
///
/// Properties that this version does not know are kept as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RunTableSetup {
    /// What is asked for. Without columns these are the usual ones.
    #[serde(flatten)]
    pub query: RunQuery,
    /// Whether columns that are the same in all runs that match are left out.
    pub only_differing: bool,
    /// Whether columns in which no run that matches has a value are left out.
    pub hide_empty: bool,
    /// Whether the runs in the bin are shown, and not those in use.
    pub in_bin: bool,
    /// The columns that stay in view at the left, beside the name.
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub pinned: Vec<Field>,
    /// The widths that were chosen by hand.
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub widths: Vec<ColumnWidth>,
    /// The metrics whose values are coloured by how good they are: each as the order that puts the best first.
    #[cfg_attr(feature = "openapi", schema(max_items = 8))]
    pub scales: Vec<SortKey>,
    /// The metrics whose course is drawn beside the last value.
    #[cfg_attr(feature = "openapi", schema(max_items = 8))]
    pub sparklines: Vec<Field>,
    /// The runs that stay in view above the others, at most [`RunTableSetup::MAX_KEPT`].
    #[cfg_attr(feature = "openapi", schema(max_items = 5))]
    pub kept: Vec<RunId>,
    /// The run by which others are measured.
    pub baseline: Option<RunId>,
    /// What a newer version says besides.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub other: JsonObject,
}

/// How wide a column is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ColumnWidth {
    /// The column.
    pub field: Field,
    /// Its width in CSS pixels.
    pub width: u16,
}

impl RunTableSetup {
    /// How many runs can stay in view.
    pub const MAX_KEPT: usize = 5;
    /// How long one may be as JSON, in bytes.
    pub const MAX_BYTES: usize = 16 * 1024;

    /// Why it cannot be kept, with the name of the property; `None` when it can.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        let lists = [
            ("pinned", self.pinned.len(), RunQuery::MAX_COLUMNS),
            ("widths", self.widths.len(), RunQuery::MAX_COLUMNS),
            ("scales", self.scales.len(), RunQuery::MAX_SORT_KEYS),
            ("sparklines", self.sparklines.len(), SparklinesRequest::MAX_KEYS),
            ("kept", self.kept.len(), Self::MAX_KEPT),
        ];
        let too_long = lists.into_iter().find(|(_, length, most)| length > most);
        parse(&self.query.filter)
            .err()
            .map(|error| ("filter", format!("{error}")))
            .or_else(|| self.query.why_not())
            .or_else(|| too_long.map(|(name, _, most)| (name, format!("name at most {most}"))))
            .or_else(|| self.why_not_size().map(|message| ("", message)))
    }

    fn why_not_size(&self) -> Option<String> {
        let length = serde_json::to_string(self).map_or(usize::MAX, |text| text.len());
        (length > Self::MAX_BYTES).then(|| "choose fewer columns; this is too much to be kept".to_owned())
    }
}

/// A saved view of the table of runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// Identifies the view.
    pub view_id: RunViewId,
    /// The name; whatever the case, unique among a person's own views, or among those that a project shares.
    pub name: String,
    /// How the table is set up.
    pub table: RunTableSetup,
    /// Whether everybody in the project sees it, or its owner alone.
    pub is_shared: bool,
    /// Who saved it.
    pub owner: User,
    /// When it was saved first.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl RunView {
    /// How many views a person may keep in a project, and how many a project may share.
    pub const MAX: u64 = 200;

    /// Whether a person saved it.
    #[must_use]
    pub fn is_of(&self, user: UserId) -> bool {
        self.owner.user_id == user
    }

    /// Why a person with this role may not change or delete it; `None` when she may.
    #[must_use]
    pub fn why_not_change(&self, user: UserId, role: Role) -> Option<String> {
        match (self.is_of(user), self.is_shared) {
            (true, false) => role.why_not(Action::KeepViews),
            (true, true) => role.why_not(Action::ShareViews),
            (false, _) => role.why_not(Action::TendViews).map(|_| {
                format!(
                    "{} shares this view; who maintains the project can change it, too. Save yours under another name.",
                    self.owner.name
                )
            }),
        }
    }

    /// Why a person with this role may not share it, or take it back; `None` when she may.
    #[must_use]
    pub fn why_not_share(&self, user: UserId, role: Role) -> Option<String> {
        let not_own = || format!("Only {} can share this view or take it back.", self.owner.name);
        role.why_not(Action::ShareViews).or_else(|| (!self.is_of(user)).then(not_own))
    }
}

/// The views of a project that a person sees, by name: her own, and those that are shared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunViews {
    /// The views, at most twice [`RunView::MAX`].
    #[cfg_attr(feature = "openapi", schema(max_items = 400))]
    pub views: Vec<RunView>,
    /// The one that opens first for everybody.
    pub default_view_id: Option<RunViewId>,
    /// The one that opens first for the person.
    pub own_default_view_id: Option<RunViewId>,
}

impl RunViews {
    /// The view of this id, if she sees one.
    #[must_use]
    pub fn find(&self, id: RunViewId) -> Option<&RunView> {
        self.views.iter().find(|view| view.view_id == id)
    }

    /// The view that opens first for the person: the one that she chose, else that of everybody.
    #[must_use]
    pub fn opening(&self) -> Option<&RunView> {
        let own = self.own_default_view_id.and_then(|id| self.find(id));
        own.or_else(|| self.find(self.default_view_id?))
    }
}

/// Saves a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewRunView {
    /// The name.
    pub name: ViewName,
    /// How the table is set up.
    pub table: RunTableSetup,
    /// Whether everybody in the project sees it.
    #[serde(default)]
    pub is_shared: bool,
}

/// Changes a view; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunViewPatch {
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ViewName>,
    /// How the table is set up now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<RunTableSetup>,
    /// Whether everybody in the project sees it. Only its owner can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_shared: Option<bool>,
}

/// Which view opens first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpeningView {
    /// The view; `null` for none.
    pub view_id: Option<RunViewId>,
}
