//! What is done with many runs at once.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::experiment::LifecycleStage;
use crate::id::{LabelId, RunId};
use crate::label::LabelReference;

/// Which runs are meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum RunSelection {
    /// These, at most [`RunSelection::MAX_RUNS`]; those that the project has not are passed over.
    Runs(Vec<RunId>),
    /// All that pass a filter.
    Matching(MatchingRuns),
}

/// All runs that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MatchingRuns {
    /// The filter in the query language, at most 4096 bytes; empty for all runs.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 4096))]
    pub filter: String,
    /// Runs that are not meant, though they pass; at most [`RunSelection::MAX_RUNS`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 10_000))]
    pub except: Vec<RunId>,
    /// Whether those in use or those in the bin.
    #[serde(default = "active")]
    pub lifecycle_stage: LifecycleStage,
}

fn active() -> LifecycleStage {
    LifecycleStage::Active
}

impl RunSelection {
    /// How many runs may be named.
    pub const MAX_RUNS: usize = 10_000;
    /// How long a filter may be, in bytes.
    pub const MAX_FILTER: usize = 4096;

    /// Why it is too much, with the dotted name of the property; `None` when it is not.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        let many = |ids: &[RunId]| ids.len() > Self::MAX_RUNS;
        match self {
            Self::Runs(ids) if many(ids) => {
                Some(("selection.runs", format!("name at most {} runs", Self::MAX_RUNS)))
            }
            Self::Matching(matching) if many(&matching.except) => {
                Some(("selection.matching.except", format!("name at most {} runs", Self::MAX_RUNS)))
            }
            Self::Matching(matching) if matching.filter.len() > Self::MAX_FILTER => Some((
                "selection.matching.filter",
                format!("use at most {} bytes; this has {}", Self::MAX_FILTER, matching.filter.len()),
            )),
            Self::Runs(_) | Self::Matching(_) => None,
        }
    }
}

/// What is done with each run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BulkRunChange {
    /// Give it these labels too, at most 100 at once; those that do not exist yet are made.
    AddLabels(Vec<LabelReference>),
    /// Take these labels from it, at most 100 at once.
    RemoveLabels(Vec<LabelReference>),
    /// Move it to the bin.
    Archive,
    /// Take it out of the bin.
    Restore,
    /// Delete it with all that it has logged, for good. Only what is in the bin.
    Delete,
    /// Cancel it, if it has not ended.
    Cancel,
}

/// Changes some of the runs that are meant: the newest [`BulkRunRequest::BATCH`] that are older than `after`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BulkRunRequest {
    /// Which runs.
    pub selection: RunSelection,
    /// What is done with each.
    pub change: BulkRunChange,
    /// What the answer before called `next`; absent at the beginning. Runs that come in meanwhile are not touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl BulkRunRequest {
    /// How many runs are looked at by one request.
    pub const BATCH: u64 = 1_000;
}

