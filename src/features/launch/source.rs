//! The run that lends its values to the form.

use std::sync::Arc;

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::ProjectId;
use models::query::RunQuery;
use models::run::Run;
use models::run_table::RunPageRequest;

use super::asked::{ANY_CODE, Asked};
use crate::queries::{self, ApiError, Query};

/// What is known of the run that lends its values.
#[derive(Clone)]
pub(super) enum Source {
    /// It is being looked for.
    Waiting,
    /// It cannot be read.
    Failed(ApiError, Callback<()>),
    /// This one; `None`: there is none, and the form begins empty.
    Known(Option<Arc<Run>>),
}

/// Looks for the run: the one that is named, else the last that fits, else the last of the project.
pub(super) fn source(project: ProjectId, asked: Asked) -> Signal<Source> {
    if !asked.wants_source() {
        return Signal::stored(Source::Known(None));
    }
    let named = asked.from;
    let fitting = named.is_none().then(|| latest(asked.filter()));
    let fitting = queries::runs::search_when(move || Some((project, fitting.clone()?)));
    let is_none_fitting = move || fitting.value.read().as_ref().is_some_and(|page| page.run_ids.is_empty());
    let any =
        queries::runs::search_when(move || is_none_fitting().then(|| (project, latest(ANY_CODE.to_owned()))));
    let found = Memo::new(move |_| {
        let first = |query: Query<models::run_table::RunPage>| query.value.get()?.run_ids.first().copied();
        named.or_else(|| first(fitting)).or_else(|| first(any).filter(|_| is_none_fitting()))
    });
    let is_sought = Memo::new(move |_| {
        let is_open = |query: Query<models::run_table::RunPage>| query.value.read().is_none();
        named.is_none() && found.get().is_none() && (is_open(fitting) || is_open(any))
    });
    let run = queries::runs::get_when(move || Some((project, found.get()?)));
    Signal::derive(move || {
        let failed = |error: Signal<Option<ApiError>>, retry| Some((error.get()?, retry));
        let failure = failed(fitting.error, fitting.refetch)
            .or_else(|| failed(any.error, any.refetch))
            .or_else(|| failed(run.error, run.refetch));
        match (run.value.get(), failure) {
            (Some(run), _) => Source::Known(Some(run)),
            (None, Some((error, retry))) => Source::Failed(error, retry),
            (None, None) if found.get().is_some() || is_sought.get() => Source::Waiting,
            (None, None) => Source::Known(None),
        }
    })
}

fn latest(filter: String) -> RunPageRequest {
    RunPageRequest {
        query: RunQuery { filter, ..RunQuery::default() },
        within: Vec::new(),
        offset: 0,
        limit: 1,
        lifecycle_stage: LifecycleStage::Active,
    }
}
