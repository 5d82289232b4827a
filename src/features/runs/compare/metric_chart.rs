//! The chart of one metric of several runs.

use leptos::prelude::*;
use models::comparison::{ComparedHistories, ComparedHistoriesRequest};
use models::id::{ProjectId, RunId};
use models::time::UnixMillis;

use super::along::Along;
use super::lines::points;
use crate::queries;
use crate::ui::chart::{Colour, Crosshair, LineChart, Series, Zoom};
use crate::ui::format::integer;
use crate::ui::{Skeleton, SkeletonShape};
use crate::widgets::loaded::failed;

/// How many points of each line are asked for: about one for each pixel of a chart.
const POINTS: u32 = 600;

/// A run as charts show it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) run: RunId,
    pub(super) name: String,
    pub(super) colour: Colour,
    pub(super) began: Option<UnixMillis>,
}

/// What the charts of the page have in common.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) project: ProjectId,
    pub(super) runs: Memo<Vec<Shown>>,
    pub(super) along: Memo<Along>,
    pub(super) smoothing: Signal<u8>,
    pub(super) y_log: RwSignal<bool>,
    pub(super) crosshair: Crosshair,
    pub(super) zoom: Zoom,
}

/// The histories of a metric, a line for each run that has it.
#[component]
pub(super) fn ComparedChart(
    shared: Shared,
    /// The name of the metric.
    key: String,
) -> impl IntoView {
    let key = StoredValue::new(key);
    let request = move || {
        let run_ids: Vec<_> = shared.runs.read().iter().map(|shown| shown.run).collect();
        let request = ComparedHistoriesRequest {
            run_ids,
            keys: vec![key.get_value()],
            points: POINTS,
            steps: None,
            along: shared.along.read().metric().map(str::to_owned),
            places: None,
            smoothing: shared.smoothing.get(),
        };
        (!request.run_ids.is_empty()).then_some((shared.project, request))
    };
    let query = queries::runs::compared_metrics(request);
    let series = move || {
        let histories = query.value.get();
        let histories = histories.as_deref().map(Vec::as_slice).unwrap_or_default();
        series(&shared.runs.read(), histories, &shared.along.read())
    };
    let is_known = Memo::new(move |_| query.value.read().is_some());
    let note = move || query.value.get().and_then(|histories| left_out(&histories));
    let chart = move || {
        view! {
            <LineChart
                title=key.get_value()
                series=Signal::derive(series)
                x=Signal::derive(move || shared.along.read().axis())
                y_log=shared.y_log
                crosshair=shared.crosshair
                zoom=shared.zoom
            />
            {move || note().map(|note| view! { <p class="chart-notes">{note}</p> })}
        }
    };
    move || match (is_known.get(), query.error.get()) {
        (true, _) => chart().into_any(),
        (false, Some(error)) => failed(&error, query.refetch),
        (false, None) => view! { <Skeleton shape=SkeletonShape::Cards count=1/> }.into_any(),
    }
}

/// A line for each run that has values.
fn series(runs: &[Shown], histories: &[ComparedHistories], along: &Along) -> Vec<Series> {
    let line = |shown: &Shown| {
        let of_run = histories.iter().find(|histories| histories.run_id == shown.run)?;
        let points = points(of_run.histories.first()?, along, shown.began);
        (!points.is_empty()).then(|| Series {
            id: shown.run.mlflow(),
            name: shown.name.clone(),
            colour: shown.colour,
            points,
        })
    };
    runs.iter().filter_map(line).collect()
}

/// What the lines do not show.
fn left_out(histories: &[ComparedHistories]) -> Option<String> {
    let all = || histories.iter().flat_map(|histories| &histories.histories);
    let not_finite = all().map(|compared| compared.history.n_not_finite).sum::<u64>();
    let without_place = all().map(|compared| compared.n_without_place).sum::<u64>();
    let values = |n: u64, what: &str| match n {
        0 => None,
        1 => Some(format!("1 value {what}.")),
        n => Some(format!("{} values {what}.", integer(n))),
    };
    let notes = [
        values(not_finite, "not finite and left out"),
        values(without_place, "without a place on this axis"),
    ];
    let notes: Vec<_> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}
