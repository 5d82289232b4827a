//! What marks a measurement among others: how good it is among all that match, and how far it is from the baseline.

use std::collections::HashMap;

use leptos::prelude::*;
use models::id::RunId;
use models::query::{Attribute, Field, RunQuery, SortKey};
use models::run_table::{GroupPage, GroupPageRequest, TableScope};

use super::kept_runs::KeptRuns;
use crate::features::runs::address::Address;
use crate::queries;
use crate::ui::chart::Colour;
use crate::ui::format;
use crate::ui::table::Cell;
use crate::widgets::{Chosen, RunColours};

/// The least and the greatest value of a metric over all runs that match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extremes {
    min: f64,
    max: f64,
}

/// What is said of measurements.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marks {
    /// The scales, each as the order that puts the best first, with what is known of its metric.
    scales: HashMap<Field, (bool, Option<Extremes>)>,
    /// The run that others are measured by, and its values.
    baseline: Option<(RunId, HashMap<Field, f64>)>,
    /// The colours of runs that somebody chose.
    colours: Chosen,
}

impl Marks {
    /// The marks that the address asks for, followed as runs come in.
    pub(super) fn follow(address: Address, kept: KeptRuns, columns: Signal<Vec<Field>>) -> Memo<Self> {
        let request = Memo::new(move |_| request(address, &columns.read()));
        let extremes = queries::runs::groups(move || request.get());
        Memo::new(move |_| {
            let page = extremes.value.get();
            let scale = |key: &SortKey| {
                (
                    key.field.clone(),
                    (key.descending, page.as_ref().and_then(|page| over_all(page, &key.field))),
                )
            };
            let url = address.url.read();
            let scales = url.scales.iter().map(scale).collect();
            let values = |run: RunId| Some((run, kept.numbers(run, &columns.read())?));
            let colours = RunColours::current().chosen();
            Self { scales, baseline: url.baseline.and_then(values), colours }
        })
    }

    /// The colour of a run.
    pub(super) fn colour(&self, run: RunId) -> Colour {
        self.colours.colour(run)
    }

    /// The cell of a measurement of a run.
    pub(super) fn cell(&self, field: &Field, run: Option<RunId>, value: f64) -> Cell {
        let (text, mut exact) = (format::number(value), value.to_string());
        let scale = self.scales.get(field).and_then(|(more, extremes)| Some((*more, (*extremes)?)));
        let standing = scale.and_then(|(more, extremes)| extremes.standing(value, more));
        let best = standing == Some(1.0);
        if best {
            exact.push_str("\nthe best of all that match");
        }
        let others = self.baseline.as_ref().filter(|(baseline, _)| Some(*baseline) != run);
        let from = others.and_then(|(_, values)| values.get(field).copied());
        let change = from.filter(|from| from.is_finite() && value.is_finite()).map(|from| {
            exact.push_str(&format!("\nbaseline {from}"));
            signed(value - from)
        });
        if standing.is_none() && change.is_none() {
            return Cell::Number { text, exact };
        }
        Cell::Measure { text, exact, standing, best, change }
    }
}

impl Extremes {
    /// From 0 for the worst to 1 for the best; nothing where all are alike, or for what is no number.
    fn standing(self, value: f64, more_is_better: bool) -> Option<f64> {
        let Self { min, max } = self;
        let part = (value - min) / (max - min);
        (part.is_finite() && (0.0..=1.0).contains(&part)).then_some(if more_is_better {
            part
        } else {
            1.0 - part
        })
    }
}

/// A difference with its sign.
fn signed(difference: f64) -> String {
    if difference > 0.0 { format!("+{}", format::number(difference)) } else { format::number(difference) }
}

/// Every run has a state and there are few states: their extremes together are those of all runs.
fn request(address: Address, columns: &[Field]) -> Option<(TableScope, GroupPageRequest)> {
    let url = address.url.read();
    let metrics: Vec<_> =
        url.scales.iter().map(|key| key.field.clone()).filter(|field| columns.contains(field)).collect();
    if metrics.is_empty() {
        return None;
    }
    let query = RunQuery {
        filter: url.readable_filter().to_owned(),
        group_by: vec![Field::Attribute(Attribute::Status)],
        sort: Vec::new(),
        columns: metrics,
    };
    let lifecycle_stage = url.stage();
    Some((
        address.scope,
        GroupPageRequest { query, within: Vec::new(), offset: 0, limit: 200, lifecycle_stage },
    ))
}

fn over_all(page: &GroupPage, field: &Field) -> Option<Extremes> {
    let aggregates = page.groups.iter().flat_map(|group| &group.aggregates);
    let own = aggregates.filter(|aggregate| aggregate.field == *field);
    let known = own.filter_map(|own| Some(Extremes { min: own.min?, max: own.max? }));
    known.reduce(|all, one| Extremes { min: all.min.min(one.min), max: all.max.max(one.max) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss() -> Field {
        Field::Metric("loss".to_owned())
    }

    #[track_caller]
    fn check(cell: &Cell, expected: (&str, Option<f64>, bool, Option<&str>)) {
        match cell {
            Cell::Measure { text, standing, best, change, .. } => {
                assert_eq!((text.as_str(), *standing, *best, change.as_deref()), expected);
            }
            Cell::Number { text, .. } => assert_eq!((text.as_str(), None, false, None), expected),
            Cell::Text(_) | Cell::Missing | Cell::Link { .. } | Cell::Sparkline { .. } | Cell::Custom(_) => {
                panic!("a number")
            }
        }
    }

    #[test]
    fn a_value_stands_between_the_worst_and_the_best() {
        let extremes = Some(Extremes { min: 1.0, max: 3.0 });
        for (more_is_better, best, worst) in [(true, 3.0, 1.0), (false, 1.0, 3.0)] {
            let marks =
                Marks { scales: HashMap::from([(loss(), (more_is_better, extremes))]), ..Marks::default() };
            check(&marks.cell(&loss(), None, best), (&format::number(best), Some(1.0), true, None));
            check(&marks.cell(&loss(), None, worst), (&format::number(worst), Some(0.0), false, None));
            check(&marks.cell(&loss(), None, 2.0), ("2", Some(0.5), false, None));
            check(&marks.cell(&loss(), None, f64::NAN), ("NaN", None, false, None));
        }
    }

    #[test]
    fn where_all_are_alike_none_is_the_best() {
        let extremes = Some(Extremes { min: 2.0, max: 2.0 });
        let marks = Marks { scales: HashMap::from([(loss(), (true, extremes))]), ..Marks::default() };
        check(&marks.cell(&loss(), None, 2.0), ("2", None, false, None));
    }

    #[test]
    fn a_value_is_told_from_the_baseline() {
        let baseline = RunId(uuid::Uuid::from_u128(1));
        let marks = Marks { baseline: Some((baseline, HashMap::from([(loss(), 0.5)]))), ..Marks::default() };
        check(&marks.cell(&loss(), None, 0.75), ("0.75", None, false, Some("+0.25")));
        check(&marks.cell(&loss(), None, 0.25), ("0.25", None, false, Some("−0.25")));
        check(&marks.cell(&loss(), Some(baseline), 0.5), ("0.5", None, false, None));
    }
}
