//! Which runs are ticked. Pure: it knows ids, neither rows nor requests.

use std::collections::HashSet;

use models::experiment::LifecycleStage;
use models::id::RunId;
use models::run::{MatchingRuns, RunSelection};

/// The ticked runs; it stays while the table is ordered, filtered and scrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// These, in the order in which they were ticked.
    These(Vec<RunId>),
    /// All that matched `filter`, a text in the query language, but these.
    Matching {
        /// The filter at the time when all were ticked.
        filter: String,
        /// Whether these are runs in use or runs in the bin.
        stage: LifecycleStage,
        /// How many matched then.
        total: u64,
        /// The ones that were taken out again.
        except: HashSet<RunId>,
    },
}

impl Default for Selection {
    fn default() -> Self {
        Self::These(Vec::new())
    }
}

impl Selection {
    /// Whether the run is ticked.
    pub(crate) fn contains(&self, run: RunId) -> bool {
        match self {
            Self::These(runs) => runs.contains(&run),
            Self::Matching { except, .. } => !except.contains(&run),
        }
    }

    /// How many runs are ticked.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::These(runs) => runs.len() as u64,
            Self::Matching { total, except, .. } => total.saturating_sub(except.len() as u64),
        }
    }

    /// The ticked runs one by one; `None` when they are told by a filter.
    pub(crate) fn runs(&self) -> Option<&[RunId]> {
        match self {
            Self::These(runs) => Some(runs),
            Self::Matching { .. } => None,
        }
    }

    /// The selection as it is told to the server.
    pub(crate) fn to_request(&self) -> RunSelection {
        match self {
            Self::These(runs) => RunSelection::Runs(runs.clone()),
            Self::Matching { filter, except, stage, .. } => RunSelection::Matching(MatchingRuns {
                filter: filter.clone(),
                except: except.iter().copied().collect(),
                lifecycle_stage: *stage,
            }),
        }
    }

    /// Ticks the runs, or takes their ticks away.
    pub(crate) fn set(&mut self, runs: &[RunId], ticked: bool) {
        match self {
            Self::These(own) => {
                let known: HashSet<RunId> = own.iter().copied().collect();
                if ticked {
                    own.extend(runs.iter().filter(|run| !known.contains(run)));
                } else {
                    own.retain(|run| !runs.contains(run));
                }
            }
            Self::Matching { except, .. } if ticked => runs.iter().for_each(|run| {
                except.remove(run);
            }),
            Self::Matching { except, .. } => except.extend(runs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn runs(numbers: &[u128]) -> Vec<RunId> {
        numbers.iter().map(|number| RunId(Uuid::from_u128(*number))).collect()
    }

    #[test]
    fn runs_are_ticked_once_and_in_order() {
        let mut selection = Selection::default();
        selection.set(&runs(&[3, 1]), true);
        selection.set(&runs(&[1, 2]), true);
        assert_eq!(selection.runs(), Some(runs(&[3, 1, 2]).as_slice()));
        selection.set(&runs(&[1]), false);
        assert_eq!((selection.len(), selection.contains(runs(&[1])[0])), (2, false));
    }

    #[test]
    fn all_that_match_are_ticked_but_those_taken_out() {
        let (filter, total) = ("metrics.loss < 1".to_owned(), 100);
        let stage = LifecycleStage::Active;
        let mut selection = Selection::Matching { filter, stage, total, except: HashSet::new() };
        selection.set(&runs(&[7, 8]), false);
        assert_eq!((selection.len(), selection.contains(runs(&[7])[0])), (98, false));
        selection.set(&runs(&[7]), true);
        assert_eq!((selection.len(), selection.contains(runs(&[7])[0])), (99, true));
        assert_eq!(selection.runs(), None);
    }
}
