//! The pages of the lists that a table looks at, and what can be followed of their requests.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use leptos::prelude::*;
use models::run_table::{Group, GroupKey, GroupPage, RunPage};

use crate::api::ApiError;
use crate::queries::Query;

/// Groups a page: as many as the server gives.
pub(super) const GROUPS: usize = 200;

/// The groups that a list of groups or runs lies within, outermost first.
pub(super) type Path = Vec<GroupKey>;

/// The pages of all lists that are looked at.
pub(super) type Lists = HashMap<Path, List>;

/// A page of a list: within which groups, and its number.
pub(super) type PageName = (Path, usize);

/// The pages of one list that are looked at, by their numbers.
#[derive(Clone, Default)]
pub(super) struct List(pub(super) BTreeMap<usize, Page>);

/// A page that is looked at until its owner is cleaned up.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) owner: Owner,
    pub(super) answer: Answer,
}

/// What is known of a page.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// It is one of groups.
    Groups(Query<GroupPage>),
    /// It is one of runs.
    Runs(Query<RunPage>),
}

impl Answer {
    /// Whether it has come, be it long ago.
    pub(super) fn has_come(self) -> bool {
        match self {
            Self::Groups(query) => query.value.try_with(Option::is_some).unwrap_or(false),
            Self::Runs(query) => query.value.try_with(Option::is_some).unwrap_or(false),
        }
    }

    /// Why the last try failed.
    pub(super) fn error(self) -> Option<ApiError> {
        match self {
            Self::Groups(Query { error, .. }) | Self::Runs(Query { error, .. }) => error.try_get().flatten(),
        }
    }

    /// Whether it, or a newer one, is on its way.
    pub(super) fn is_fetching(self) -> bool {
        match self {
            Self::Groups(Query { fetching, .. }) | Self::Runs(Query { fetching, .. }) => {
                fetching.try_get().unwrap_or(false)
            }
        }
    }

    /// Asks for it again.
    pub(super) fn refetch(self) {
        match self {
            Self::Groups(Query { refetch, .. }) | Self::Runs(Query { refetch, .. }) => refetch.run(()),
        }
    }

    /// How many groups or runs the list has.
    pub(super) fn total(self) -> Option<usize> {
        let total = match self {
            Self::Groups(query) => query.value.try_get()??.total,
            Self::Runs(query) => query.value.try_get()??.total,
        };
        usize::try_from(total).ok()
    }

    /// How many runs are in the list, or in all groups of the list.
    pub(super) fn total_runs(self) -> Option<u64> {
        match self {
            Self::Groups(query) => Some(query.value.try_get()??.total_runs),
            Self::Runs(query) => Some(query.value.try_get()??.total),
        }
    }
}

impl List {
    /// The page that holds `place`, and the place on that page.
    pub(super) fn at(&self, place: usize, size: usize) -> Option<(Answer, usize)> {
        self.0.get(&(place / size)).map(|page| (page.answer, place % size))
    }

    /// How many groups or runs it has.
    pub(super) fn total(&self) -> Option<usize> {
        self.0.values().find_map(|page| page.answer.total())
    }

    /// How many runs are in it, or in all of its groups.
    pub(super) fn total_runs(&self) -> Option<u64> {
        self.0.values().find_map(|page| page.answer.total_runs())
    }

    /// The groups that are known, with their places.
    pub(super) fn groups(&self) -> Vec<(usize, Group)> {
        let mut groups = Vec::new();
        for (number, page) in &self.0 {
            if let Answer::Groups(query) = page.answer
                && let Some(page) = query.value.try_get().flatten()
            {
                let places = number * GROUPS..;
                groups.extend(places.zip(page.groups.iter().cloned()));
            }
        }
        groups
    }
}

/// The pages that are wanted and not there, and the pages of runs that are there and far from wanted.
pub(super) fn difference(
    lists: &Lists,
    wanted: &HashMap<Path, Range<usize>>,
) -> (Vec<PageName>, Vec<PageName>) {
    let mut missing = Vec::new();
    for (within, numbers) in wanted {
        let known = lists.get(within);
        let absent = numbers.clone().filter(|number| known.is_none_or(|list| !list.0.contains_key(number)));
        missing.extend(absent.map(|number| (within.clone(), number)));
    }
    let mut distant = Vec::new();
    for (within, list) in lists {
        let near = match wanted.get(within) {
            Some(numbers) => Some(numbers.start.saturating_sub(1)..numbers.end + 1),
            // Where nothing matches nothing is wanted; the page that says so stays, to hear of the first run.
            None => within.is_empty().then_some(0..1),
        };
        for (number, page) in &list.0 {
            let is_near = near.as_ref().is_some_and(|near| near.contains(number));
            if matches!(page.answer, Answer::Runs(_)) && !is_near {
                distant.push((within.clone(), *number));
            }
        }
    }
    (missing, distant)
}