/// What became of some of the runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BulkRunOutcome {
    /// How many were changed.
    pub changed: u64,
    /// Which these are, so that they can be changed back; at most [`RunSelection::MAX_RUNS`] when outcomes are added up.
    pub changed_runs: Vec<RunId>,
    /// Which labels which of them got or lost, so that exactly these can be given back. Of a request that moved more than
    /// [`RunSelection::MAX_RUNS`] labels it is not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed_labels: Vec<LabelChange>,
    /// How many were so already.
    pub unchanged: u64,
    /// How many cannot be changed so.
    pub refused: u64,
    /// Why, for the first [`BulkRunOutcome::MAX_REFUSALS`] of these.
    pub refusals: Vec<RunRefusal>,
    /// Where to go on; absent when all were looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl BulkRunOutcome {
    /// How many refusals are told one by one.
    pub const MAX_REFUSALS: usize = 20;

    /// How many runs were looked at.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.changed + self.unchanged + self.refused
    }

    /// Counts a run that cannot be changed so.
    pub fn refuse(&mut self, run_id: RunId, name: &str, reason: &str) {
        self.refused += 1;
        if self.refusals.len() < Self::MAX_REFUSALS {
            self.refusals.push(RunRefusal { run_id, name: name.to_owned(), reason: reason.to_owned() });
        }
    }

    /// Adds what became of the runs that followed.
    pub fn add(&mut self, later: Self) {
        self.changed += later.changed;
        let room = RunSelection::MAX_RUNS.saturating_sub(self.changed_runs.len());
        self.changed_runs.extend(later.changed_runs.into_iter().take(room));
        self.add_labels(later.changed_labels);
        self.unchanged += later.unchanged;
        self.refused += later.refused;
        let room = Self::MAX_REFUSALS.saturating_sub(self.refusals.len());
        self.refusals.extend(later.refusals.into_iter().take(room));
        self.next = later.next;
    }

    /// Adds which runs got or lost labels, as far as all of it can be remembered.
    fn add_labels(&mut self, later: Vec<LabelChange>) {
        let count = |changes: &[LabelChange]| changes.iter().map(|own| own.run_ids.len()).sum::<usize>();
        if count(&self.changed_labels) + count(&later) > RunSelection::MAX_RUNS {
            return;
        }
        for change in later {
            match self.changed_labels.iter_mut().find(|own| own.label_id == change.label_id) {
                Some(own) => own.run_ids.extend(change.run_ids),
                None => self.changed_labels.push(change),
            }
        }
    }

    /// Whether it is known of each changed run which labels it got or lost.
    #[must_use]
    pub fn knows_labels(&self) -> bool {
        let runs: HashSet<_> = self.changed_labels.iter().flat_map(|change| &change.run_ids).collect();
        u64::try_from(runs.len()).is_ok_and(|known| known == self.changed)
    }
}

/// The runs that got, or lost, a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LabelChange {
    /// The label.
    pub label_id: LabelId,
    /// The runs.
    pub run_ids: Vec<RunId>,
}

/// Why a run was not changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunRefusal {
    /// The run.
    pub run_id: RunId,
    /// Its display name.
    pub name: String,
    /// Why, for people.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_add_up_and_few_refusals_are_told() {
        let mut all = BulkRunOutcome::default();
        for n in 0..3 {
            let mut batch = BulkRunOutcome { changed: 1, next: Some(n.to_string()), ..Default::default() };
            (0..10).for_each(|_| batch.refuse(RunId(uuid::Uuid::nil()), "a", "no"));
            all.add(batch);
        }
        assert_eq!((all.changed, all.refused, all.refusals.len()), (3, 30, BulkRunOutcome::MAX_REFUSALS));
        assert_eq!((all.seen(), all.next.as_deref()), (33, Some("2")));
    }

    #[test]
    fn labels_can_be_given_back_as_long_as_all_are_known() {
        let id = |n: usize| uuid::Uuid::from_u128(n as u128);
        let batch = |from: usize, n: usize| BulkRunOutcome {
            changed: n as u64,
            changed_labels: vec![LabelChange {
                label_id: LabelId(id(1)),
                run_ids: (from..from + n).map(|n| RunId(id(n))).collect(),
            }],
            ..Default::default()
        };
        let mut all = BulkRunOutcome::default();
        all.add(batch(0, 10));
        all.add(batch(10, RunSelection::MAX_RUNS - 10));
        assert!(all.knows_labels() && all.changed_labels.len() == 1);
        all.add(batch(RunSelection::MAX_RUNS, 1));
        assert!(!all.knows_labels());
    }

    #[test]
    fn a_selection_has_an_end() {
        let ids = |n| vec![RunId(uuid::Uuid::nil()); n];
        assert_eq!(RunSelection::Runs(ids(RunSelection::MAX_RUNS)).why_not(), None);
        let (name, _) = RunSelection::Runs(ids(RunSelection::MAX_RUNS + 1)).why_not().unwrap();
        assert_eq!(name, "selection.runs");
    }
}
