//! Drafts that survive a reload. They last as long as the tab, belong to a person and a project, and hold no secrets.

use models::id::{ProjectId, UserId};
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::secrecy::{holds_secrets, without_secrets};
use crate::ui::keep::{keep_in_tab, kept_in_tab};

/// A draft that was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The draft.
    pub(super) draft: Draft,
    /// When it was kept, in milliseconds since the Unix epoch by this machine's clock.
    pub(super) at: f64,
    /// Whether something was left out because it looked like a secret.
    pub(super) is_partial: bool,
}

/// Where a draft is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shelf(String);

impl Shelf {
    /// That of a person's draft in a project, for what the address of the page asks for.
    pub(super) fn of(user: Option<UserId>, project: ProjectId, asked: &str) -> Self {
        let user = user.map(|user| user.to_string()).unwrap_or_default();
        Self(format!("launch {user} {project} {asked}"))
    }

    /// What was kept; what cannot be read counts as nothing.
    pub(super) fn take(&self) -> Option<Kept> {
        serde_json::from_str(&kept_in_tab(&self.0)?).ok()
    }

    /// Keeps a draft.
    pub(super) fn put(&self, draft: &Draft, at: f64) {
        let kept = Kept { draft: without_secrets(draft), at, is_partial: holds_secrets(draft) };
        if let Ok(text) = serde_json::to_string(&kept) {
            keep_in_tab(&self.0, Some(&text));
        }
    }

    /// Forgets what was kept.
    pub(super) fn clear(&self) {
        keep_in_tab(&self.0, None);
    }
}
