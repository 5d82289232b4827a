//! Looks at one entry after the other, as the argument changes. Knows no types, so that it exists once.

use std::sync::Arc;

use leptos::prelude::*;

use super::Topic;
use super::entry::{Answer, Observer, State};
use crate::api::ApiError;

/// What a view follows of the entry that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    pub(super) shown: Memo<Shown>,
    pub(super) error: Memo<Option<ApiError>>,
    pub(super) fetching: Memo<bool>,
    pub(super) fetched_at: Memo<Option<f64>>,
    pub(super) refetch: Callback<()>,
}

/// The answer that is shown; it may be that of the argument before.
#[derive(Clone, Default)]
pub(super) struct Shown {
    topic: Option<Topic>,
    /// Tells the entry that gave the answer from others.
    source: usize,
    pub(super) answer: Option<Answer>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        let same_answer = match (&self.answer, &other.answer) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two) || one.equals(&**two),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        self.topic == other.topic && self.source == other.source && same_answer
    }
}

impl Watch {
    /// Follows what `observe` looks at; it looks anew when what it reads changes.
    pub(super) fn new(observe: impl Fn() -> Option<Observer> + Send + Sync + 'static) -> Self {
        let observed = Memo::new_owning(move |previous: Option<Option<Observer>>| {
            let observer = observe();
            let changed = previous.as_ref() != Some(&observer);
            (observer, changed)
        });
        let refetch = move |()| {
            let entry =
                observed.try_with_untracked(|seen| seen.as_ref().map(|seen| Arc::clone(seen.entry())));
            if let Some(entry) = entry.flatten() {
                entry.forget();
                entry.refresh();
            }
        };
        Self {
            shown: Memo::new(move |before: Option<&Shown>| shown(observed, before)),
            error: Memo::new(move |_| of(observed, |state| state.error.clone()).flatten()),
            fetching: Memo::new(move |_| of(observed, |state| state.fetching).unwrap_or(false)),
            fetched_at: Memo::new(move |_| of(observed, |state| state.fetched_at).flatten()),
            refetch: Callback::new(refetch),
        }
    }
}

fn of<R>(observed: Memo<Option<Observer>>, part: impl Fn(&State) -> R) -> Option<R> {
    observed.with(|seen| seen.as_ref().map(|seen| seen.entry().state().with(|state| part(state))))
}

/// The answer of the entry; until there is one, that of the entry before, when it is about the same. An entry that has
/// lost its answer shows none.
fn shown(observed: Memo<Option<Observer>>, before: Option<&Shown>) -> Shown {
    let Some((topic, source)) = observed
        .with(|seen| seen.as_ref().map(|seen| (seen.entry().topic, Arc::as_ptr(seen.entry()).addr())))
    else {
        return Shown::default();
    };
    let (answer, failed) =
        of(observed, |state| (state.answer.clone(), state.error.is_some())).unwrap_or((None, false));
    match before {
        Some(before)
            if answer.is_none() && !failed && before.topic == Some(topic) && before.source != source =>
        {
            before.clone()
        }
        Some(_) | None => Shown { topic: Some(topic), source, answer },
    }
}
