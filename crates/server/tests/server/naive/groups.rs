//! Groups and aggregates, run by run.

use models::query::Field;

use super::{NaiveRun, Plain, value_of};

/// Runs that share a value.
#[derive(Debug)]
pub(crate) struct NaiveGroup<'r> {
    /// The value of the key as a request spells it.
    pub(crate) value: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) runs: Vec<&'r NaiveRun>,
}

/// The groups in order: the one with the latest run first, the one without a value last. A run with several values is in
/// several of them.
pub(crate) fn group<'r>(runs: &[&'r NaiveRun], field: &Field) -> Vec<NaiveGroup<'r>> {
    let mut groups: Vec<NaiveGroup<'r>> = Vec::new();
    for &run in runs {
        let keys = match value_of(run, field) {
            None => vec![(None, None)],
            Some(Plain::Number(number)) if number.is_nan() => vec![(None, None)],
            Some(Plain::Number(number)) => vec![(Some(number.to_string()), Some(number.to_string()))],
            Some(Plain::Text(text)) => vec![(Some(text.clone()), Some(text))],
            Some(Plain::Named(id, name)) => vec![(Some(id), Some(name))],
            Some(Plain::Several(several)) => {
                several.into_iter().map(|(id, name)| (Some(id), Some(name))).collect()
            }
        };
        for (value, title) in keys {
            match groups.iter_mut().find(|group| group.value == value) {
                Some(group) => group.runs.push(run),
                None => groups.push(NaiveGroup { value, title, runs: vec![run] }),
            }
        }
    }
    groups.sort_by_key(|group| {
        let latest = group.runs.iter().filter_map(|run| run.start_time).max();
        let newest = group.runs.iter().map(|run| run.number).max();
        (group.value.is_none(), std::cmp::Reverse(latest), std::cmp::Reverse(newest), group.value.clone())
    });
    groups
}
