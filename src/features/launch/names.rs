//! Names for runs: one that is free, and whether one is taken.

use std::collections::HashSet;
use std::time::Duration;

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::query::{Attribute, Field, Filter, RunQuery};
use models::run_table::RunPageRequest;

use super::state::Launch;
use crate::queries;
use crate::widgets::settled;

const PAUSE: Duration = Duration::from_millis(400);
/// As many as the server gives at once.
const MOST: u64 = 200;

/// Fills in a name that is free, until somebody types another.
pub(super) fn suggest(launch: Launch, source_name: Option<String>) {
    let source_name = StoredValue::new(source_name);
    let base = Memo::new(move |_| {
        let code = launch.fields.code.get();
        let of_code = move || Some(code).filter(|id| !id.is_empty()).map(|id| launch.lists.name_of(&id));
        let name = source_name.get_value().or_else(of_code)?;
        Some(without_number(&name).to_owned())
    });
    let taken = queries::runs::search_when(move || Some((launch.project, like(&base.get()?))));
    let suggested = Memo::new(move |_| {
        let names: HashSet<String> = taken.value.get()?.names.iter().cloned().collect();
        Some(free(&base.get()?, &names))
    });
    Effect::new(move |before: Option<Option<String>>| {
        let now = suggested.get();
        let name = launch.fields.name;
        let is_own =
            name.read_untracked().is_empty() || before.flatten().as_ref() == Some(&*name.read_untracked());
        if let Some(free) = now.clone().filter(|_| is_own) {
            name.set(free);
        }
        now
    });
}

/// Whether the experiment has a run of this name, once nobody types any more.
pub(super) fn is_taken(launch: Launch) -> Signal<bool> {
    let fields = launch.fields;
    let name: RwSignal<String> = settled(fields.name.into(), PAUSE);
    let found = queries::runs::search_when(move || {
        let (name, experiment) = (name.get().trim().to_owned(), fields.experiment.get());
        let is =
            |attribute, value: String| Filter::equals(Field::Attribute(attribute), Some(value)).to_string();
        let filter = format!(
            "{} AND {}",
            is(Attribute::Name, name.clone()),
            is(Attribute::Experiment, experiment.clone())
        );
        (!name.is_empty() && !experiment.is_empty()).then(|| (launch.project, request(filter, 1)))
    });
    Signal::derive(move || {
        let is_about_it = *name.read() == *fields.name.read() && !found.fetching.get();
        is_about_it && found.value.get().is_some_and(|page| page.total > 0)
    })
}

/// The runs whose names begin alike.
fn like(base: &str) -> RunPageRequest {
    let escaped: String = base
        .chars()
        .flat_map(|letter| ['%', '_', '\\'].contains(&letter).then_some('_').or(Some(letter)))
        .collect();
    let text = escaped.replace('\'', "''");
    request(format!("name LIKE '{text}%'"), MOST)
}

fn request(filter: String, limit: u64) -> RunPageRequest {
    RunPageRequest {
        query: RunQuery { filter, ..RunQuery::default() },
        within: Vec::new(),
        offset: 0,
        limit,
        lifecycle_stage: LifecycleStage::Active,
    }
}

/// A name without the number behind it: `weather` of `weather-12`.
pub(super) fn without_number(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((base, number))
            if !base.is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            base
        }
        Some(_) | None => name,
    }
}

/// The base with the number after the greatest that is taken; the base itself when it is free.
pub(super) fn free(base: &str, taken: &HashSet<String>) -> String {
    let numbers =
        taken.iter().filter_map(|name| name.strip_prefix(base)?.strip_prefix('-')?.parse::<u64>().ok());
    match numbers.max() {
        Some(greatest) => format!("{base}-{}", greatest.saturating_add(1)),
        None if taken.contains(base) => format!("{base}-2"),
        None => base.to_owned(),
    }
}
